"""Many small points on one curve, and how they move along it."""

from __future__ import annotations

from typing import Any

import numpy as np
from manim import Animation, Circle, VMobject

from scenes.parts.charts.chart import Chart

RADIUS, OPACITY = 0.055, 0.45
CORNERS = 5  # of the arcs that make a disc: there may be thousands of discs


class Swarm(VMobject):
    """A disc at each of `places` along a chart's horizontal axis, on the curve through `xs` and `ys`; one shape."""

    def __init__(
        self, chart: Chart, xs: np.ndarray, ys: np.ndarray, places: np.ndarray, role: str = "ink"
    ) -> None:
        super().__init__(stroke_width=0, fill_color=chart.look.colour(role), fill_opacity=OPACITY)
        self.chart, self.curve = chart, (xs, ys)
        self.disc = Circle(RADIUS, num_components=CORNERS).points
        self.stand(places)

    def stand(self, places: np.ndarray) -> None:
        """The discs go to these places."""
        heights = np.interp(places, *self.curve)
        points = (self.chart.at(x, y) for x, y in zip(places, heights, strict=True))
        self.set_points(np.concatenate([self.disc + point for point in points]))


class Wander(Animation):
    """A swarm's discs move along the curve, from the places where they stand to others."""

    def __init__(self, swarm: Swarm, start: np.ndarray, end: np.ndarray, **options: Any) -> None:
        super().__init__(swarm, **options)
        self.start, self.end = start, end

    def interpolate_mobject(self, alpha: float) -> None:
        """Stand where the way has got to at `alpha`, 0..1."""
        self.mobject.stand(self.start + self.rate_func(alpha) * (self.end - self.start))
