"""Things that were added and that nobody ever saw."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from pipeline.inspect.births import Birth, birth_of
from pipeline.inspect.problems import Ledger
from pipeline.inspect.raster import Crop
from pipeline.inspect.stage import OPAQUE, Box, Item, Moment, common
from scenes.parts.text.typeset import Strut
from scenes.stage import style
from scenes.stage.declare import ATTRIBUTE, Allowed

LEAST_PIXELS = 2


class NeverVisible:
    """Things that were on stage and that no sampled frame showed."""

    def __init__(self, ledger: Ledger) -> None:
        self.ledger = ledger
        self._unseen: dict[int, tuple[Moment, Any, Birth]] = {}
        self._seen: dict[int, Any] = {}  # holds what it names, so that no id is used twice
        self._births: set[Birth] = set()

    def check(self, moment: Moment, film: Any) -> None:
        """Compare what is on stage, drawn or not, with what is seen."""
        items = {id(item.mobject): item for item in moment.items}
        opaque = [item for item in moment.shapes if item.fill[3] >= OPAQUE]
        for mobject in _on_stage(film):
            key = id(mobject)
            if key in self._seen:
                continue
            item = items.get(key)
            if item is not None and _in_frame(item.box) and not _hidden(item, opaque):
                self._seen[key] = mobject
                self._births.add(birth_of(mobject))
                self._unseen.pop(key, None)
            elif moment.resting:
                self._unseen.setdefault(key, (moment, mobject, birth_of(mobject)))

    def finish(self) -> None:
        """Report what was never seen. A part of something that was seen may be unseen: a ghost of a transformation."""
        for moment, mobject, birth in self._unseen.values():
            if birth not in self._births:
                allowed: tuple[Allowed, ...] = getattr(mobject, ATTRIBUTE, ())
                box = _points_box(mobject)
                self.ledger.add(
                    "never-visible",
                    moment,
                    (birth,),
                    "It is on stage, and no sampled frame shows it.",
                    boxes=(box,),
                    allowed=allowed,
                )


def _on_stage(film: Any) -> Iterator[Any]:
    """Every mobject with points that was added, drawn or not; a text's strut is never meant to be seen."""
    for mobject in film.mobjects:
        for member in mobject.get_family():
            if len(member.points) and not isinstance(member, Strut):
                yield member


def _points_box(mobject: Any) -> Box:
    low, high = mobject.points.min(axis=0), mobject.points.max(axis=0)
    return (float(low[0]), float(low[1]), float(high[0]), float(high[1]))


def _in_frame(box: Box) -> bool:
    half = style.FRAME_WIDTH / 2, style.FRAME_HEIGHT / 2
    inside = common(
        (box[0] - 1e-3, box[1] - 1e-3, box[2] + 1e-3, box[3] + 1e-3), (-half[0], -half[1], half[0], half[1])
    )
    return inside is not None and (box[2] - box[0] > 1e-3 or box[3] - box[1] > 1e-3)


def _hidden(item: Item, opaque: list[Item]) -> bool:
    """Whether opaque shapes drawn later leave nothing of it."""
    later = [shape for shape in opaque if shape.order > item.order and common(shape.box, item.box)]
    if not any(_around(shape.box, item.box) for shape in later) and len(later) < 2:
        return False
    crop = Crop(item.box, 50.0)
    left = crop.ink([item]) > 0.3
    for shape in later:
        left &= ~(crop.fill(shape) > 0.9)
    return int(left.sum()) < LEAST_PIXELS


def _around(outer: Box, inner: Box) -> bool:
    return outer[0] <= inner[0] and outer[1] <= inner[1] and outer[2] >= inner[2] and outer[3] >= inner[3]
