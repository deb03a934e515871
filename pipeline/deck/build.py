"""From scenes to decks: one clip and one slide a beat, with what is said as notes.

First a Plan for each deck, which draws nothing; then all clips of all plans are made together; then the decks.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline import make
from pipeline.clean import one_line
from pipeline.deck.model import AnySlide, Clip, ClipSlide, Deck, prose
from pipeline.film import FilmJob, Look
from pipeline.media import ends
from pipeline.plan import check_beats
from pipeline.studio import Film, Order, produce
from scenes.stage.card import found_in
from scenes.stage.telling import USUAL, Telling

if TYPE_CHECKING:
    from engine.trace import Trace
    from scenes.stage.card import Card


@dataclass(frozen=True)
class Crew:
    """Who makes the films: ``workers`` at a time here, or a cluster at ``address``.

    ``use_cache``: what was made before is taken from the store.
    """

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


def of_scenes(request: make.Request, traces: Sequence[Trace], look: Look) -> Plan:
    """The deck of the request's scenes in one language; ``traces`` are those of its cards, in their order."""
    shots = tuple(
        Shot(Order(trace, beat_job(card.slug, look, beat)), card.title(look.language))
        for card, trace in zip(request.cards, traces, strict=True)
        for beat in beats_of(card, trace, request.beats)
    )
    title = " · ".join(card.title(look.language) for card in request.cards)
    return Plan(title, look.language, look.theme, shots)


def beats_of(card: Card, trace: Trace, wanted: Sequence[str]) -> list[str]:
    """The beats that play with the trace's parameters, in order; of them only the ``wanted`` when any are named.

    Raises InputError for one that does not play.
    """
    params = found_in(trace)
    check_beats(card, wanted, params)
    return [beat for beat in card.active_beats(params) if not wanted or beat in wanted]


def beat_job(slug: str, look: Look, beat: str, telling: Telling = USUAL) -> FilmJob:
    """The clip of a beat for any deck: the slide has the title, the notes have what is said."""
    return replace(look.job(slug, (beat,), telling), captions="none", header=False)


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
    ends.save(film.path, first, last)
    cues, quality = tuple(film.result.cues), job.quality
    title = one_line(span.title)
    said = prose(" ".join(cue.lines) for cue in cues)
    clip = Clip(film.path, film.result.seconds, quality.width, quality.height, quality.fps, first, last, cues)
    return ClipSlide(
        title=title,
        notes=said,
        section=shot.section,
        clip=clip,
        scene=job.slug,
        beat=span.name,
        alt=f"{title}. {said}".strip(),
    )
