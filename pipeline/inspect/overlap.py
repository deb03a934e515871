"""Texts that touch each other, lines that cross them, and shapes that cover them; decided on their real outlines."""

from __future__ import annotations

from itertools import combinations

import numpy as np

from pipeline.inspect.problems import Ledger, name_of
from pipeline.inspect.raster import Crop, spread
from pipeline.inspect.stage import OPAQUE, STROKE_UNIT, Box, Item, Moment, Text, common, grown

INK = 0.3  # coverage from which a pixel counts as inked
TOUCH_PX = 3  # so many inked pixels in common are a touch
SOLID = 0.55  # a text fainter than this is coming or going
FAINT = 0.2  # a line fainter than this does not disturb
COVERED = 0.08  # share of a text's ink that may lie under something else
ON_THE_WAY = 0.3  # share of an animation at each end in which a flying text lies on where it comes from


class Overlaps:
    """Checks moment after moment; what has not changed since it was looked at is not looked at again."""

    def __init__(self, ledger: Ledger) -> None:
        self.ledger = ledger
        self._known: dict[tuple[object, ...], bool] = {}
        self._crossed: set[int] = set()

    def check(self, moment: Moment) -> set[int]:
        """Look at every pair that could touch. Returns the ids of the texts that a line crosses or a shape covers."""
        self._crossed = set()
        texts = [text for text in moment.texts if text.opacity >= SOLID]
        for a, b in combinations(texts, 2):
            self._pair(moment, a, b)
        shapes = [item for item in moment.shapes if item.opacity >= FAINT]
        reach = np.array([grown(item.box, item.stroke_width * STROKE_UNIT / 2 + 0.03) for item in shapes])
        for text in texts:
            if not text.animated:  # a text that flies has to cross what lies on its way
                self._lines(moment, text, [shapes[i] for i in _meeting(text.box, reach)])
        return self._crossed

    # -- text and text -------------------------------------------------------------------------------------------

    def _pair(self, moment: Moment, a: Text, b: Text) -> None:
        box = common(a.box, b.box)
        if box is None or self._leaving_home(moment, a, b):
            return
        key = ("texts", a.drawn, b.drawn)
        if key not in self._known:
            self._known[key] = _touch(a, b, Crop(grown(box, 0.02)))
        if self._known[key]:
            front, back = (a, b) if a.order > b.order else (b, a)
            self.ledger.add(
                "text-over-text",
                moment,
                (front.birth, back.birth),
                f"It touches {name_of(back.birth)} ({back.birth.place}).",
                boxes=(front.box, back.box),
                allowed=(*front.allowed, *back.allowed),
            )

    @staticmethod
    def _leaving_home(moment: Moment, a: Text, b: Text) -> bool:
        """A copy that flies lies on its original until it starts, and texts may cross when both are on their way."""
        if not (a.animated or b.animated):
            return False
        if a.birth.source == b.birth.source:
            return True
        near_an_end = not ON_THE_WAY < moment.share < 1 - ON_THE_WAY
        return near_an_end or (a.animated and b.animated)

    # -- text and shapes -----------------------------------------------------------------------------------------

    def _lines(self, moment: Moment, text: Text, shapes: list[Item]) -> None:
        for shape in shapes:
            if shape.order > text.order and shape.fill[3] >= SOLID and self._covers(text, shape):
                kind, said = "text-covered", "It lies under"
            elif self._crosses(moment, text, shape):
                kind, said = "text-over-line", "It stands on the line of"
            else:
                continue
            self._crossed.add(id(text))
            self._report(moment, kind, said, text, shape)

    def _report(self, moment: Moment, kind: str, said: str, text: Text, shape: Item) -> None:
        """A shape that moves over texts that stand is one problem of the shape, however many texts it meets."""
        allowed = (*text.allowed, *shape.allowed)
        if shape.animated:
            verb = "It passes over" if shape.order > text.order else "It passes under"
            detail = f"{verb} {name_of(text.birth)} ({text.birth.place}) and perhaps others."
            self.ledger.add(
                kind, moment, (shape.birth,), detail, boxes=(shape.box, text.box), allowed=allowed
            )
        else:
            detail = f"{said} {name_of(shape.birth)} ({shape.birth.place})."
            self.ledger.add(
                kind, moment, (text.birth, shape.birth), detail, boxes=(text.box,), allowed=allowed
            )

    def _covers(self, text: Text, shape: Item) -> bool:
        key = ("covers", text.drawn, shape.drawn)
        if key not in self._known:
            crop = Crop(text.box)
            ink = crop.ink(text.parts) > INK
            under = ink & (crop.fill(shape) > INK)
            self._known[key] = under.sum() > COVERED * max(ink.sum(), 1)
        return self._known[key]

    def _crosses(self, moment: Moment, text: Text, shape: Item) -> bool:
        stroked = shape.stroke_width > 0 and shape.stroke[3] >= FAINT
        if not stroked and shape.fill[3] < SOLID:
            return False
        key = ("line", text.drawn, shape.drawn)
        if key not in self._known:
            self._known[key] = bool(_crossing(text, shape).sum() >= TOUCH_PX)
        if not self._known[key] or shape.order > text.order:
            return self._known[key]
        return self._shows_through(moment, text, shape)

    @staticmethod
    def _shows_through(moment: Moment, text: Text, shape: Item) -> bool:
        """Whether the line is seen under the text, or an opaque fill lies between the two."""
        hit, crop = _crossing(text, shape), Crop(grown(text.box, 0.02))
        for between in moment.shapes:
            if (
                shape.order < between.order < text.order
                and between.fill[3] >= OPAQUE
                and common(between.box, text.box)
            ):
                hit = hit & ~(crop.fill(between) > 0.9)
        return bool(hit.sum() >= TOUCH_PX)


def _meeting(box: Box, others: np.ndarray) -> np.ndarray:
    """Which rows of `others`, shape (n, 4), overlap `box`."""
    if len(others) == 0:
        return np.zeros(0, dtype=int)
    apart = (
        (others[:, 0] >= box[2])
        | (others[:, 2] <= box[0])
        | (others[:, 1] >= box[3])
        | (others[:, 3] <= box[1])
    )
    return np.flatnonzero(~apart)


def _touch(a: Text, b: Text, crop: Crop) -> bool:
    one, two = crop.ink(a.parts) > INK, crop.ink(b.parts) > INK
    return bool((spread(one) & two).sum() >= TOUCH_PX)


def _crossing(text: Text, shape: Item) -> np.ndarray:
    crop = Crop(grown(text.box, 0.02))
    ink: np.ndarray = spread(crop.ink(text.parts) > INK)
    return ink & (crop.outline(shape) > INK)
