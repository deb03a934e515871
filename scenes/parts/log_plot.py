"""A plot whose vertical axis is logarithmic, with marks at powers of ten."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from manim import Line, VGroup

from scenes.parts.plot import Plot
from scenes.parts.typeset import Typeset
from scenes.stage import style

TICK = 0.07
BREAK = np.array([0.12, 0.05, 0])  # half of a stroke that breaks an axis


class LogPlot(Plot):
    """`y_range` are the smallest and the largest value, both above 0; what is smaller lies on the bottom line."""

    zero_room = 0.0  # share of the height below the smallest value

    def rise(self, y: float) -> float:
        """Decades above the bottom line."""
        low, high = (float(np.log10(end)) for end in self.y_range)
        room = self.zero_room * (high - low)
        return max(float(np.log10(y)) - low, 0.0) + room if y > 0 else 0.0


class LogPlotWithZero(LogPlot):
    """The bottom line is 0, and the scale begins above a break in the axis."""

    zero_room = 0.16

    def lowest(self) -> float:
        """0, which has no place on a logarithmic scale."""
        return 0.0

    def axis_break(self, x: float) -> VGroup:
        """Two strokes across the vertical axis at `x`, between 0 and where the scale begins."""
        middle = (self.at(x, 0) + self.at(x, self.y_range[0])) / 2
        gap = np.array([0, 0.06, 0])
        hidden = Line(middle - gap, middle + gap, color=self.look.background, stroke_width=3 * style.LINE)
        strokes = [
            Line(middle + side - BREAK, middle + side + BREAK, color=self.look.muted, stroke_width=style.LINE)
            for side in (-gap, gap)
        ]
        return VGroup(hidden, *strokes)


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
