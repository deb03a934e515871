"""The loss surface as a map: contour lines, axes with numbers, and the paths that optimisers took on it."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
from manim import (
    Animation,
    Arrow,
    Create,
    Dot,
    Line,
    LineJointType,
    Rectangle,
    VGroup,
    VMobject,
)

from scenes.parts.contour import contour_lines
from scenes.parts.motion import Run
from scenes.parts.place import at
from scenes.parts.typeset import Typeset
from scenes.stage import style
from scenes.stage.comparing import comparable
from scenes.stage.explainer import Explainer

CENTRE, WIDTH, HEIGHT = (-2.15, 0.9), 7.5, 3.6
TICK = 0.07
NAME_ROOM = 0.3
CROSS, CROSS_SMALL = 0.11, 0.07
LABEL_ROOM = 0.48  # for the numbers at the left; wider ones take it from the map
SAME = 1e-9
SHORTEST = 0.01  # an arrow of so few units is none


class SurfaceMap:
    """A map in a box of the frame. `frame`, `ticks`, `contours` and `marks` are what is drawn."""

    def __init__(
        self,
        film: Explainer,
        centre: tuple[float, float] = CENTRE,
        width: float = WIDTH,
        height: float = HEIGHT,
        small: bool = False,
    ) -> None:
        self.film, self.small = film, small
        numbers = [] if small else self._numbers("axis/y")
        more = max(0.0, max((number.width for number in numbers), default=0.0) - LABEL_ROOM)
        self.centre, self.width, self.height = (centre[0] + more / 2, centre[1]), width - more, height
        self.x, self.y = (film.trace[f"surface/{axis}"].values for axis in "xy")
        z = np.ma.masked_where(~film.trace["surface/defined"].values, film.trace["surface/z"].values)
        levels = film.trace["surface/levels"].values[:: 2 if small else 1]
        look = film.look
        self.frame = Rectangle(width=self.width, height=height, stroke_width=style.HAIRLINE, color=look.muted)
        self.frame.move_to(at(*self.centre))
        self.contours = contour_lines(
            look, self.x, self.y, z, levels, self.at, style.HAIRLINE if small else style.LINE
        )
        minima = film.trace["surface/minima"].values
        here = (self.within(point) == point for point in minima)
        self.marks = VGroup(
            *(self._cross(*point) for point, on in zip(minima, here, strict=True) if on.all())
        )
        self.ticks = VGroup() if small else self._ticks(numbers)
        self.group = VGroup(self.frame, self.contours, self.marks, self.ticks)

    def at(self, x: float, y: float) -> np.ndarray:
        """The point of the frame for a point of the surface."""
        u = (x - self.x[0]) / (self.x[-1] - self.x[0]) - 0.5
        v = (y - self.y[0]) / (self.y[-1] - self.y[0]) - 0.5
        return at(self.centre[0] + u * self.width, self.centre[1] + v * self.height)

    def within(self, point: np.ndarray) -> np.ndarray:
        """The nearest point of the surface that is on the map."""
        return np.clip(point, (self.x[0], self.y[0]), (self.x[-1], self.y[-1]))

    def _clip(self, start: np.ndarray, end: np.ndarray) -> tuple[np.ndarray, np.ndarray] | None:
        """The part of the way from `start` to `end` that is on the map, or None."""
        low, high, way = np.array([self.x[0], self.y[0]]), np.array([self.x[-1], self.y[-1]]), end - start
        enter, leave = 0.0, 1.0
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
        points = self.film.trace[f"{name}/position"].values[start:end]
        pieces: list[list[np.ndarray]] = []
        for a, b in pairwise(points):
            seen = self._clip(a, b)
            if seen is None:
                continue
            if not pieces or not np.allclose(pieces[-1][-1], seen[0], rtol=0, atol=SAME * np.ptp(self.x)):
                pieces.append([seen[0]])
            pieces[-1].append(seen[1])
        shown = [np.array([self.at(*point) for point in piece]) for piece in pieces]
        return shown if any(np.ptp(piece, axis=0).max() > SHORTEST for piece in shown) else []

    def line(self, pieces: list[np.ndarray], role: str, width: float = style.STRONG) -> VMobject:
        """A path through points of the frame, piece by piece."""
        out = VMobject(color=self.film.look.colour(role), stroke_width=width, joint_type=LineJointType.ROUND)
        for piece in pieces:
            out.start_new_path(piece[0])
            out.add_points_as_corners(piece[1:])
        return out

    def dot(self, point: np.ndarray, role: str, radius: float = 0.085) -> Dot:
        """A point on the map, rimmed so that it stands out from its path."""
        film = self.film
        return Dot(
            point,
            radius=radius,
            color=film.look.colour(role),
            stroke_width=1.5,
            stroke_color=film.look.background,
        )

    def arrow(self, start: np.ndarray, end: np.ndarray, role: str) -> VGroup:
        """An arrow between two points of the surface, cut where it leaves the map; empty when none of it is there."""
        seen = self._clip(start, end)
        if seen is None or float(np.linalg.norm(self.at(*seen[1]) - self.at(*seen[0]))) < SHORTEST:
            return VGroup()
        colour = self.film.look.colour(role)
        options = {"max_tip_length_to_length_ratio": 0.25, "tip_length": 0.2, "stroke_width": 5}
        return VGroup(Arrow(self.at(*seen[0]), self.at(*seen[1]), buff=0, color=colour, **options))

    def _cross(self, x: float, y: float) -> VGroup:
        centre = self.at(x, y)
        arm = CROSS_SMALL if self.small else CROSS
        arms = [(arm, arm), (arm, -arm)]
        return VGroup(
            *(
                Line(centre - at(*a), centre + at(*a), color=self.film.look.loss, stroke_width=style.STRONG)
                for a in arms
            )
        )

    def _numbers(self, series: str) -> list[Typeset]:
        values = self.film.trace[series].values
        count, form = len(values), comparable(values)
        return [
            self.film.value(series, i, form=form, px=style.NUMBER_MIN_PX, colour="muted")
            for i in range(count)
        ]

    def _ticks(self, numbers: list[Typeset]) -> VGroup:
        """Marks with numbers at the left and below; `numbers` are those of y."""
        film, ticks = self.film, VGroup()
        colour = film.look.muted
        left, bottom = self.frame.get_corner([-1, -1, 0])[:2]
        top = self.frame.get_top()[1] - 0.05
        for x, number in zip(film.trace["axis/x"].values, self._numbers("axis/x"), strict=True):
            foot = at(self.at(float(x), 0)[0], bottom)
            ticks.add(Line(foot, foot - at(0, TICK), color=colour, stroke_width=style.LINE))
            ticks.add(number.centre_at(foot - at(0, 0.28)))
        for y, number in zip(film.trace["axis/y"].values, numbers, strict=True):
            foot = at(left, self.at(0, float(y))[1])
            ticks.add(Line(foot, foot - at(TICK, 0), color=colour, stroke_width=style.LINE))
            if top - foot[1] > NAME_ROOM:  # the axis' name stands there
                ticks.add(number.right_at(foot - at(0.16, 0)))
        x_name, y_name = film.math("x", 34, "muted"), film.math("y", 34, "muted")
        ticks.add(x_name.move_to(at(self.frame.get_right()[0] + 0.25, bottom)))
        ticks.add(y_name.move_to(at(left - 0.3, top)))
        return ticks


def drawn(path: VMobject, walker: VMobject | None = None) -> list[Animation]:
    """Animations that draw a path, with `walker` at its tip; none for a path without points."""
    if not len(path.points):
        return []
    return [Create(path), *([] if walker is None else [Run(walker, path)])]
