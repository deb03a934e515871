"""Terms that add up, as bars with their names, and below them what a function makes of the sum."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from manim import VGroup

from scenes.parts.charts.waterfall import Waterfall
from scenes.parts.room.box import Box
from scenes.parts.text.typeset import Typeset, math
from scenes.stage import style
from scenes.stage.style import Look

NAMES, BARS = 1.0, 2.6  # shares of the width
NUMBER_ROOM, ZERO_ROOM = 1.1, 0.36  # beside a bar, and below the axis


class AddedUp(Waterfall):
    """`values` are the terms, and last the result, which starts at 0 again; `rows` are the bars with their names.

    With `total`, their recorded sum, it has a bar of its own before the result. `numbers` stand at the ends of bars.
    """

    def __init__(
        self,
        look: Look,
        box: Box,
        names: Sequence[Typeset],
        values: Sequence[float],
        numbers: Sequence[Typeset] = (),
        total: float | None = None,
    ) -> None:
        left, right = box.without(bottom=ZERO_ROOM).columns(NAMES, BARS)
        room = NUMBER_ROOM if numbers else 0.0
        rows = left.rows(*[1.0] * len(names))
        ys = [float(one.centre[1]) for one in rows]
        *terms, result = values
        levels = np.cumsum([0.0, *terms])
        super().__init__(look, levels, ys, right.left + room, right.right - room)
        ends = [] if total is None else [(total, "ink")]
        ends.append((result, "activation"))
        bars = [
            *self.bars,
            *(self.bar(0.0, one, y, role) for (one, role), y in zip(ends, ys[len(terms) :], strict=True)),
        ]
        zero = math("rule(0)", look, style.NUMBER_PX, "muted")
        self.axis = VGroup(
            self.axis, zero.centre_at([self.x(0), self.axis.get_bottom()[1] - ZERO_ROOM / 2, 0])
        )
        placed = [name.left_at([one.left, y, 0]) for name, one, y in zip(names, rows, ys, strict=True)]
        self.rows = [VGroup(*pair) for pair in zip(placed, bars, strict=True)]
        for row, number, value, y in zip(
            self.rows, numbers, [*terms, *(one for one, _ in ends)], ys, strict=False
        ):
            side = row[1].get_right()[0] + style.TIGHT, row[1].get_left()[0] - style.TIGHT
            row.add(number.left_at([side[0], y, 0]) if value >= 0 else number.right_at([side[1], y, 0]))
        self.add(self.axis, *self.rows)
