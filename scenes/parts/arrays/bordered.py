"""A picture with a border beside an output that grows with it: who covers a pixel, and where the old output is."""

from __future__ import annotations

from typing import Any

from manim import DashedVMobject, VGroup

from scenes.parts.arrays.cells import Place
from scenes.parts.arrays.covering import Covering
from scenes.parts.arrays.series_cells import SeriesCells
from scenes.parts.room.box import Box
from scenes.stage import style

DASHES = 48


class Bordered:
    """`large` has `amount` cells around the picture, `small` as many around the output that there was without them."""

    def __init__(self, large: SeriesCells, small: SeriesCells, amount: int, **reach: Any) -> None:
        self.large, self.small, self.amount, self.reach = large, small, amount, reach

    def cover(self, pixel: Place) -> Covering:
        """Show the windows over a pixel of the picture, among those whose cells are there."""
        at = (pixel[0] + self.amount, pixel[1] + self.amount)
        covering = Covering(self.large.film, self.large, self.small, at, **self.reach)
        covering.show()
        return covering

    def inside(self, cells: SeriesCells) -> Box:
        """Where what `cells` hold stands without the border."""
        across, down = (self.amount * side for side in cells.pitch)
        return cells.box.without(left=across, right=across, bottom=down, top=down)

    def before(self, size: Place, text: str) -> VGroup:
        """A dashed frame around what there was of the output, and a text below it."""
        words, box = self.small.film.words(text, style.SMALL_PX, "muted"), self.small.box
        frame = self.small.frame((self.amount, self.amount), size, "muted")
        return VGroup(
            DashedVMobject(frame, DASHES), words.centre_at([box.centre[0], box.bottom - style.GAP, 0])
        )
