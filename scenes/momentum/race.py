"""Loss against step on a logarithmic axis, plain SGD beside momentum."""

from __future__ import annotations

import numpy as np
from manim import VGroup, VMobject

from scenes.momentum.stage import PAIR, ROLES, DescentStage
from scenes.parts.box import Box
from scenes.parts.chart import Axis
from scenes.parts.run_chart import RunChart
from scenes.parts.scale import LogScale, Scale
from scenes.stage import style
from scenes.stage.comparing import comparable

WIDE = 1e5  # from here on, or below its inverse, powers of ten are written as such
ABOVE = 2.0  # how many times the highest round number the axis reaches


class Race(RunChart):
    """`goal`: a dashed line at the tolerance.

    On a logarithmic axis stands how far the loss is above the smallest one. Where the lowest run is still falling there
    is no such thing: the loss itself stands on a linear axis, as far down as the map goes, and `goal` is empty.
    """

    def __init__(self, film: DescentStage, box: Box) -> None:
        self.film, self.falling = film, bool(film.trace.flags["falling"])
        rises = "axis/loss" if self.falling else "axis/gap"
        numbers = film.array(rises)
        low, high = float(numbers.min()), float(numbers.max())
        wide = not self.falling and (high >= WIDE or low < 1 / (WIDE - 1))
        what = "loss" if self.falling or film.item("floor") == 0 else "loss_above"
        steps = Scale(0, max(1, len(film.array("step")) - 1))
        heights = film.ticks(rises, form="decade" if wide else comparable(numbers), most=len(numbers))
        super().__init__(
            film.look,
            box,
            Axis(steps, film.head("step"), film.ticks("axis/step", form="auto"), under=True),
            Axis(
                Scale(low, high) if self.falling else LogScale(low, ABOVE * high),
                film.words(film.label(what), style.SMALL_PX, "loss"),
                heights,
            ),
        )
        self.goal = self._goal()
        self.names.keep_off(self.goal)
        self.take(
            {name: (self._values(name), ROLES[name], film.title(name, style.SMALL_PX)) for name in PAIR}
        )

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
        return self.dashed((self.x.scale.low, self.x.scale.high), (height, height), "muted")

    def _values(self, name: str) -> np.ndarray:
        """What is drawn of a run; a lowest loss that is only met once is no bottom, and the curve ends before it."""
        if self.falling:
            return self.film.array(f"{name}/loss")
        gaps = self.film.array(f"{name}/gap")
        once = np.count_nonzero(gaps <= 0) == 1 and not self.film.trace.flags["floor_known"]
        return gaps[: max(int(np.argmin(gaps)), 1)] if once else gaps
