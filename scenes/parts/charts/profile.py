"""A recorded loss over one parameter, as a line that balls roll along."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise

import numpy as np
from manim import RIGHT, Arrow, Dot, VGroup, VMobject

from scenes.parts.charts.chart import ARROW, Axis, Chart
from scenes.parts.charts.scale import Scale
from scenes.parts.room.box import Box
from scenes.parts.room.motion import Run
from scenes.parts.text.typeset import Typeset
from scenes.stage import style
from scenes.stage.style import Look

RADIUS = 0.13
PIECES = 3  # of the way from one place to the next, so that it follows the line


class Profile(Chart):
    """`curve` is the line through `xs` and `ys`; each of the axes has its name and its numbers."""

    def __init__(
        self,
        look: Look,
        box: Box,
        xs: np.ndarray,
        ys: np.ndarray,
        names: tuple[Typeset, Typeset],
        ticks: Sequence[Mapping[float, Typeset]] = ({}, {}),
    ) -> None:
        self.xs, self.ys = xs, ys
        low = min(0.0, float(ys.min()))
        x, y = Scale(float(xs[0]), float(xs[-1])), Scale(low, float(ys.max()))
        super().__init__(look, box, Axis(x, names[0], ticks[0]), Axis(y, names[1], ticks[1]))
        self.curve = self.line(xs, ys, "loss")

    def on(self, x: float) -> np.ndarray:
        """Where a ball lies at `x`."""
        return self.at(x, float(np.interp(x, self.xs, self.ys))) + np.array([0, RADIUS, 0])

    def ball(self, x: float, role: str) -> Dot:
        """A ball on the line."""
        return Dot(self.on(x), radius=RADIUS, color=self.look.colour(role))

    def push(self, x: float, by: float, role: str, name: Typeset, lift: float) -> VGroup:
        """An arrow of length `by` along the axis, `lift` units above a ball at `x`, and its name right of it."""
        start = self.on(x) + np.array([0, lift, 0])
        end = start + self.at(x + by, 0) - self.at(x, 0)
        arrow = Arrow(start, end, color=self.look.colour(role), **ARROW)
        return VGroup(
            arrow, name.next_to(max(start, end, key=lambda point: float(point[0])), RIGHT, buff=style.TIGHT)
        )

    def rolling(self, ball: Dot, places: Sequence[float] | np.ndarray) -> Run:
        """The ball goes through these places, along the line, at an even speed."""
        between = [x for a, b in pairwise(places) for x in np.linspace(a, b, PIECES + 1)[:-1]]
        way = VMobject().set_points_as_corners([self.on(float(x)) for x in (places[0], *between, places[-1])])
        return Run(ball, way, even_speed=True)
