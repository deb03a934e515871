"""One window of a series, large, with its numbers and a frame."""

from __future__ import annotations

from manim import VGroup

from scenes.parts.arrays.cells import Place
from scenes.parts.arrays.tiles import Tiles
from scenes.parts.room.box import Box
from scenes.parts.text.typeset import Typeset
from scenes.stage.declare import allow
from scenes.stage.stage import Stage


class Lens(VGroup):
    """The window of `side` cells at place `at` of the windows: its `tiles`, and the `frame` around them."""

    def __init__(
        self,
        film: Stage,
        series: str,
        box: Box,
        head: Typeset,
        at: Place,
        side: int,
        *,
        form: str,
        largest: float,
    ) -> None:
        rows, columns = ((i * side, (i + 1) * side) for i in at)
        self.tiles = Tiles(
            film, series, box, head, rows=rows, columns=columns, form=form, zeros=True, largest=largest
        )
        self.frame = self.tiles.frame((0, 0), (side, side), "ink")
        super().__init__(self.tiles, self.frame)
        allow(self, "blink", "it shows window after window")
