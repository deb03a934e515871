"""A running sum as bars: each starts where the one before it ended."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
from manim import LEFT, RIGHT, Animation, GrowFromEdge, Line, Rectangle, VGroup

from scenes.stage import style
from scenes.stage.style import Look

BAR_HEIGHT = 0.34
HOLLOW = 0.2  # opacity of what is taken away
LEAST = 1e-300  # of a sum: by less nothing can be divided
BEYOND = 0.04  # of the axis, above the first bar and below the last


class Waterfall(VGroup):
    """Horizontal bars between successive `levels` (levels[0] is the start), one a row at the heights `ys`.

    They are coloured by their direction; or by `role`, and those that lead back are hollow.
    """

    def __init__(
        self, look: Look, levels: np.ndarray, ys: list[float], left: float, right: float, role: str = ""
    ) -> None:
        super().__init__()
        low, high = min(0.0, float(levels.min())), max(0.0, float(levels.max()))
        scale = (right - left) / max(high - low, LEAST)
        self.look, self.left, self.low, self.scale_x = look, left, low, scale
        zero = self.x(0)
        top, bottom = ys[0] + BAR_HEIGHT / 2 + BEYOND, ys[-1] - BAR_HEIGHT / 2 - BEYOND
        self.axis = Line([zero, top, 0], [zero, bottom, 0], color=look.muted, stroke_width=style.HAIRLINE)
        self.rising = [bool(b >= a) for a, b in pairwise(levels)]
        self.bars = [self.bar(a, b, y, role) for a, b, y in zip(levels[:-1], levels[1:], ys, strict=False)]
        self.add(self.axis, *self.bars)

    def x(self, value: float) -> float:
        """Where `value` lies."""
        return self.left + (value - self.low) * self.scale_x

    def bar(self, start: float, end: float, y: float, role: str = "") -> Rectangle:
        """A bar from `start` to `end`, coloured by its direction or by `role`."""
        width = max(abs(self.x(end) - self.x(start)), 0.02)
        colour = self.look.colour(role or ("positive" if end >= start else "negative"))
        bar = Rectangle(width=width, height=BAR_HEIGHT, stroke_width=0, fill_color=colour, fill_opacity=0.9)
        if role and end < start:
            bar.set_fill(opacity=HOLLOW).set_stroke(colour, style.LINE)
        return bar.move_to([(self.x(start) + self.x(end)) / 2, y, 0])

    def grow(self, index: int) -> Animation:
        """Draw one bar from where the one before it ended."""
        return GrowFromEdge(self.bars[index], LEFT if self.rising[index] else RIGHT)
