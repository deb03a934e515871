"""Recorded counts over recorded bins: standing bars, or stairs where several lie over each other."""

from __future__ import annotations

import numpy as np
from manim import LineJointType, Rectangle, VGroup, VMobject

from scenes.parts.charts.chart import Chart
from scenes.stage import style

FILL = 0.55  # share of the role's colour in a bar
APART = 0.06  # share of a bin between two bars


def bars(chart: Chart, edges: np.ndarray, counts: np.ndarray, role: str) -> VGroup:
    """A bar for each bin, from the axis up. edges (n + 1,) rising, counts (n,), both as recorded."""
    _check(edges, counts)
    out, colour = VGroup(), chart.look.colour(role)
    for left, right, count in zip(edges[:-1], edges[1:], counts, strict=True):
        low, high = chart.at(left, 0), chart.at(right, count)
        bar = Rectangle(width=(high[0] - low[0]) * (1 - APART), height=max(high[1] - low[1], 0.0))
        bar.set_fill(style.blend(chart.look.background, colour, FILL), 1).set_stroke(colour, style.HAIRLINE)
        out.add(bar.move_to((low + high) / 2))
    return out


def stairs(chart: Chart, edges: np.ndarray, counts: np.ndarray, role: str) -> VMobject:
    """The outline of the same bars: of several distributions on one chart, each stays to be seen."""
    _check(edges, counts)
    heights = [0.0, *np.repeat(counts, 2), 0.0]
    line = VMobject(color=chart.look.colour(role), stroke_width=style.STRONG, joint_type=LineJointType.MITER)
    return line.set_points_as_corners(
        [chart.at(x, y) for x, y in zip(np.repeat(edges, 2), heights, strict=True)]
    )


def _check(edges: np.ndarray, counts: np.ndarray) -> None:
    if len(edges) != len(counts) + 1 or (np.diff(edges) <= 0).any() or (np.asarray(counts) < 0).any():
        raise ValueError(f"{len(edges)} rising edges and {len(counts)} counts are no histogram")
