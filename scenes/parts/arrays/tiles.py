"""A series, or a part of it, as tiles in full colour on blank ground; numbers in them take the ink that can be read."""

from __future__ import annotations

from collections.abc import Collection
from functools import cache

import numpy as np
from manim import DOWN, LEFT, Animation, FadeIn, FadeOut, LaggedStart, VGroup

from scenes.parts.arrays.cells import LARGEST_PX, Cells, Place
from scenes.parts.room.box import Box
from scenes.parts.room.layout import column, fit
from scenes.parts.text.typeset import Typeset
from scenes.stage import style
from scenes.stage.stage import Stage
from scenes.stage.style import Look, blend

HEAD, FREE = 0.5, 0.24  # the room of the words above a grid, and what of it stays free
NUMBER_SHARE = 0.4  # the em size of a number, of the smaller side of its cell
STRONG = 0.9  # share of its role in a tile, at most
READABLE = 4.7  # contrast of a number with its tile, at least
NUDGES = sorted(np.arange(-10, 11) / 50, key=abs)  # of a tint on which neither ink can be read
LAG = 0.2
SHEET = 0.05  # from one sheet of a stack to the next


class Tiles(Cells):
    """The array `series` (y, x), or its rows and columns from a first to before a last, below a `head`.

    A tile's tint is its share of `largest`, by default of the largest of the series; `ground` is blank tiles and words,
    `lit` the cells whose value is not zero. With a `form` there is a number in each cell, of `series` or of `shown`; a
    zero only with `zeros`. `wide` cells share the width of the box; `side` stands to the left.
    """

    def __init__(
        self,
        film: Stage,
        series: str,
        box: Box,
        head: Typeset | None = None,
        *,
        rows: Place | None = None,
        columns: Place | None = None,
        role: str = "activation",
        form: str = "",
        shown: str = "",
        zeros: bool = False,
        largest: float = 0.0,
        most: float = style.FRAME_HEIGHT,
        wide: bool = False,
        side: Typeset | None = None,
    ) -> None:
        values = film.array(series)
        (top, bottom), (left, right) = rows or (0, values.shape[0]), columns or (0, values.shape[1])
        super().__init__(film.look, (bottom - top, right - left), box.width if wide else None)
        self.into(box if head is None else box.without(top=HEAD), most=most)
        self.ground = VGroup(*map(self.tile, self.places()))
        if head is not None:
            self.ground.add(self.titled(head))
        if side is not None:
            self.ground.add(side.right_at(self.box.at(0, 0.5) + style.GAP * LEFT))
        self.add(self.ground)
        self.lit, self.above = VGroup(), values[top:bottom, left:right] > 0
        largest = largest or float(values.max()) or 1.0
        px = min(max(NUMBER_SHARE * min(self.pitch) / style.PX, style.NUMBER_MIN_PX), LARGEST_PX)
        for place in self.places():
            at = (top + place[0], left + place[1])
            share, number = min(float(values[at]) / largest, 1.0), film.array(shown or series)[at]
            written = bool(form) and bool(zeros or number)
            fill, ink = tint(film.look, role, share, written)
            if share > 0:
                self.tile(place).set_fill(fill).set_stroke(fill)
            if written:
                spec, ink = (form, ink) if number else ("d", film.look.muted)
                self.put(place, film.value(shown or series, *at, form=spec, px=px, colour=ink))
            if share > 0:
                self.lit.add(self.cell(place))

    def cell(self, place: Place) -> VGroup:
        """What stands on the ground in a cell."""
        kept = (self.tiles[place] if self.above[place] else None, self.numbers.get(place))
        return VGroup(*(part for part in kept if part is not None))

    def titled(self, head: Typeset) -> Typeset:
        """A text where the grid's head stands."""
        box = Box(self.box.left - 1, self.box.right + 1, self.box.top + FREE, self.box.top + HEAD)
        return fit(head, box, up="bottom")

    def footed(self, *lines: Typeset) -> VGroup:
        """Texts below the grid."""
        drawn = column(lines, style.TIGHT, "centre")
        return drawn.shift(self.box.at(0.5, 0) + FREE * DOWN - drawn.get_top())

    def frames(self, which: np.ndarray, role: str = "ink") -> VGroup:
        """Frames around the cells where `which` (y, x) is true."""
        return VGroup(*(self.frame((int(y), int(x)), role=role) for y, x in np.argwhere(which)))

    def turns(self, before: np.ndarray, after: np.ndarray) -> tuple[VGroup, VGroup]:
        """Frames around the cells whose value falls, and around those whose value rises."""
        return self.frames(after < before, "negative"), self.frames(after > before, "positive")

    def windows(self, side: int, role: str = "ink") -> VGroup:
        """Frames around windows of so many cells a side that lie beside each other, row by row."""
        corners = ((y, x) for y in range(0, self.rows, side) for x in range(0, self.columns, side))
        return VGroup(*(self.frame(corner, (side, side), role) for corner in corners))

    def sheets(self) -> VGroup:
        """More grids of this kind behind it, of which the edges are seen."""
        whole = self.frame((0, 0), self.shape, "muted").set_fill(self.look.background, 1)
        whole.set_stroke(width=style.HAIRLINE).set_z_index(-1)
        return VGroup(*(whole.copy().shift([i * SHEET, i * SHEET, 0]) for i in (3, 2, 1, 0)))

    def by_rows(self, but: Collection[Place] = ()) -> list[Animation]:
        """Row by row, what stands on the ground; some cells are there already."""
        rows = (
            VGroup(*(self.cell((row, column)) for column in range(self.columns) if (row, column) not in but))
            for row in range(self.rows)
        )
        return [LaggedStart(*map(FadeIn, rows), lag_ratio=LAG)]

    def slide(self, columns: int) -> list[Animation]:
        """The lit cells move to the right over the ground; those that would leave it go out."""
        way = self.step(0, columns)
        return [
            cell.animate.shift(way) if cell.get_x() + way[0] < self.box.right else FadeOut(cell)
            for cell in self.lit
        ]


@cache
def tint(look: Look, role: str, share: float, written: bool = True) -> tuple[str, str]:
    """The colour of a tile, and the one for a number on it; only where one is `written` must it be readable."""
    fills = [_fill(look, role, float(np.clip(share + nudge, 0, 1))) for nudge in NUDGES]
    pairs = [(fill, max((look.ink, look.background), key=lambda ink: _contrast(fill, ink))) for fill in fills]
    return next((pair for pair in pairs if not written or _contrast(*pair) >= READABLE), pairs[0])


def _fill(look: Look, role: str, share: float) -> str:
    return blend(look.surface, look.colour(role), STRONG * share)


def _contrast(one: str, other: str) -> float:
    low, high = sorted(map(_luminance, (one, other)))
    return (high + 0.05) / (low + 0.05)


@cache
def _luminance(colour: str) -> float:
    """Relative luminance of WCAG 2, from 0 (black) to 1 (white)."""
    parts = (int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5))
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
