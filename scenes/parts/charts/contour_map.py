"""A recorded surface from above: contour lines, marks at its minima, and paths, balls and arrows on it."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import numpy as np
from manim import Arrow, Dot, Line, LineJointType, VGroup, VMobject

from scenes.parts.charts.chart import ARROW, Axis, Chart
from scenes.parts.charts.contour import contour_lines
from scenes.parts.charts.scale import Scale
from scenes.parts.room.box import Box
from scenes.stage import style
from scenes.stage.stage import Stage

ARM, ARM_SMALL = 0.11, 0.07  # of a cross
SHORTEST = 0.01  # what is no longer than so many units cannot be seen


class ContourMap(Chart):
    """A map in a box. `frame`, `contours` and `crosses` (at its `minima`) are what is drawn, `group` is all of it.

    Reads `surface/x` (x,), `surface/y` (y,), `surface/z` (y, x), `surface/defined`, `surface/levels` and
    `surface/minima` (point, axis), and the numbers of its axes from `axis/x` and `axis/y`. `names`: what the two
    parameters are called in formulas. `small`: one of several, with fewer lines, no numbers and no names. `even`: a
    unit is as long along both axes, so that directions are true.
    """

    def __init__(
        self,
        film: Stage,
        box: Box,
        names: Sequence[str] = ("x", "y"),
        small: bool = False,
        even: bool = False,
    ) -> None:
        self.even = even
        xs, ys = film.array("surface/x"), film.array("surface/y")
        self.low, self.high = (np.array([xs[end], ys[end]]) for end in (0, -1))
        x, y = (
            Axis(Scale(float(low), float(high)))
            if small
            else Axis(
                Scale(float(low), float(high)),
                film.math(name, 34, "muted"),
                film.ticks(f"axis/{key}", most=20),
            )
            for key, name, low, high in zip("xy", names, self.low, self.high, strict=True)
        )
        super().__init__(film.look, box, x, y, framed=True)
        z = np.ma.masked_where(~film.array("surface/defined"), film.array("surface/z"))
        levels = film.array("surface/levels")[:: 2 if small else 1]
        width = style.HAIRLINE if small else style.LINE
        self.contours = contour_lines(film.look, xs, ys, z, levels, self.at, width)
        self.minima = [one for one in film.array("surface/minima") if (self.within(one) == one).all()]
        self.crosses = VGroup(*(self._cross(one, ARM_SMALL if small else ARM) for one in self.minima))
        self.group = VGroup(self.frame, self.contours, self.crosses)

    def _inner(self, box: Box) -> Box:
        """As with all charts; the smaller scale of the two where a unit is to be as long along both axes."""
        inner, (across, up) = super()._inner(box), self.high - self.low
        unit = min(inner.width / across, inner.height / up)
        return inner.middle(unit * across, unit * up) if self.even else inner

    def within(self, point: np.ndarray) -> np.ndarray:
        """The nearest point of the surface that is on the map."""
        return np.clip(point, self.low, self.high)

    def way(self, points: np.ndarray, role: str, width: float = style.STRONG) -> VMobject:
        """A path (step, axis), one curve a step; where it is off the map, curves without length.

        So whatever runs along two paths in the same time is at the same step of both. No curves where nothing moves.
        """
        out = VMobject(color=self.look.colour(role), stroke_width=width, joint_type=LineJointType.ROUND)
        ends = [self._seen(a, b) or (self.within(b),) * 2 for a, b in pairwise(points)]
        pieces = [(self.at(*start), self.at(*end)) for start, end in ends]
        if not any(float(np.linalg.norm(end - pieces[0][0])) > SHORTEST for _, end in pieces):
            return out
        for k, (start, end) in enumerate(pieces):
            if k == 0 or not np.allclose(start, pieces[k - 1][1]):
                out.start_new_path(start)
            out.add_line_to(end)
        return out

    def signs(self, points: np.ndarray, sign: VMobject) -> VGroup:
        """A copy of a sign at each of these points of the surface (point, axis) that is on the map."""
        return VGroup(
            *(sign.copy().move_to(self.at(*one)) for one in points if (self.within(one) == one).all())
        )

    def ball(self, point: np.ndarray, role: str, radius: float = 0.085) -> Dot:
        """A point of the surface, rimmed so that it stands out from its path."""
        rim = {"stroke_width": style.HAIRLINE, "stroke_color": self.look.background}
        return Dot(self.at(*self.within(point)), radius=radius, color=self.look.colour(role), **rim)

    def arrow(self, start: np.ndarray, end: np.ndarray, role: str) -> VGroup:
        """An arrow between two points of the surface, cut where it leaves the map; empty when none of it is there."""
        seen = self._seen(start, end)
        if seen is None or float(np.linalg.norm(self.at(*seen[1]) - self.at(*seen[0]))) < SHORTEST:
            return VGroup()
        return VGroup(Arrow(self.at(*seen[0]), self.at(*seen[1]), color=self.look.colour(role), **ARROW))

    def _seen(self, start: np.ndarray, end: np.ndarray) -> tuple[np.ndarray, np.ndarray] | None:
        """The part of the way from `start` to `end` that is on the map, or None."""
        enter, leave, way = 0.0, 1.0, end - start
        for from_, by, least, most in zip(start, way, self.low, self.high, strict=True):
            if by == 0:
                if not least <= from_ <= most:
                    return None
                continue
            with np.errstate(
                over="ignore"
            ):  # hardly moving along this axis: it is left nowhere, or never entered
                first, last = sorted(((least - from_) / by, (most - from_) / by))
            enter, leave = max(enter, first), min(leave, last)
        return (start + enter * way, start + leave * way) if enter <= leave else None

    def _cross(self, point: np.ndarray, arm: float) -> VGroup:
        centre, colour = self.at(*point), self.look.loss
        arms = (np.array([arm, arm, 0]), np.array([arm, -arm, 0]))
        return VGroup(*(Line(centre - a, centre + a, color=colour, stroke_width=style.STRONG) for a in arms))
