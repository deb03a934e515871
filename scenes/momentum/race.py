"""Loss against step on a logarithmic axis, plain SGD beside momentum."""

from __future__ import annotations

from itertools import product

import numpy as np
from manim import DashedVMobject, Dot, Line, LineJointType, Rectangle, VGroup, VMobject

from scenes.parts.log_plot import LogPlot, mark_x, mark_y
from scenes.parts.place import at
from scenes.parts.plot import LowPlot
from scenes.stage import style
from scenes.stage.comparing import comparable
from scenes.stage.explainer import Explainer

CENTRE, WIDTH, HEIGHT = (4.75, 0.85), 3.3, 3.3
WIDE = 1e5  # from here on, or below its inverse, powers of ten are written as such
ABOVE = 2.0  # how many times the highest round number the axis reaches
NAME_ROOM, NAME_LIFT, NAME_SHARE = 0.3, 0.24, 0.5  # the axis' own name: height, how far it is lifted, width
DOT = 0.06  # of a run that has one loss to show
NAME_GAP = (0.12, 0.22)  # from a curve to its name
SIDES = (
    (1, 1),
    (1, -1),
    (-1, 1),
    (-1, -1),
    (1, 2.6),
    (1, -2.6),
    (-1, 2.6),
    (-1, -2.6),
)  # right and up, in gaps
SHARES = (1.0, 0.42, 0.6, 0.25, 0.8, 0.1, 0.9, 0.02)  # places along a curve where its name may stand


class Race:
    """Axes with recorded round numbers; `curves` by optimiser; a dashed line at the tolerance.

    On a logarithmic axis stands how far the loss is above the smallest one. Where the lowest run is still falling there
    is no such thing: the loss itself stands on a linear axis, as far down as the map goes, and `goal` is empty.
    """

    def __init__(self, film: Explainer) -> None:
        self.film = film
        self.falling = bool(film.trace.flags["falling"])
        ticks = film.trace["axis/loss" if self.falling else "axis/gap"].values
        self.low, self.high = float(ticks.min()), float(ticks.max()) * (1 if self.falling else ABOVE)
        self.steps = max(1, len(film.trace["step"].values) - 1)
        kind = LowPlot if self.falling else LogPlot
        self.plot = kind(film.look, (0, self.steps), (self.low, self.high), CENTRE, WIDTH, HEIGHT)
        self.ticks = self._ticks()
        self.goal = self._goal()
        self.curves = {name: self._curve(name) for name in ("sgd", "momentum")}
        self.taken = self._points(*self.goal, *self.curves.values())
        self.names = {name: self._name(name) for name in ("momentum", "sgd")}
        frame = VGroup(self.plot, self.ticks, self.goal)
        self.group = VGroup(frame, *self.curves.values(), *self.names.values())

    @property
    def goal_label(self) -> str:
        """What the dashed line means: a loss, or a distance from the minimum or from the lowest loss seen."""
        if float(self.film.trace["floor"].values) == 0:
            return "goal"
        return "goal_bottom" if self.film.trace.flags["floor_known"] else "goal_above"

    def _goal(self) -> VGroup:
        if self.falling:
            return VGroup()
        tolerance = float(self.film.trace["tolerance"].values)
        line = Line(self._place(0, tolerance), self._place(self.steps, tolerance), stroke_width=style.LINE)
        return DashedVMobject(line.set_color(self.film.look.muted), num_dashes=24)

    def _place(self, step: float, value: float) -> np.ndarray:
        return self.plot.at(step, min(max(value, self.low), self.high))

    def _curve(self, name: str) -> VMobject:
        """Up to where it leaves the axis at the bottom; a lowest loss that is only met once is no bottom."""
        trace = self.film.trace
        values = trace[f"{name}/loss" if self.falling else f"{name}/gap"].values
        below = np.flatnonzero(values < self.low)
        shown = values[: int(below[0]) + 1] if len(below) else values
        once = np.count_nonzero(values <= 0) == 1
        if once and not self.falling and not trace.flags["floor_known"] and len(shown) > 1:
            shown = shown[: max(int(np.argmin(shown)), 1)]
        width = style.STRONG if name == "momentum" else style.LINE
        line = VMobject(color=self.film.look.loss, stroke_width=width, joint_type=LineJointType.ROUND)
        points = [self._place(k, float(value)) for k, value in enumerate(shown)]
        if len(points) == 1:
            return Dot(points[0], radius=DOT, color=self.film.look.loss)
        return line.set_points_as_corners(points)

    @staticmethod
    def _points(*lines: VMobject) -> np.ndarray:
        """Points along all these lines, (point, 2), close enough together that no name fits between."""
        ways = [line.get_start_anchors() for line in lines], [line.get_end_anchors() for line in lines]
        shares = np.linspace(0, 1, 12)[:, None, None]
        starts, ends = (np.concatenate(one)[:, :2] for one in ways)
        return np.asarray((starts + shares * (ends - starts)).reshape(-1, 2))

    def _name(self, name: str) -> VGroup:
        """The name beside its curve, where it hides as little as can be; then its place is taken."""
        film = self.film
        index = list(film.trace["optimisers"].values).index(name)
        role = "positive" if name == "momentum" else "muted"
        text = film.words(film.name("optimisers", index), style.SMALL_PX, role)
        anchors = self.curves[name].get_anchors()
        half = np.array([text.width / 2, 0.16])
        best, fewest = half, np.inf
        for share, (right, up) in product(SHARES, SIDES):
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
        patch = Rectangle(width=text.width + 0.1, height=2 * half[1], stroke_width=0)
        patch.set_fill(film.look.background, opacity=1).move_to(at(*best))
        return VGroup(*([patch.set_z_index(1)] if fewest else []), text.set_z_index(2))

    def _crowded(self) -> bool:
        """Whether a curve comes where the axis' name stands, at the top and on the left."""
        soon, top = int(NAME_SHARE * self.steps) + 1, self.plot.at(0, self.high)[1]
        series = "loss" if self.falling else "gap"
        highest = max(
            float(self.film.trace[f"{name}/{series}"].values[:soon].max()) for name in ("sgd", "momentum")
        )
        return bool(top - self._place(0, highest)[1] < NAME_ROOM)

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
        rises = "axis/loss" if self.falling else "axis/gap"
        numbers = film.trace[rises].values
        wide = not self.falling and (numbers.max() >= WIDE or numbers.min() < 1 / (WIDE - 1))
        forms = {rises: "decade" if wide else comparable(numbers), "axis/step": "auto"}
        gaps, steps = (
            {
                float(number): film.value(series, i, form=form, px=style.NUMBER_MIN_PX, colour="muted")
                for i, number in enumerate(film.trace[series].values)
            }
            for series, form in forms.items()
        )
        marks = VGroup(*mark_y(self.plot, 0, gaps), *mark_x(self.plot, self.low, steps))
        top = self.plot.at(0, self.high)
        what = "loss" if self.falling or float(film.trace["floor"].values) == 0 else "loss_above"
        lift = NAME_LIFT if self._crowded() else 0.0
        marks.add(film.words(film.label(what), style.SMALL_PX, "loss").left_at(top + at(0.15, lift)))
        middle = self.plot.at(self.steps / 2, self.low)
        marks.add(film.words(film.label("step"), style.SMALL_PX, "muted").centre_at(middle - at(0, 0.58)))
        return marks
