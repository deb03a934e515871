"""A recorded loss over one parameter, as a line that balls roll along."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import numpy as np
from manim import Dot, VMobject

from scenes.parts.box import Box
from scenes.parts.chart import Axis, Chart
from scenes.parts.scale import Scale
from scenes.parts.typeset import Typeset
from scenes.stage import style
from scenes.stage.style import Look

RADIUS = 0.13
PIECES = 3  # of the way from one place to the next, so that it follows the line


class Profile(Chart):
    """`curve` is the line through `xs` and `ys`; the axes' `names` stand at their ends."""

    def __init__(
        self, look: Look, box: Box, xs: np.ndarray, ys: np.ndarray, names: tuple[Typeset, Typeset]
    ) -> None:
        self.xs, self.ys = xs, ys
        low = min(0.0, float(ys.min()))
        x, y = Scale(float(xs[0]), float(xs[-1])), Scale(low, float(ys.max()))
        super().__init__(look, box, Axis(x, names[0]), Axis(y, names[1]))
        self.curve = self.line(xs, ys, "loss")

    def on(self, x: float) -> np.ndarray:
        """Where a ball lies at `x`."""
        return self.at(x, float(np.interp(x, self.xs, self.ys))) + np.array([0, RADIUS, 0])

    def ball(self, x: float, role: str) -> Dot:
        """A ball on the line."""
        return Dot(self.on(x), radius=RADIUS, color=self.look.colour(role))

    def rolled(self, places: Sequence[float] | np.ndarray, role: str = "muted") -> VMobject:
        """The way of a ball through these places, along the line."""
        between = [x for a, b in pairwise(places) for x in np.linspace(a, b, PIECES + 1)[:-1]]
        points = [self.on(float(x)) for x in (*between, places[-1])]
        way = VMobject(color=self.look.colour(role), stroke_width=style.LINE)
        return way.set_points_as_corners(points)
