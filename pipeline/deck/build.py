"""From scenes to a deck: one clip and one slide a beat, with what is said as notes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline import make
from pipeline.deck.frames import first_and_last
from pipeline.deck.model import Clip, ClipSlide, Deck, prose
from pipeline.film import FilmJob
from pipeline.plan import check_beats
from pipeline.studio import Film, Order, produce

if TYPE_CHECKING:
    from engine.trace import Trace
    from scenes.card import Card

DECK_QUALITY = "1080p30"  # what PowerPoint and old projectors' computers play smoothly


@dataclass(frozen=True)
class ClipStyle:
    """How the clips of a deck look: with the film's own header and captions, or with room for the slide's."""

    header: bool = False
    captions: str = "none"


def from_scenes(request: make.Request, language: str, folder: Path, clips: ClipStyle) -> Deck:
    """A deck of the request's scenes in ``language``; frames of its clips are written to ``folder``."""
    orders = [
        Order(trace, job)
        for card in request.cards
        for trace in [make.trace_for(request, card)]
        for job in beat_jobs(request, card, trace, language, clips)
    ]
    films = produce(orders, use_cache=request.use_cache)
    slides = tuple(
        film_slide(order.job, film, folder / f"{number:03d}")
        for number, (order, film) in enumerate(zip(orders, films, strict=True), 1)
    )
    title = " · ".join(card.title(language) for card in request.cards)
    return Deck(title, language, request.style.theme, slides)


def beat_jobs(
    request: make.Request, card: Card, trace: Trace, language: str, clips: ClipStyle
) -> list[FilmJob]:
    """One job for each beat asked for, or for each that plays with the trace's parameters."""
    shown = card.active_beats(trace.params["resolved"])
    check_beats(card, request.beats, trace.params["resolved"])
    wanted: Sequence[str] = [beat for beat in shown if not request.beats or beat in request.beats]
    style = request.style
    return [
        FilmJob(card.slug, language, style.theme, style.quality, clips.captions, (beat,), header=clips.header)
        for beat in wanted
    ]


def film_slide(job: FilmJob, film: Film, stem: Path) -> ClipSlide:
    """The slide of a film of one beat; its frames become ``<stem>-first.png`` and ``<stem>-last.png``."""
    (span,) = film.result.spans
    first, last = Path(f"{stem}-first.png"), Path(f"{stem}-last.png")
    first_and_last(film.path, first, last)
    cues = tuple(film.result.cues)
    said = prose(cues)
    quality = job.quality
    clip = Clip(film.path, film.result.seconds, quality.width, quality.height, quality.fps, first, last, cues)
    return ClipSlide(
        title=span.title,
        notes=said,
        section=job.card.title(job.language),
        clip=clip,
        scene=job.slug,
        beat=span.name,
        alt=f"{span.title}. {said}".strip(),
        titled=job.header,
    )
