"""A plot whose vertical axis is logarithmic, with marks at powers of ten."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from manim import Line, VGroup

from scenes.parts.plot import Plot
from scenes.parts.typeset import Typeset
from scenes.stage import style

TICK = 0.07


class LogPlot(Plot):
    """`y_range` are the smallest and the largest value, both above 0; what is smaller lies on the bottom line."""

    def rise(self, y: float) -> float:
        """Decades above the bottom line."""
        return max(float(np.log10(y) - np.log10(self.y_range[0])), 0.0) if y > 0 else 0.0


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
