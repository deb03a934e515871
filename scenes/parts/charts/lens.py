"""A part of a chart under a lens, and arrows in it that add up: what is drawn there keeps its directions."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations, pairwise
from typing import TypeAlias

import numpy as np
from manim import (
    DL,
    DR,
    UL,
    UR,
    Animation,
    Arrow,
    Dot,
    FadeIn,
    Line,
    MoveToTarget,
    Rectangle,
    ReplacementTransform,
    Succession,
    VGroup,
)

from scenes.parts.charts.chart import Chart
from scenes.parts.charts.naming import Names
from scenes.parts.room.box import Box
from scenes.parts.text.typeset import Typeset
from scenes.stage import style

MARGIN = np.array([0.8, 0.5])  # around what is magnified: for the names beside it
SPOT_MARGIN, SPOT_LEAST = 0.08, 0.12
RAY_OPACITY = 0.6
STRONGEST = 1e6  # of a lens, where there is nothing to magnify
TIP, TIP_SHARE = 0.22, 0.35
THIN = 0.06  # nearer than this to one line, as a share of the longest, arrows would hide each other and get lanes
LANE = 0.24
NOTHING = 0.04  # a shorter arrow is a dot

Part: TypeAlias = tuple[np.ndarray, str, Typeset]  # an arrow's way in data, its role and its name


class Lens:
    """Magnifies what lies at `points` (point, axis) of a chart into a box, alike along both axes.

    `frame` is its rim; `spot` what it shows, on the chart, left of it; `rays` keep the two together; `power` how many
    times larger.
    """

    def __init__(self, chart: Chart, points: np.ndarray, box: Box) -> None:
        self.chart, self.box = chart, box
        placed = np.array([chart.at(*point) for point in points])
        low, high = placed.min(axis=0), placed.max(axis=0)
        self.middle, size = (low + high) / 2, np.maximum(high - low, 1 / STRONGEST)[:2]
        self.power = float(((np.array([box.width, box.height]) - 2 * MARGIN) / size).min())
        rim = {"stroke_width": style.HAIRLINE, "color": chart.look.muted}
        self.frame = Rectangle(width=box.width, height=box.height, **rim).move_to(box.centre)
        self.spot = self._spot(placed)
        ends = ((UR, UL), (DR, DL))
        rays = (Line(self.spot.get_corner(one), self.frame.get_corner(other)) for one, other in ends)
        self.rays = VGroup(*rays).set_stroke(chart.look.muted, style.HAIRLINE, opacity=RAY_OPACITY)
        self.names = Names(box)

    def at(self, point: np.ndarray) -> np.ndarray:
        """The place in the lens of a point of the chart."""
        return np.asarray(self.box.centre + self.power * (self.chart.at(*point) - self.middle))

    def _spot(self, placed: np.ndarray) -> Rectangle:
        """A frame around these points, as far as they are on the chart."""
        inner = self.chart.box
        low, high = np.array([inner.left, inner.bottom]), np.array([inner.right, inner.top])
        ends = [np.clip(end(placed[:, :2], axis=0), low, high) for end in (np.min, np.max)]
        width, height = np.minimum(np.maximum(ends[1] - ends[0], SPOT_LEAST) + 2 * SPOT_MARGIN, high - low)
        spot = Rectangle(width=width, height=height, stroke_width=style.HAIRLINE, color=self.chart.look.ink)
        return spot.move_to([*(ends[0] + ends[1]) / 2, 0])

    def head_to_tail(self, start: np.ndarray, parts: Sequence[Part], total: Part) -> list[VGroup]:
        """An arrow for each part from the tip of the one before, and their total from `start`, each with its name.

        Arrows nearly on one line are drawn beside each other.
        """
        corners = [start]
        for way, _, _ in parts:
            corners.append(corners[-1] + way)
        places = np.array([self.at(corner) for corner in corners])
        ends = [*pairwise(places), (places[0], places[-1])]
        lane = self._lane(places)
        drawn = [
            self._arrow(a + (i - 1) * lane, b + (i - 1) * lane, role)
            for i, ((a, b), (_, role, _)) in enumerate(zip(ends, [*parts, total], strict=True))
        ]
        middle = places[:-1].mean(axis=0)
        inside = [Line(middle, (a + b) / 2) for a, b in combinations([*places[:-1], middle], 2)]
        self.names.keep_off(*drawn, *(one for one in inside if one.get_length() > NOTHING))
        named = zip(drawn, [*parts, total], strict=True)
        return [VGroup(arrow, self.names.place(name, arrow)) for arrow, (_, _, name) in named]

    def carries(self, way: VGroup, share: float, arrow: VGroup) -> Animation:
        """A way on the chart is marked, and what becomes an arrow in the lens is a copy, so many times as long."""
        less = way.copy()
        less.generate_target().scale(share)
        return Succession(
            FadeIn(way),
            MoveToTarget(less, introducer=True),
            ReplacementTransform(less, arrow),
        )

    def _lane(self, places: np.ndarray) -> np.ndarray:
        """What lies between two lanes; nothing where the arrows are apart."""
        ways = places[1:] - places[0]
        longest = max(ways, key=lambda way: float(np.linalg.norm(way)))
        length = float(np.linalg.norm(longest))
        normal = np.array([-longest[1], longest[0], 0]) / length if length else np.array([0.0, 1.0, 0.0])
        apart = max(abs(float(normal @ way)) for way in ways)
        return -LANE * normal if apart <= THIN * length else np.zeros(3)

    def _arrow(self, start: np.ndarray, end: np.ndarray, role: str) -> VGroup:
        colour, length = self.chart.look.colour(role), float(np.linalg.norm(end - start))
        if length < NOTHING:  # no arrow is that short: a dot says that nothing is added
            return VGroup(Dot((start + end) / 2, radius=NOTHING, color=colour))
        return VGroup(
            Arrow(start, end, buff=0, color=colour, stroke_width=5, tip_length=min(TIP, TIP_SHARE * length))
        )
