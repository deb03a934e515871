"""A recorded function of one number: its curve, in pieces where it jumps, and the tangent that runs along it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
from manim import Animation, Create, LaggedStart, Line, VGroup, linear

from scenes.parts.charts.chart import Axis, Chart
from scenes.parts.charts.scale import Scale
from scenes.parts.room.box import Box
from scenes.parts.text.typeset import Typeset
from scenes.stage.style import Look

JUMP = 0.3  # a value that changes by more than this share between two points jumps there
TANGENT = 2.4  # its length in units
BROAD = 8.0  # its stroke, seen on a straight piece of the curve too


class FunctionChart(Chart):
    """The values are the recorded points; both axes go through 0. `span`: the ends of the vertical one.

    `ticks`: numbers on both axes, by value.
    """

    def __init__(
        self,
        look: Look,
        box: Box,
        values: tuple[np.ndarray, np.ndarray],
        span: tuple[float, float],
        names: tuple[Typeset, Typeset],
        ticks: tuple[Mapping[float, Typeset], Mapping[float, Typeset]] = ({}, {}),
    ) -> None:
        self.xs, self.ys = values
        x = Axis(Scale(self.xs[0], self.xs[-1]), names[0], ticks[0], crosses=0.0)
        super().__init__(look, box, x, Axis(Scale(*span), names[1], ticks[1], crosses=0.0))

    def curve(self, role: str) -> VGroup:
        """The pieces between jumps."""
        jumps = np.flatnonzero(np.abs(np.diff(self.ys)) > JUMP * np.ptp(self.ys)) + 1
        pieces = zip(np.split(self.xs, jumps), np.split(self.ys, jumps), strict=True)
        return VGroup(*(self.line(xs, ys, role) for xs, ys in pieces if len(xs) > 1))

    def grown(self, curve: VGroup) -> Animation:
        """The pieces one after the other, from left to right, at one speed."""
        times = [len(piece.points) for piece in curve]
        parts = [
            Create(piece, run_time=one, rate_func=linear) for piece, one in zip(curve, times, strict=True)
        ]
        return LaggedStart(*parts, lag_ratio=1)

    def tangent(self, slopes: np.ndarray, point: int, role: str = "gradient") -> Line:
        """Through the point of that number, with its recorded slope."""
        start = self.at(self.xs[point], self.ys[point])
        way = self.at(self.xs[point] + 1, self.ys[point] + slopes[point]) - start
        way *= TANGENT / 2 / np.linalg.norm(way)
        ends = [start + side * self._share(start, side * way) * way for side in (-1, 1)]
        return Line(*ends, color=self.look.colour(role), stroke_width=BROAD)

    def _share(self, start: np.ndarray, way: np.ndarray) -> float:
        """How much of a way from a point, at most all of it, stays on the chart."""
        corners = np.array([[self.box.left, self.box.bottom], [self.box.right, self.box.top]])
        moving = np.abs(way[:2]) > 1e-9
        limits = np.max((corners - start[:2])[:, moving] / way[:2][moving], axis=0)
        return float(np.clip(limits.min(), 0, 1))


class TangentRun(Animation):
    """A tangent runs along its curve, evenly, from one recorded point to another."""

    def __init__(
        self, line: Line, chart: FunctionChart, slopes: np.ndarray, way: tuple[int, int], **options: Any
    ) -> None:
        self.chart, self.slopes, self.way = chart, slopes, way
        super().__init__(line, **{"rate_func": linear} | options)

    def interpolate_mobject(self, alpha: float) -> None:
        """Stand at the point that `alpha`, 0..1, has got to."""
        start, end = self.way
        point = round(start + self.rate_func(alpha) * (end - start))
        there = self.chart.tangent(self.slopes, point)
        self.mobject.put_start_and_end_on(there.get_start(), there.get_end())
