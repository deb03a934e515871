"""Terms that add up, as bars with their names, and below them what a function makes of the sum."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from manim import VGroup

from scenes.parts.charts.waterfall import Waterfall
from scenes.parts.room.box import Box
from scenes.parts.text.typeset import Typeset
from scenes.stage.style import Look

NAMES, BARS = 1.0, 2.6  # shares of the width


class AddedUp(Waterfall):
    """`values` are the terms, and last the result, which starts at 0 again; `rows` are the bars with their names."""

    def __init__(self, look: Look, box: Box, names: Sequence[Typeset], values: Sequence[float]) -> None:
        left, right = box.columns(NAMES, BARS)
        rows = left.rows(*[1.0] * len(values))
        ys = [float(one.centre[1]) for one in rows]
        *terms, result = values
        super().__init__(look, np.cumsum([0.0, *terms]), ys, right.left, right.right)
        bars = [*self.bars, self.bar(0.0, result, ys[-1], "activation")]
        placed = [name.left_at([one.left, y, 0]) for name, one, y in zip(names, rows, ys, strict=True)]
        self.rows = [VGroup(*pair) for pair in zip(placed, bars, strict=True)]
        self.add(*self.rows)
