"""What the letters of the formula for a pooled side measure: n, k and s on a map, and o on the pooled one."""

from __future__ import annotations

from collections.abc import Mapping

from manim import DOWN, LEFT, VGroup

from scenes.parts.arrays.cells import Cells
from scenes.parts.charts.measure import Measure
from scenes.parts.text.typeset import Typeset

WINDOWS = 3  # of the first column, that are drawn


class PooledSides(VGroup):
    """`on_map`: the first windows of `side` cells, and the lines of n, k and s; `on_pooled`: that of o."""

    def __init__(self, before: Cells, after: Cells, side: int, names: Mapping[str, Typeset]) -> None:
        look, at, end = before.look, before.box.at, after.box.at
        first, second = (
            1 - i * side / before.rows for i in (1, 2)
        )  # where windows end, as shares of the map
        steps = (before.frame((i * side, 0), (side, side), "ink") for i in range(WINDOWS))
        self.on_map = VGroup(
            VGroup(*steps),
            Measure(look, at(0, 0), at(1, 0), DOWN, names["n"]),
            Measure(look, at(0, 1), at(0, first), LEFT, names["k"]),
            Measure(look, at(0, first), at(0, second), LEFT, names["s"]),
        )
        self.on_pooled = Measure(look, end(0, 0), end(1, 0), DOWN, names["o"])
        super().__init__(self.on_map, self.on_pooled)
