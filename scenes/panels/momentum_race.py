"""Loss against step on a logarithmic axis, plain SGD beside momentum."""

from __future__ import annotations

from itertools import product

import numpy as np
from manim import DashedVMobject, Line, LineJointType, VGroup, VMobject

from scenes import style
from scenes.explainer import Explainer
from scenes.panels.place import at
from scenes.parts.log_plot import LogPlot, mark_x, mark_y
from scenes.parts.typeset import Typeset

CENTRE, WIDTH, HEIGHT = (4.75, 0.85), 3.3, 3.3
ABOVE = 2.0  # how many times the highest round number the axis reaches
NAME_GAP = (0.12, 0.22)  # from a curve to its name
SHARES = (1.0, 0.42, 0.6, 0.25, 0.8, 0.1, 0.9, 0.02)  # places along a curve where its name may stand


class Race:
    """Axes with recorded round numbers; `curves` by optimiser; a dashed line at the tolerance."""

    def __init__(self, film: Explainer) -> None:
        self.film = film
        ticks = film.trace["axis/gap"].values
        self.low, self.high = float(ticks.min()), float(ticks.max()) * ABOVE
        self.steps = len(film.trace["step"].values) - 1
        self.plot = LogPlot(film.look, (0, self.steps), (self.low, self.high), CENTRE, WIDTH, HEIGHT)
        self.ticks = self._ticks()
        tolerance = float(film.trace["tolerance"].values)
        goal = Line(self._place(0, tolerance), self._place(self.steps, tolerance), stroke_width=style.LINE)
        self.goal = DashedVMobject(goal.set_color(film.look.muted), num_dashes=24)
        self.curves = {name: self._curve(name) for name in ("sgd", "momentum")}
        self.taken = self._points(goal, *self.curves.values())
        self.names = {name: self._name(name) for name in ("momentum", "sgd")}
        frame = VGroup(self.plot, self.ticks, self.goal)
        self.group = VGroup(frame, *self.curves.values(), *self.names.values())

    def _place(self, step: float, gap: float) -> np.ndarray:
        return self.plot.at(step, min(gap, self.high))

    def _curve(self, name: str) -> VMobject:
        """Up to where it leaves the axis at the bottom."""
        gaps = self.film.trace[f"{name}/gap"].values
        below = np.flatnonzero(gaps < self.low)
        shown = gaps[: int(below[0]) + 1] if len(below) else gaps
        width = style.STRONG if name == "momentum" else style.LINE
        line = VMobject(color=self.film.look.loss, stroke_width=width, joint_type=LineJointType.ROUND)
        points = [self._place(k, float(gap)) for k, gap in enumerate(shown)]
        return line.set_points_as_corners(points if len(points) > 1 else 2 * points)

    @staticmethod
    def _points(*lines: VMobject) -> np.ndarray:
        """Points along all these lines, (point, 2), close enough together that no name fits between."""
        ways = [line.get_start_anchors() for line in lines], [line.get_end_anchors() for line in lines]
        shares = np.linspace(0, 1, 12)[:, None, None]
        starts, ends = (np.concatenate(one)[:, :2] for one in ways)
        return np.asarray((starts + shares * (ends - starts)).reshape(-1, 2))

    def _name(self, name: str) -> Typeset:
        """The name beside its curve, where it hides nothing; then its place is taken."""
        film = self.film
        index = list(film.trace["optimisers"].values).index(name)
        role = "positive" if name == "momentum" else "muted"
        text = film.words(film.name("optimisers", index), style.SMALL_PX, role)
        anchors = self.curves[name].get_anchors()
        half = np.array([text.width / 2, 0.16])
        best, fewest = half, np.inf
        for share, (right, up) in product(SHARES, ((1, 1), (1, -1), (-1, 1), (-1, -1))):
            point = anchors[round(share * (len(anchors) - 1))][:2]
            centre = point + np.array([right * (NAME_GAP[0] + half[0]), up * NAME_GAP[1]])
            hit = self._hidden(centre, half)
            if hit < fewest:
                best, fewest = centre, hit
        text.centre_at(at(*best))
        box = np.linspace(best - half, best + half, 5)
        self.taken = np.vstack(
            [self.taken, *(np.column_stack([box[:, 0], np.full(5, y)]) for y in box[:, 1])]
        )
        return text

    def _hidden(self, centre: np.ndarray, half: np.ndarray) -> float:
        """How many points would lie under a name; outside the plot it must not stand at all."""
        left, bottom = self.plot.at(0, self.low)[:2]
        top = self.plot.at(0, self.high)[1] - 0.25  # the axis' own name stands there
        inside = centre[0] - half[0] > left + 0.08 and centre[0] + half[0] < style.RIGHT
        inside = inside and centre[1] - half[1] > bottom + 0.04 and centre[1] + half[1] < top
        if not inside:
            return np.inf
        return float((np.abs(self.taken - centre) < half + 0.06).all(axis=1).sum())

    def _ticks(self) -> VGroup:
        film = self.film
        gaps, steps = (
            {
                float(number): film.value(series, i, px=style.NUMBER_MIN_PX, colour="muted")
                for i, number in enumerate(film.trace[series].values)
            }
            for series in ("axis/gap", "axis/step")
        )
        marks = VGroup(*mark_y(self.plot, 0, gaps), *mark_x(self.plot, self.low, steps))
        top = self.plot.at(0, self.high)
        what = "loss" if float(film.trace["floor"].values) == 0 else "loss_above"
        marks.add(film.words(film.label(what), style.SMALL_PX, "loss").left_at(top + at(0.15, 0.0)))
        middle = self.plot.at(self.steps / 2, self.low)
        marks.add(film.words(film.label("step"), style.SMALL_PX, "muted").centre_at(middle - at(0, 0.58)))
        return marks
