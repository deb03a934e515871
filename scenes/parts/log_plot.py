"""A plot whose vertical axis is logarithmic, with marks at powers of ten."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from manim import Line, VGroup

from scenes import style
from scenes.parts.plot import Plot
from scenes.parts.typeset import Typeset
from scenes.style import Look

TICK = 0.07


class LogPlot(Plot):
    """`y_range` are the smallest and the largest value, both above 0; a value of 0 lies on the bottom line."""

    def __init__(
        self,
        look: Look,
        x_range: tuple[float, float],
        y_range: tuple[float, float],
        centre: tuple[float, float],
        width: float,
        height: float,
    ) -> None:
        self.low, self.high = (float(np.log10(y)) for y in y_range)
        super().__init__(look, x_range, (0, self.high - self.low), centre, width, height)

    def at(self, x: float, y: float) -> np.ndarray:
        """The point of the frame for data (x, y)."""
        return super().at(x, max(float(np.log10(y)), self.low) - self.low if y > 0 else 0.0)


def mark_y(plot: Plot, x: float, labels: Mapping[float, Typeset], across: float | None = None) -> VGroup:
    """A mark and a label at each value on a vertical axis at `x`; hairlines through the plot up to `across`."""
    marks = VGroup()
    for y, label in labels.items():
        point = plot.at(x, y)
        if across is not None:
            line = Line(point, plot.at(across, y), color=plot.look.muted, stroke_width=style.HAIRLINE)
            marks.add(line.set_stroke(opacity=0.3))
        marks.add(Line(point - [TICK, 0, 0], point, color=plot.look.muted, stroke_width=style.LINE))
        marks.add(label.right_at(point - [0.16, 0, 0]))
    return marks


def mark_x(plot: Plot, y: float, labels: Mapping[float, Typeset]) -> VGroup:
    """A short line and its label at each value on a horizontal axis at `y`."""
    marks = VGroup()
    for x, label in labels.items():
        point = plot.at(x, y)
        marks.add(Line(point - [0, TICK, 0], point, color=plot.look.muted, stroke_width=style.LINE))
        marks.add(label.centre_at(point - [0, 0.27, 0]))
    return marks
