"""The loss surface as a map: contour lines, axes with numbers, and the paths that optimisers took on it."""

from __future__ import annotations

import numpy as np
from manim import Arrow, Dot, Line, LineJointType, Rectangle, VGroup, VMobject

from scenes import style
from scenes.explainer import Explainer
from scenes.panels.place import at
from scenes.parts.contour import contour_lines

CENTRE, WIDTH, HEIGHT = (-2.15, 0.9), 7.5, 3.6
TICK = 0.07


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
        self.film, self.centre, self.width, self.height = film, centre, width, height
        self.x, self.y = (film.trace[f"surface/{axis}"].values for axis in "xy")
        z = np.ma.masked_where(~film.trace["surface/defined"].values, film.trace["surface/z"].values)
        levels = film.trace["surface/levels"].values[:: 2 if small else 1]
        look = film.look
        self.frame = Rectangle(width=width, height=height, stroke_width=style.HAIRLINE, color=look.muted)
        self.frame.move_to(at(*centre))
        self.contours = contour_lines(
            look, self.x, self.y, z, levels, self.at, style.HAIRLINE if small else style.LINE
        )
        self.marks = VGroup(*(self._cross(*point) for point in film.trace["surface/minima"].values))
        self.ticks = VGroup() if small else self._ticks()
        self.group = VGroup(self.frame, self.contours, self.marks, self.ticks)

    def at(self, x: float, y: float) -> np.ndarray:
        """The point of the frame for a point of the surface."""
        u = (x - self.x[0]) / (self.x[-1] - self.x[0]) - 0.5
        v = (y - self.y[0]) / (self.y[-1] - self.y[0]) - 0.5
        return at(self.centre[0] + u * self.width, self.centre[1] + v * self.height)

    def within(self, point: np.ndarray) -> np.ndarray:
        """The nearest point of the surface that is on the map."""
        return np.clip(point, (self.x[0], self.y[0]), (self.x[-1], self.y[-1]))

    def _inside(self, point: np.ndarray) -> bool:
        return bool(self.x[0] <= point[0] <= self.x[-1] and self.y[0] <= point[1] <= self.y[-1])

    def _cut(self, start: np.ndarray, end: np.ndarray) -> np.ndarray:
        """Where the way from `start`, inside, to `end` leaves the map, or `end`."""
        share = 1.0
        for a, b, low, high in zip(start, end, (self.x[0], self.y[0]), (self.x[-1], self.y[-1]), strict=True):
            if b > high or b < low:
                share = min(share, ((high if b > high else low) - a) / (b - a))
        return np.asarray(start + share * (end - start))

    def path(self, name: str, start: int = 0, end: int | None = None) -> np.ndarray:
        """Positions of an optimiser in the frame, up to where it first leaves the map."""
        points = self.film.trace[f"{name}/position"].values[start:end]
        kept = [points[0]]
        for point in points[1:]:
            kept.append(self._cut(kept[-1], point))
            if not self._inside(point):
                break
        return np.array([self.at(*point) for point in kept])

    def line(self, points: np.ndarray, role: str, width: float = style.STRONG) -> VMobject:
        """A path through points of the frame."""
        out = VMobject(color=self.film.look.colour(role), stroke_width=width, joint_type=LineJointType.ROUND)
        return out.set_points_as_corners(points if len(points) > 1 else np.repeat(points, 2, axis=0))

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

    def arrow(self, start: np.ndarray, end: np.ndarray, role: str) -> Arrow:
        """An arrow between two points of the surface, cut where it leaves the map."""
        end = self._cut(start, end)
        return Arrow(
            self.at(*start),
            self.at(*end),
            buff=0,
            color=self.film.look.colour(role),
            stroke_width=5,
            max_tip_length_to_length_ratio=0.25,
            tip_length=0.2,
        )

    def _cross(self, x: float, y: float) -> VGroup:
        centre = self.at(x, y)
        arms = [(0.11, 0.11), (0.11, -0.11)]
        return VGroup(
            *(
                Line(centre - at(*a), centre + at(*a), color=self.film.look.loss, stroke_width=style.STRONG)
                for a in arms
            )
        )

    def _ticks(self) -> VGroup:
        film, ticks = self.film, VGroup()
        colour = film.look.muted
        left, bottom = self.frame.get_corner([-1, -1, 0])[:2]
        for i, x in enumerate(film.trace["axis/x"].values):
            foot = at(self.at(float(x), 0)[0], bottom)
            ticks.add(Line(foot, foot - at(0, TICK), color=colour, stroke_width=style.LINE))
            ticks.add(
                film.value("axis/x", i, px=style.NUMBER_MIN_PX, colour="muted").centre_at(foot - at(0, 0.28))
            )
        for i, y in enumerate(film.trace["axis/y"].values):
            foot = at(left, self.at(0, float(y))[1])
            ticks.add(Line(foot, foot - at(TICK, 0), color=colour, stroke_width=style.LINE))
            ticks.add(
                film.value("axis/y", i, px=style.NUMBER_MIN_PX, colour="muted").right_at(foot - at(0.16, 0))
            )
        x_name, y_name = film.math("x", 34, "muted"), film.math("y", 34, "muted")
        ticks.add(x_name.move_to(at(self.frame.get_right()[0] + 0.25, bottom)))
        ticks.add(y_name.move_to(at(left - 0.3, self.frame.get_top()[1] - 0.05)))
        return ticks
