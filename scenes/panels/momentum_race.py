"""Loss against step on a logarithmic axis, plain SGD beside momentum."""

from __future__ import annotations

import numpy as np
from manim import DashedVMobject, Line, LineJointType, VGroup, VMobject

from scenes import style
from scenes.explainer import Explainer
from scenes.panels.place import at
from scenes.parts.plot import Plot
from scenes.parts.typeset import Typeset

CENTRE, WIDTH, HEIGHT = (4.75, 0.85), 3.3, 3.3
TICK = 0.07


class Race:
    """Axes with recorded round numbers; `curves` by optimiser; a dashed line at the tolerance."""

    def __init__(self, film: Explainer) -> None:
        self.film = film
        ticks = np.log10(film.trace["axis/gap"].values)
        self.low, self.high = float(ticks.min()), float(ticks.max()) + 0.3
        self.steps = len(film.trace["step"].values) - 1
        self.plot = Plot(film.look, (0, self.steps), (0, self.high - self.low), CENTRE, WIDTH, HEIGHT)
        self.ticks = self._ticks()
        tolerance = float(film.trace["tolerance"].values)
        goal = self._place(0, tolerance), self._place(self.steps, tolerance)
        self.goal = DashedVMobject(Line(*goal, color=film.look.muted, stroke_width=style.LINE), num_dashes=24)
        self.frame = VGroup(self.plot, self.ticks, self.goal)
        self.curves = {name: self._curve(name) for name in ("sgd", "momentum")}
        self.names = {name: self._name(name) for name in self.curves}
        self.group = VGroup(self.frame, *self.curves.values(), *self.names.values())

    def _place(self, step: float, gap: float) -> np.ndarray:
        height = np.log10(gap) if gap > 0 else self.low
        return self.plot.at(step, float(np.clip(height, self.low, self.high)) - self.low)

    def _curve(self, name: str) -> VMobject:
        gaps = self.film.trace[f"{name}/gap"].values
        below = np.flatnonzero(np.log10(np.maximum(gaps, 1e-300)) < self.low)
        shown = gaps[: int(below[0]) + 1] if len(below) else gaps
        width = style.STRONG if name == "momentum" else style.LINE
        line = VMobject(color=self.film.look.loss, stroke_width=width, joint_type=LineJointType.ROUND)
        line.set_points_as_corners([self._place(k, float(gap)) for k, gap in enumerate(shown)])
        return line

    def _name(self, name: str) -> Typeset:
        film = self.film
        index = list(film.trace["optimisers"].values).index(name)
        text = film.words(
            film.name("optimisers", index), style.SMALL_PX, "positive" if name == "momentum" else "muted"
        )
        curve = self.curves[name]
        if name == "momentum":
            end = curve.get_end()
            return text.left_at(end + at(0.12, 0.22))
        points = curve.points
        return text.left_at(points[int(len(points) * 0.42) // 4 * 4] + at(0.14, 0.2))

    def _ticks(self) -> VGroup:
        film, marks, colour = self.film, VGroup(), self.film.look.muted
        for i, gap in enumerate(film.trace["axis/gap"].values):
            foot = self._place(0, float(gap))
            marks.add(Line(foot, foot - at(TICK, 0), color=colour, stroke_width=style.LINE))
            marks.add(
                film.value("axis/gap", i, px=style.NUMBER_MIN_PX, colour="muted").right_at(foot - at(0.14, 0))
            )
        for i, step in enumerate(film.trace["axis/step"].values):
            foot = self.plot.at(float(step), 0)
            marks.add(Line(foot, foot - at(0, TICK), color=colour, stroke_width=style.LINE))
            marks.add(
                film.value("axis/step", i, px=style.NUMBER_MIN_PX, colour="muted").centre_at(
                    foot - at(0, 0.28)
                )
            )
        top = self.plot.axes.y_axis.get_end()
        marks.add(film.words(film.label("loss"), style.SMALL_PX, "loss").left_at(top + at(0.15, 0.0)))
        middle = self.plot.at(self.steps / 2, 0)
        marks.add(film.words(film.label("step"), style.SMALL_PX, "muted").centre_at(middle - at(0, 0.58)))
        return marks
