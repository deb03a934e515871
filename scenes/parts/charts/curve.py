"""A recorded function of one number on axes through zero, and how a value is read off it."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from manim import DOWN, LEFT, PI, RIGHT, UP, Create, FadeIn, Triangle, VGroup
from manim.utils.space_ops import angle_of_vector

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
TIP, BEYOND = 0.12, 1.1  # radius of what says that a curve goes on, and how much longer its axis is then
Ticks = Mapping[float, Typeset]
NEAR = 0.1  # of an axis: a tick this near to what is read off would stand under its number
INSIDE = 0.1  # of the box: an axis that stands further in has room beside it


def clear_of(ticks: Ticks, read: float, along: np.ndarray) -> Ticks:
    """The ticks that lie within the numbers `along` an axis, without 0, where the axes cross, and without those next to
    the number that will be read off."""
    low, high = min(0.0, float(along.min())), max(0.0, float(along.max()))
    near = NEAR * (high - low)
    return {at: text for at, text in ticks.items() if at and low <= at <= high and abs(at - read) > near}


class Curve(Chart):
    """`curve` runs through `xs` and `ys` (point,) in its role; the axes' `names` stand at their ends.

    ticks: of both axes. `equal`: a unit is as long on one axis as on the other. `onward`: the curve goes on beyond its
    first point, which an arrow says.
    """

    def __init__(
        self,
        look: Look,
        box: Box,
        xs: np.ndarray,
        ys: np.ndarray,
        names: tuple[Typeset, Typeset],
        role: str,
        ticks: tuple[Ticks, Ticks] = ({}, {}),
        equal: bool = False,
        onward: bool = False,
    ) -> None:
        more = BEYOND if onward else 1.0
        x, y = (
            Scale(min(0.0, float(one.min())), max(0.0, share * float(one.max())))
            for one, share in ((xs, 1.0), (ys, more))
        )
        left, below = (room * (scale.share(0) < INSIDE) for room, scale in zip(ROOM, (x, y), strict=True))
        self.equal = equal
        across, up = (Axis(*one, crosses=0.0) for one in zip((x, y), names, ticks, strict=True))
        super().__init__(look, box.without(left=left, bottom=below), across, up)
        self.role, self.curve = role, self.line(xs, ys, role)
        if onward:
            start, then = self.at(xs[0], ys[0]), self.at(xs[1], ys[1])
            tip = Triangle(radius=TIP, stroke_width=0, fill_opacity=1, color=look.colour(role))
            self.curve.add(tip.rotate(angle_of_vector(start - then) - PI / 2).move_to(start))

    def _inner(self, box: Box) -> Box:
        inside = super()._inner(box)
        if not self.equal:
            return inside
        spans = [one.scale.high - one.scale.low or 1.0 for one in (self.x, self.y)]
        unit = min(inside.width / spans[0], inside.height / spans[1])
        return inside.middle(unit * spans[0], unit * spans[1])

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
