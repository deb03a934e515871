"""Rows of a map under windows, and below them, for one place of the map after the other, what pooling makes of them."""

from __future__ import annotations

from typing import Any

from manim import FadeIn, LaggedStart

from scenes.parts.arrays.tiles import Tiles
from scenes.parts.room.box import Box
from scenes.parts.room.motion import carry
from scenes.parts.text.typeset import Typeset
from scenes.stage import style
from scenes.stage.declare import allow
from scenes.stage.stage import Stage

HIGH = 1.9  # how high the rows of the map may be, where each row of results is 1
MOST = 0.8  # units of height of a cell


class PooledRows:
    """The rows under the windows of `side` cells that make the pooled `row`, and so many `results` below them.

    `options` are those of the tiles.
    """

    def __init__(self, film: Stage, box: Box, row: int, side: int, results: int, **options: Any) -> None:
        self.film, self.row, self.side = film, row, side
        self.above, *self.below = box.rows(HIGH, *[1.0] * results)
        self.options = {"wide": True, "most": MOST} | options

    def of_map(self, series: str, name: Typeset | None = None) -> Tiles:
        """The rows of a map."""
        rows = self.row * self.side, (self.row + 1) * self.side
        strip = Tiles(self.film, series, self.above, rows=rows, side=name, **self.options)
        self.windows = strip.windows(self.side).set_z_index(1)
        allow(self.windows, "text-over-line", "numbers move from window to window", moving=True)
        return strip

    def result(self, series: str, number: int, name: Typeset) -> Tiles:
        """The row of a pooled map, in the row of that number below the strip."""
        rows, options = (self.row, self.row + 1), self.options | {"zeros": True}
        return Tiles(self.film, series, self.below[number], rows=rows, side=name, **options)

    def fill(self, result: Tiles) -> None:
        """Play how a row of pooled cells arrives from its windows."""
        cells = (carry(window, result.cell((0, i))) for i, window in enumerate(self.windows))
        self.film.play(FadeIn(result.ground), run_time=style.QUICK_S)
        self.film.play(LaggedStart(*cells, lag_ratio=0.2), run_time=style.MOVE_S)
