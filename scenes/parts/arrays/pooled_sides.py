"""What the letters of the formula for a pooled side measure: n, k and s on a map, and o on the pooled one."""

from __future__ import annotations

from collections.abc import Mapping

from manim import DOWN, LEFT, VGroup

from scenes.parts.arrays.cells import Cells
from scenes.parts.charts.measure import Measure
from scenes.parts.text.typeset import Typeset

WINDOWS = 3  # of the first column, that are drawn


class PooledSides(VGroup):
    """`on_map`: the first windows of `side` cells, and the lines of n, k and s (from the middle of a window to
    that of the next); `on_pooled`: that of o."""

    def __init__(self, before: Cells, after: Cells, side: int, names: Mapping[str, Typeset]) -> None:
        look, at, end = before.look, before.box.at, after.box.at
        share = side / before.rows
        third, end_of_third = 1 - 2 * share, 1 - 3 * share
        steps = (before.frame((i * side, 0), (side, side), "ink") for i in range(WINDOWS))
        self.on_map = VGroup(
            VGroup(*steps),
            Measure(look, at(0, 0), at(1, 0), DOWN, names["n"]),
            Measure(look, at(0, third), at(0, end_of_third), LEFT, names["k"]),
            Measure(look, at(0, 1 - share / 2), at(0, 1 - 1.5 * share), LEFT, names["s"]),
        )
        self.on_pooled = Measure(look, end(0, 0), end(1, 0), DOWN, names["o"])
        super().__init__(self.on_map, self.on_pooled)
