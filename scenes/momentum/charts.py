"""The charts beside the map: steps by learning rate, what makes up momentum's steps, and loss by step."""

from __future__ import annotations

import numpy as np
from manim import VGroup

from scenes.momentum.stage import PAIR, ROLES, DescentStage
from scenes.momentum.words import outcome
from scenes.parts.charts.chart import Axis
from scenes.parts.charts.run_chart import RunChart
from scenes.parts.charts.scale import LogScale, Scale
from scenes.parts.charts.setting_chart import SettingChart
from scenes.parts.charts.sum_bars import SumBars
from scenes.parts.room.box import Box
from scenes.stage import style
from scenes.stage.comparing import comparable

BARS = 12  # of momentum's first steps are shown part by part
BEYOND = 1.08  # the highest number of steps, and the highest rate
WIDE = 1e5  # from here on, or below its inverse, powers of ten are written as such
ABOVE = 2.0  # how many times the highest round number the axis reaches


def rate_chart(film: DescentStage, box: Box) -> tuple[SettingChart, VGroup]:
    """How many steps plain SGD takes at each rate; and the numbers of those that are drawn or spoken of."""
    rates, reached = film.array("rates/lr"), film.array("rates/reached")
    ticks = film.ticks("axis/reached")
    x = Axis(Scale(0.0, BEYOND * float(rates[-1])), film.math("eta", 34), film.ticks("axis/rate"))
    y = Axis(Scale(0.0, BEYOND * max(float(reached.max()), 1.0, *ticks)), film.head("tried"), ticks)
    chart = SettingChart(film.look, box, x, y, rates, np.where(reached < 0, np.nan, reached), "negative")
    told = [
        film.item("rates/best"),
        *np.searchsorted(rates, [film.item(f"{name}/lr") for name in ("smaller", "sgd")]),
    ]
    notes = {int(i): film.value("rates/reached", int(i)) for i in told if reached[i] >= 0}
    if (reached < 0).any():
        text = film.label("never", steps=film.integer("rates/updates"))
        notes[int(np.argmin(reached))] = film.words(text, style.SMALL_PX, "muted")
    return chart, VGroup(*(chart.note(i, text) for i, text in notes.items()))


def step_bars(film: DescentStage, axis: int, box: Box) -> SumBars:
    """Of momentum's first steps along one axis: what is carried and what the gradient gives, and the step itself."""
    name = "xy"[axis]
    series = {"momentum/kept": "activation", "momentum/downhill": "gradient"}
    parts = [(film.array(one)[:BARS, axis], role) for one, role in series.items()]
    ends = film.array(f"axis/move_{name}")
    scale = Scale(float(ends.min(initial=0.0)), float(ends.max(initial=0.0)))
    up = Axis(scale, film.head(f"along_{name}"), film.ticks(f"axis/move_{name}"))
    return SumBars(film.look, box, parts, "positive", film.head("step"), up)


class Race(RunChart):
    """`line_of_goal` is dashed, at the tolerance.

    On a logarithmic axis stands how far the loss is above the smallest one. Where the lowest run is still falling there
    is no such thing: the loss itself stands on a linear axis, as far down as the map goes, and `line_of_goal` is empty.
    """

    def __init__(self, film: DescentStage, box: Box) -> None:
        self.film, self.falling = film, bool(film.trace.flags["falling"])
        rises = "axis/loss" if self.falling else "axis/gap"
        numbers = film.array(rises)
        low, high = float(numbers.min()), float(numbers.max())
        wide = not self.falling and (high >= WIDE or low < 1 / (WIDE - 1))
        what = "loss" if self.falling or film.item("floor") == 0 else "loss_above"
        heights = film.ticks(rises, form="decade" if wide else comparable(numbers), most=len(numbers))
        up = Scale(low, high) if self.falling else LogScale(low, ABOVE * high)
        steps = Scale(0, max(1, len(film.array("step")) - 1))
        across = Axis(steps, film.head("step"), film.ticks("axis/step", form="auto"), under=True)
        super().__init__(
            film.look, box, across, Axis(up, film.words(film.label(what), style.SMALL_PX, "loss"), heights)
        )
        self.line_of_goal = VGroup() if self.falling else self.goal(film.item("tolerance"))
        titles = {one: film.join(film.optimiser(one), " · ", outcome(film, one, "short")) for one in PAIR}
        self.take(
            {one: (self._values(one), ROLES[one], film.words(titles[one], colour=ROLES[one])) for one in PAIR}
        )

    @property
    def goal_label(self) -> str:
        """What the dashed line means: a loss, or a distance from the minimum or from the lowest loss seen."""
        if self.film.item("floor") == 0:
            return "goal"
        return "goal_bottom" if self.film.trace.flags["floor_known"] else "goal_above"

    def _values(self, name: str) -> np.ndarray:
        """What is drawn of a run; a lowest loss that is only met once is no bottom, and the curve ends before it."""
        if self.falling:
            return self.film.array(f"{name}/loss")
        gaps = self.film.array(f"{name}/gap")
        once = np.count_nonzero(gaps <= 0) == 1 and not self.film.trace.flags["floor_known"]
        return gaps[: max(int(np.argmin(gaps)), 1)] if once else gaps
