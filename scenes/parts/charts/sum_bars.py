"""What adds up at every step, as bars: the parts head to tail from zero, and beside them their sum."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from manim import Animation, Rectangle, VGroup

from scenes.parts.charts.chart import Axis, Chart
from scenes.parts.charts.scale import Scale
from scenes.parts.room.box import Box
from scenes.parts.text.typeset import Typeset
from scenes.stage.style import Look

BETWEEN = 0.3  # share of a step's room that stays empty
SUM_SHARE = 1.4  # the sum's width, as one part's
NUMBER_ROOM = 0.36
DIMMED = 0.18  # opacity of bars that are not spoken of
LEAST = 0.015  # units of height of a bar that stands for nearly nothing


class SumBars(Chart):
    """`steps[k]` are the bars of step k: one a part, each from where the one before ended, and the sum from zero.

    parts: the values (step,) and the role of each; the sum has the role `total`. Zero is the horizontal axis, and the
    numbers of the vertical one are `y`'s. `numbers` stand below the bars, one a step.
    """

    def __init__(
        self,
        look: Look,
        box: Box,
        parts: Sequence[tuple[np.ndarray, str]],
        total: str,
        x: Typeset,
        y: Axis,
        numbers: Sequence[Typeset] = (),
    ) -> None:
        levels = np.cumsum(
            [np.zeros(len(parts[0][0])), *(values for values, _ in parts)], axis=0
        )  # (level, step)
        low, high = min(y.scale.low, float(levels.min())), max(y.scale.high, float(levels.max()))
        count = levels.shape[1]
        axis = Axis(Scale(low, high), y.name, y.ticks)
        below = NUMBER_ROOM * bool(numbers)
        super().__init__(look, box.without(bottom=below), Axis(Scale(0, count), x, crosses=0.0), axis)
        places = [self.at(k + 0.5, low)[0] for k in range(count)]
        for number, place in zip(numbers, places, strict=False):
            self.frame.add(number.centre_at([place, box.bottom + below / 2, 0]))
        roles = [role for _, role in parts]
        self.steps = VGroup(*(self._step(k, levels[:, k], roles, total) for k in range(count)))

    def spotlight(self, step: int | None) -> list[Animation]:
        """Animations that leave one step as it is and dim all others; with None they are all as they were."""
        return [
            bars.animate.set_opacity(1.0 if step in (k, None) else DIMMED)
            for k, bars in enumerate(self.steps)
        ]

    def _step(self, k: int, levels: np.ndarray, roles: Sequence[str], total: str) -> VGroup:
        unit = (1 - BETWEEN) / (len(roles) + SUM_SHARE)
        left, bars = k + BETWEEN / 2, VGroup()
        for i, role in enumerate(roles):
            bars.add(self._bar(left + i * unit, left + (i + 1) * unit, levels[i], levels[i + 1], role))
        after = left + len(roles) * unit
        return bars.add(self._bar(after, after + SUM_SHARE * unit, 0.0, levels[-1], total))

    def _bar(self, left: float, right: float, start: float, end: float, role: str) -> Rectangle:
        corners = self.at(left, start), self.at(right, end)
        width, height = np.abs(corners[1] - corners[0])[:2]
        bar = Rectangle(width=width, height=max(float(height), LEAST), stroke_width=0, fill_opacity=1)
        return bar.set_fill(self.look.colour(role)).move_to((corners[0] + corners[1]) / 2)
