"""A recorded function of one number on axes through zero, and how a value is read off it."""

from __future__ import annotations

import numpy as np
from manim import DOWN, LEFT, RIGHT, UP, Create, FadeIn, VGroup

from scenes.parts.charts.chart import Axis, Chart
from scenes.parts.charts.scale import Scale
from scenes.parts.room.box import Box
from scenes.parts.text.typeset import Typeset
from scenes.stage import style
from scenes.stage.explainer import Explainer
from scenes.stage.style import Look

ROOM = (
    0.9,
    0.4,
)  # for what is read off: left of an axis that stands at the side of the box, and below one at its foot
INSIDE = 0.1  # of the box: an axis that stands further in has room beside it


class Curve(Chart):
    """`curve` runs through `xs` and `ys` (point,) in its role; the axes' `names` stand at their ends."""

    def __init__(
        self, look: Look, box: Box, xs: np.ndarray, ys: np.ndarray, names: tuple[Typeset, Typeset], role: str
    ) -> None:
        x, y = (Scale(min(0.0, float(one.min())), max(0.0, float(one.max()))) for one in (xs, ys))
        left, below = (room * (scale.share(0) < INSIDE) for room, scale in zip(ROOM, (x, y), strict=True))
        across, up = Axis(x, names[0], crosses=0.0), Axis(y, names[1], crosses=0.0)
        super().__init__(look, box.without(left=left, bottom=below), across, up)
        self.role, self.curve = role, self.line(xs, ys, role)

    def read(self, film: Explainer, point: tuple[float, float], below: Typeset, beside: Typeset) -> VGroup:
        """Play a point's x on its axis, up to the curve, across to y. `below` and `beside` are its numbers, or what is
        said of a y of 0."""
        x, y = point
        foot = self.dot(x, 0, self.role)
        below.next_to(foot, DOWN if y >= 0 else UP, buff=style.TIGHT)
        film.play(FadeIn(foot, scale=2), FadeIn(below), run_time=style.QUICK_S)
        if y == 0:
            film.play(FadeIn(beside.next_to(foot, UP)), run_time=style.QUICK_S)
            return VGroup(foot, below, beside)
        up, across, dot = self.read_off(x, y, self.role)
        beside.next_to(across.get_end(), LEFT if x > 0 else RIGHT, buff=style.TIGHT)
        film.play(Create(up), foot.animate.move_to(dot), run_time=style.MOVE_S)
        film.play(Create(across), FadeIn(beside), run_time=style.MOVE_S)
        return VGroup(foot, below, up, across, beside)
