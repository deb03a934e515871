"""The loss surface as a map: contour lines, axes with numbers, and the paths that optimisers took on it."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
from manim import Animation, Arrow, Create, Dot, Line, LineJointType, VGroup, VMobject

from scenes.parts.box import Box
from scenes.parts.chart import Axis, Chart
from scenes.parts.contour import contour_lines
from scenes.parts.motion import Run
from scenes.parts.scale import Scale
from scenes.stage import style
from scenes.stage.stage import Stage

CROSS, CROSS_SMALL = 0.11, 0.07
SAME = 1e-9
SHORTEST = 0.01  # an arrow of so few units is none


class SurfaceMap(Chart):
    """A map in a box. `frame`, `contours` and `crosses` are what is drawn, `group` is all of it."""

    def __init__(self, film: Stage, box: Box, small: bool = False) -> None:
        self.film = film
        self.xs, self.ys = (film.array(f"surface/{axis}") for axis in "xy")
        x, y = (
            Axis(
                Scale(float(ends[0]), float(ends[-1])),
                None if small else film.math(name, 34, "muted"),
                {} if small else film.ticks(f"axis/{name}", most=len(ends)),
            )
            for name, ends in (("x", self.xs), ("y", self.ys))
        )
        super().__init__(film.look, box, x, y, framed=True)
        z = np.ma.masked_where(~film.array("surface/defined"), film.array("surface/z"))
        levels = film.array("surface/levels")[:: 2 if small else 1]
        width = style.HAIRLINE if small else style.LINE
        self.contours = contour_lines(film.look, self.xs, self.ys, z, levels, self.at, width)
        minima = [point for point in film.array("surface/minima") if (self.within(point) == point).all()]
        self.crosses = VGroup(
            *(self._cross(point[0], point[1], CROSS_SMALL if small else CROSS) for point in minima)
        )
        self.group = VGroup(self.frame, self.contours, self.crosses)

    def within(self, point: np.ndarray) -> np.ndarray:
        """The nearest point of the surface that is on the map."""
        return np.clip(point, (self.xs[0], self.ys[0]), (self.xs[-1], self.ys[-1]))

    def _clip(self, start: np.ndarray, end: np.ndarray) -> tuple[np.ndarray, np.ndarray] | None:
        """The part of the way from `start` to `end` that is on the map, or None."""
        low, high = np.array([self.xs[0], self.ys[0]]), np.array([self.xs[-1], self.ys[-1]])
        enter, leave, way = 0.0, 1.0, end - start
        for from_, by, least, most in zip(start, way, low, high, strict=True):
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

    def path(self, name: str, start: int = 0, end: int | None = None) -> list[np.ndarray]:
        """An optimiser's way in the frame, in pieces where it leaves the map; none where it does not move."""
        pieces: list[list[np.ndarray]] = []
        for a, b in pairwise(self.film.array(f"{name}/position")[start:end]):
            seen = self._clip(a, b)
            if seen is None:
                continue
            if not pieces or not np.allclose(pieces[-1][-1], seen[0], rtol=0, atol=SAME * np.ptp(self.xs)):
                pieces.append([seen[0]])
            pieces[-1].append(seen[1])
        shown = [np.array([self.at(*point) for point in piece]) for piece in pieces]
        return shown if any(np.ptp(piece, axis=0).max() > SHORTEST for piece in shown) else []

    def trail(self, pieces: list[np.ndarray], role: str, width: float = style.STRONG) -> VMobject:
        """A path through points of the frame, piece by piece."""
        out = VMobject(color=self.look.colour(role), stroke_width=width, joint_type=LineJointType.ROUND)
        for piece in pieces:
            out.start_new_path(piece[0])
            out.add_points_as_corners(piece[1:])
        return out

    def ball(self, point: np.ndarray, role: str, radius: float = 0.085) -> Dot:
        """A point of the surface, rimmed so that it stands out from its path."""
        rim = {"stroke_width": style.HAIRLINE, "stroke_color": self.look.background}
        return Dot(self.at(*self.within(point)), radius=radius, color=self.look.colour(role), **rim)

    def arrow(self, start: np.ndarray, end: np.ndarray, role: str) -> VGroup:
        """An arrow between two points of the surface, cut where it leaves the map; empty when none of it is there."""
        seen = self._clip(start, end)
        if seen is None or float(np.linalg.norm(self.at(*seen[1]) - self.at(*seen[0]))) < SHORTEST:
            return VGroup()
        options = {"max_tip_length_to_length_ratio": 0.25, "tip_length": 0.2, "stroke_width": 5}
        colour = self.look.colour(role)
        return VGroup(Arrow(self.at(*seen[0]), self.at(*seen[1]), buff=0, color=colour, **options))

    def _cross(self, x: float, y: float, arm: float) -> VGroup:
        centre = self.at(x, y)
        arms = (np.array([arm, arm, 0]), np.array([arm, -arm, 0]))
        colour = self.look.loss
        return VGroup(*(Line(centre - a, centre + a, color=colour, stroke_width=style.STRONG) for a in arms))


def drawn(path: VMobject, walker: VMobject | None = None) -> list[Animation]:
    """Animations that draw a path, with `walker` at its tip; none for a path without points."""
    if not len(path.points):
        return []
    return [Create(path), *([] if walker is None else [Run(walker, path)])]
