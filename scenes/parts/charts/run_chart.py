"""A value step by step, of several runs that go on at once: curves that grow together, each with a dot at its tip."""

from __future__ import annotations

import numpy as np
from manim import Dot, VMobject

from scenes.parts.charts.chart import Chart
from scenes.parts.text.typeset import Typeset

TIP = 0.08


class RunChart(Chart):
    """`curves`, `dots` and `labels` by run; the horizontal axis counts steps from 0.

    Every curve has one piece a step up to the end of the axis, so that whatever runs along it in some time is at the
    same step as on every other curve, or path, of as many steps.
    """

    curves: dict[str, VMobject]
    dots: dict[str, Dot]
    labels: dict[str, Typeset]

    def take(self, runs: dict[str, tuple[np.ndarray, str, Typeset]]) -> None:
        """Keep these runs, by key: their values (step,), role and name. A name stands beside its curve.

        A run that falls below the axis stays where it left it, and one that is over stays where it ended.
        """
        self.curves, self.dots, self.labels = {}, {}, {}
        steps = np.arange(round(self.x.scale.high) + 1)
        for key, (values, role, _) in runs.items():
            below = np.flatnonzero(values < self.y.scale.low)
            last = int(below[0]) if len(below) else len(values) - 1
            shown = np.minimum(steps, last)
            heights = [self.y.scale.clipped(float(values[k])) for k in shown]
            self.curves[key] = self.line(shown, heights, role)
            self.dots[key] = self.dot(0, heights[0], role, TIP)
        self.names.keep_off(*self.curves.values())
        for key, (_, _, name) in runs.items():
            self.labels[key] = self.names.place(name, self.curves[key], TIP)
        for drawn in (self.curves, self.dots, self.labels):
            self.add(*drawn.values())

    def goal(self, value: float, role: str = "muted") -> VMobject:
        """A dashed line at a value that runs are to reach; names of runs that are taken later keep off it."""
        height = self.y.scale.clipped(value)
        line = self.dashed((self.x.scale.low, self.x.scale.high), (height, height), role)
        self.names.keep_off(line)
        self.add(line)
        return line
