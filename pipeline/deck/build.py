"""From scenes to decks: one clip and one slide a beat, with what is said as notes.

First a Plan for each deck, which draws nothing; then all clips of all plans are made together; then the decks.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline import make
from pipeline.deck.frames import first_and_last
from pipeline.deck.model import AnySlide, Clip, ClipSlide, Deck, prose
from pipeline.film import FilmJob
from pipeline.plan import check_beats
from pipeline.studio import Film, Order, produce

if TYPE_CHECKING:
    from engine.trace import Trace
    from scenes.card import Card


@dataclass(frozen=True)
class ClipStyle:
    """How the clips of a deck look: with the film's own header and captions, or with room for the slide's."""

    header: bool = False
    captions: str = "none"


@dataclass(frozen=True)
class Crew:
    """Who makes films: ``workers`` at a time, or a cluster at ``address``; none that the store has, if ``use_cache``."""

    workers: int | None = None
    address: str | None = None
    use_cache: bool = True


@dataclass(frozen=True)
class Shot:
    """A slide whose clip is still to be made, of one beat. ``section`` is the chapter it will belong to."""

    order: Order
    section: str


@dataclass(frozen=True)
class Plan:
    """A deck before its clips are made."""

    title: str
    language: str
    theme: str
    slides: tuple[AnySlide | Shot, ...]
    author: str = ""
    date: str = ""


def of_scenes(request: make.Request, traces: Sequence[Trace], language: str, clips: ClipStyle) -> Plan:
    """The deck of the request's scenes in ``language``; ``traces`` are those of its cards, in their order."""
    shots = tuple(
        Shot(Order(trace, job), card.title(language))
        for card, trace in zip(request.cards, traces, strict=True)
        for job in beat_jobs(request, card, trace, language, clips)
    )
    title = " · ".join(card.title(language) for card in request.cards)
    return Plan(title, language, request.style.theme, shots)


def beat_jobs(
    request: make.Request, card: Card, trace: Trace, language: str, clips: ClipStyle
) -> list[FilmJob]:
    """One job for each beat asked for, or for each that plays with the trace's parameters."""
    shown = card.active_beats(trace.params["resolved"])
    check_beats(card, request.beats, trace.params["resolved"])
    style = request.style
    return [
        FilmJob(card.slug, language, style.theme, style.quality, clips.captions, (beat,), header=clips.header)
        for beat in shown
        if not request.beats or beat in request.beats
    ]


def develop(plans: Sequence[Plan], folder: Path, crew: Crew) -> list[Deck]:
    """Make every clip of the plans, several at a time, and the decks; frames of clips are written to ``folder``.

    Raises what ``studio.produce`` raises; clips made before stay in the store, so a second run goes on from there.
    """
    shots = [slide for plan in plans for slide in plan.slides if isinstance(slide, Shot)]
    films = produce(
        [shot.order for shot in shots], workers=crew.workers, address=crew.address, use_cache=crew.use_cache
    )
    made = iter(
        [
            film_slide(shot, film, folder / f"{number:04d}")
            for number, (shot, film) in enumerate(zip(shots, films, strict=True))
        ]
    )
    return [
        Deck(
            plan.title,
            plan.language,
            plan.theme,
            tuple(next(made) if isinstance(slide, Shot) else slide for slide in plan.slides),
            plan.author,
            plan.date,
        )
        for plan in plans
    ]


def film_slide(shot: Shot, film: Film, stem: Path) -> ClipSlide:
    """The slide of a film of one beat; its frames become ``<stem>-first.png`` and ``<stem>-last.png``."""
    job = shot.order.job
    (span,) = film.result.spans
    first, last = Path(f"{stem}-first.png"), Path(f"{stem}-last.png")
    first_and_last(film.path, first, last)
    cues, quality = tuple(film.result.cues), job.quality
    said = prose(cues)
    clip = Clip(film.path, film.result.seconds, quality.width, quality.height, quality.fps, first, last, cues)
    return ClipSlide(
        title=span.title,
        notes=said,
        section=shot.section,
        clip=clip,
        scene=job.slug,
        beat=span.name,
        alt=f"{span.title}. {said}".strip(),
        titled=job.header,
    )
