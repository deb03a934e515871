"""One film in several parts, which several cores draw; joined they are the film that one of them would have drawn.

A part begins where a beat does. Its worker plays what comes before without drawing it, which takes a second or two.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from pipeline import scratch
from pipeline.joining import join
from pipeline.studio.order import Order
from pipeline.studio.store import Made
from scenes.stage.card import found_in
from scenes.stage.text import scene_text

EACH = 2  # parts for each core, so that none waits long for the others
BUSY = 2  # cores that one process keeps busy by itself: it draws while it encodes
SMALL = 854 * 480 * 30  # pixels a second of which encoding takes next to no time
MOVES = 40  # a beat takes as long as reading so many characters does, and those of its captions


@dataclass(frozen=True)
class Part:
    """What one worker draws: of the order ``film``, by its number, the part ``place``."""

    film: int
    place: int
    order: Order


def cut(orders: Mapping[int, Order], workers: int) -> list[Part]:
    """The orders in so many parts that all of ``workers``, one for each core, have something to do."""
    small = all(_pixels_per_s(order) <= SMALL for order in orders.values())
    busy, each = (1, 1) if small else (BUSY, EACH)
    count = -(-each * workers // len(orders)) if workers > busy * len(orders) else 1
    return [
        Part(film, place, part)
        for film, order in orders.items()
        for place, part in enumerate(_parts(order, count))
    ]


def _pixels_per_s(order: Order) -> int:
    quality = order.job.quality
    return quality.width * quality.height * quality.fps


def _parts(order: Order, count: int) -> list[Order]:
    """``order`` in at most ``count`` parts that take about as long each, in their order; itself when one is enough."""
    beats = order.beats
    ends = _ends(order)
    total = _weight(order, beats)
    begins, done = [0], 0.0
    for place, beat in enumerate(beats[:-1], 1):
        done += _weight(order, (beat,))
        if place in ends and done >= total * len(begins) / count:
            begins.append(place)
    if len(begins) == 1:
        return [order]
    return [replace(order, drawn=beats[a:b]) for a, b in zip(begins, [*begins[1:], len(beats)], strict=True)]


def _ends(order: Order) -> set[int]:
    """Before which of its beats the film can be cut: those that follow on the one before in the whole film, too."""
    if order.job.lossless:
        return set()
    beats, whole = order.beats, order.job.card.active_beats(found_in(order.trace))
    return {k for k in range(1, len(beats)) if whole.index(beats[k]) == whole.index(beats[k - 1]) + 1}


def _weight(order: Order, beats: Sequence[str]) -> float:
    told, language = scene_text(order.job.slug).beats, order.job.language
    return sum(MOVES + sum(map(len, told[beat].caption.get(language, ()))) for beat in beats)


@dataclass(frozen=True)
class _Piece:
    key: str
    path: Path
    first_frame: int
    frames: int
    fps: int


def joined(order: Order, parts: Sequence[Made]) -> Made:
    """The film of the ``order``, of its parts in their order."""
    if len(parts) == 1:
        return parts[0]
    pieces, first = [], 0
    with scratch.folder() as folder:
        for number, part in enumerate(parts):
            path = folder / f"{number}.mp4"
            path.write_bytes(part.data)
            count = part.result.frames - first  # a part's result is that of the film up to its end
            pieces.append(_Piece(order.label, path, first, count, order.job.quality.fps))
            first += count
        join(pieces, folder / "film.mp4")
        return Made((folder / "film.mp4").read_bytes(), parts[-1].result)
