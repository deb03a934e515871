"""One momentum update under a lens: the gradient's share, the carried share and their sum, as arrows head to tail."""

from __future__ import annotations

import numpy as np
from manim import Arrow, Rectangle, VGroup

from scenes.momentum.map import SurfaceMap
from scenes.parts.box import Box
from scenes.stage import style
from scenes.stage.stage import Stage

ROOM = np.array([0.85, 0.45])  # for the names beside the arrows
SAME = 1e-9  # a range this small beside the other is none
THIN = 0.2  # nearer than this to one line, arrows hide each other and get lanes
LYING, UPRIGHT = np.array([2.6, 0.28]), np.array([0.0, 1.2])  # size of arrows in lanes
DROP, UP = np.array([0.0, -0.12]), np.array([0.0, 1.0])
NAMES = ("-eta nabla f", "-eta beta v", "-eta v")
ROLES = ("gradient", "activation", "positive")


class Lens:
    """`arrows` are gradient, carried and sum, each with its name, for the update `k`. Both axes are stretched to fit.

    `frame` is the lens; `spot` is what it magnifies, on the map.
    """

    def __init__(self, film: Stage, surface: SurfaceMap, k: int, box: Box) -> None:
        self.film, self.box = film, box
        trace = film.trace
        lr = float(trace["momentum/lr"].values)
        alone = -lr * trace["momentum/gradient"].values[k]
        ways = np.array([np.zeros(2), alone, trace["momentum/move"].values[k]])  # (corner, axis)
        self.frame = Rectangle(width=box.width, height=box.height, stroke_width=style.HAIRLINE)
        self.frame.set_stroke(film.look.muted).move_to(box.centre)
        corners = self._placed(ways, np.array([box.width, box.height]) - 2 * ROOM)
        if self._thin(corners):
            arrows = self._in_lanes(ways)
            middles = [(start + end) / 2 - UP for start, end in arrows]  # so that names stand above
        else:
            arrows, middles = _triangle(corners), [corners.mean(axis=0)] * 3
        self.arrows = [
            self._arrow(i, *way, middle) for i, (way, middle) in enumerate(zip(arrows, middles, strict=True))
        ]
        self.spot = self._spot(surface, trace["momentum/position"].values[k] + ways)

    def _placed(self, ways: np.ndarray, inner: np.ndarray) -> np.ndarray:
        """The corners in the middle of the lens, each axis stretched by itself to `inner` (width, height)."""
        low, size = ways.min(axis=0), np.ptp(ways, axis=0)
        flat = size <= SAME * size.max()
        share = np.where(flat, 0.5, (ways - low) / np.where(flat, 1, size))
        return np.asarray(self.box.centre[:2] + (share - 0.5) * inner)

    @staticmethod
    def _thin(corners: np.ndarray) -> bool:
        """Whether the three corners lie nearly on one line."""
        a, b = corners[1] - corners[0], corners[2] - corners[0]
        longest = max(np.linalg.norm(a), np.linalg.norm(b), np.linalg.norm(a - b))
        return bool(abs(a[0] * b[1] - a[1] * b[0]) <= THIN * longest)

    def _in_lanes(self, ways: np.ndarray) -> list[tuple[np.ndarray, np.ndarray]]:
        """The three arrows one above the other, or beside each other where they go straight up or down."""
        size = np.ptp(ways, axis=0)
        upright = size[0] <= SAME * size[1] and size[1] > 0
        inner, pitch = (UPRIGHT, np.array([1.25, 0.0])) if upright else (LYING, np.array([0.0, -0.56]))
        arrows = _triangle(self._placed(ways, inner))
        return [
            (a + lane * pitch + DROP, b + lane * pitch + DROP)
            for lane, (a, b) in zip((-1, 0, 1), arrows, strict=True)
        ]

    def _arrow(self, i: int, start: np.ndarray, end: np.ndarray, middle: np.ndarray) -> VGroup:
        """An arrow and its name, on the side away from the middle."""
        film, role = self.film, ROLES[i]
        way = end - start
        length = float(np.linalg.norm(way))
        normal = np.array([-way[1], way[0]]) / length if length else np.array([0.0, 1.0])
        centre = (start + end) / 2
        if normal @ (centre - middle) < 0:
            normal = -normal
        name = film.math(NAMES[i], 32, role)
        half = np.array([name.width / 2, name.height / 2])
        name.move_to(_point(centre + normal * (0.12 + np.abs(normal) @ half)))
        colour = film.look.colour(role)
        if length < THIN / 2:  # no arrow is that short: a dot says that nothing is added
            return VGroup(film.math("dot.c", 60, role).move_to(_point(centre)), name)
        tip = min(0.2, 0.4 * length)
        arrow = Arrow(_point(start), _point(end), buff=0, color=colour, stroke_width=5, tip_length=tip)
        return VGroup(arrow, name)

    def _spot(self, surface: SurfaceMap, points: np.ndarray) -> Rectangle:
        """A frame on the map around what is magnified."""
        low, high = surface.within(points.min(axis=0)), surface.within(points.max(axis=0))
        left, right = surface.at(*low), surface.at(*high)
        width, height = (
            min(max(float(one), 0.12) + 0.16, whole)
            for one, whole in zip((right - left)[:2], (surface.box.width, surface.box.height), strict=True)
        )
        return Rectangle(
            width=width, height=height, stroke_width=style.HAIRLINE, color=self.film.look.ink
        ).move_to((left + right) / 2)


def _triangle(corners: np.ndarray) -> list[tuple[np.ndarray, np.ndarray]]:
    """Gradient and carried share head to tail, and the sum from start to end."""
    start, tip, end = corners
    return [(start, tip), (tip, end), (start, end)]


def _point(place: np.ndarray) -> np.ndarray:
    """A place in the plane as a point of the frame."""
    return np.array([place[0], place[1], 0.0])
