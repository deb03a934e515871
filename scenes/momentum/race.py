"""Loss against step on a logarithmic axis, plain SGD beside momentum."""

from __future__ import annotations

import numpy as np
from manim import VGroup, VMobject

from scenes.momentum.table import title
from scenes.parts.box import Box
from scenes.parts.chart import Axis, Chart
from scenes.parts.scale import LogScale, Scale
from scenes.stage import style
from scenes.stage.comparing import comparable
from scenes.stage.stage import Stage

WIDE = 1e5  # from here on, or below its inverse, powers of ten are written as such
ABOVE = 2.0  # how many times the highest round number the axis reaches
DOT = 0.06  # of a run that has one loss to show


class Race(Chart):
    """`curves` and `labels` by optimiser; `goal`, a dashed line at the tolerance.

    On a logarithmic axis stands how far the loss is above the smallest one. Where the lowest run is still falling there
    is no such thing: the loss itself stands on a linear axis, as far down as the map goes, and `goal` is empty.
    """

    def __init__(self, film: Stage, box: Box) -> None:
        self.film, self.falling = film, bool(film.trace.flags["falling"])
        rises = "axis/loss" if self.falling else "axis/gap"
        numbers = film.array(rises)
        low, high = float(numbers.min()), float(numbers.max())
        self.steps = max(1, len(film.array("step")) - 1)
        wide = not self.falling and (high >= WIDE or low < 1 / (WIDE - 1))
        what = "loss" if self.falling or film.item("floor") == 0 else "loss_above"
        form = "decade" if wide else comparable(numbers)
        super().__init__(
            film.look,
            box,
            Axis(Scale(0, self.steps), film.head("step"), film.ticks("axis/step", form="auto"), under=True),
            Axis(
                Scale(low, high) if self.falling else LogScale(low, ABOVE * high),
                film.words(film.label(what), style.SMALL_PX, "loss"),
                film.ticks(rises, form=form, most=len(numbers)),
            ),
        )
        self.goal = self._goal()
        self.curves = {name: self._curve(name) for name in ("sgd", "momentum")}
        self.names.keep_off(self.goal, *self.curves.values())
        roles = {"momentum": "positive", "sgd": "muted"}
        self.labels = {
            name: self.names.place(title(film, name, role, px=style.SMALL_PX), self.curves[name])
            for name, role in roles.items()
        }

    @property
    def goal_label(self) -> str:
        """What the dashed line means: a loss, or a distance from the minimum or from the lowest loss seen."""
        if self.film.item("floor") == 0:
            return "goal"
        return "goal_bottom" if self.film.trace.flags["floor_known"] else "goal_above"

    def _goal(self) -> VMobject:
        if self.falling:
            return VGroup()
        height = self.y.scale.clipped(self.film.item("tolerance"))
        return self.dashed((0, self.steps), (height, height), "muted")

    def _curve(self, name: str) -> VMobject:
        """Up to where it leaves the axis at the bottom; a lowest loss that is only met once is no bottom."""
        values = self.film.array(f"{name}/loss" if self.falling else f"{name}/gap")
        below = np.flatnonzero(values < self.y.scale.low)
        shown = values[: int(below[0]) + 1] if len(below) else values
        once = np.count_nonzero(values <= 0) == 1
        if once and not self.falling and not self.film.trace.flags["floor_known"] and len(shown) > 1:
            shown = shown[: max(int(np.argmin(shown)), 1)]
        heights = [self.y.scale.clipped(float(value)) for value in shown]
        if len(heights) == 1:
            return self.dot(0, heights[0], "loss", DOT)
        width = style.STRONG if name == "momentum" else style.LINE
        return self.line(range(len(heights)), heights, "loss", width)
