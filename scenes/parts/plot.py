"""Axes and curves of recorded points. Manim's Axes without its numbers, which would need LaTeX."""

from __future__ import annotations

import numpy as np
from manim import Axes, DashedLine, Dot, VGroup, VMobject

from scenes.parts.typeset import Typeset
from scenes.stage import style
from scenes.stage.style import Look

BEYOND = 40.0  # lengths of an axis that a point may lie beyond it; further out it is out of every frame
LEAST_SPAN = 1e-9  # of an axis, as a share of its numbers: less has no room for two of them
LEAST = 1e-100  # of an axis: the square of less is 0


def spread(low: float, high: float) -> tuple[float, float]:
    """The ends of an axis from `low` to `high`; where these are (nearly) one number, there is room around it."""
    if high - low > max(LEAST_SPAN * max(abs(low), abs(high)), LEAST):
        return low, high
    room = abs(low) / 2 if abs(low) > LEAST else 1.0
    return low - room, low + room


class Plot(VGroup):
    """Axes over data ranges in a box of the frame: `centre`, `width` and `height` in units."""

    def __init__(
        self,
        look: Look,
        x_range: tuple[float, float],
        y_range: tuple[float, float],
        centre: tuple[float, float],
        width: float,
        height: float,
    ) -> None:
        super().__init__()
        self.look, self.y_range = look, y_range
        x_range = spread(*x_range)
        bottom, top = spread(self.rise(self.lowest()), self.rise(y_range[1]))
        self._reach = x_range, (bottom, top)
        axis = {"include_ticks": False, "include_tip": False, "color": look.muted, "stroke_width": style.LINE}
        self.axes = Axes(
            x_range=[*x_range, x_range[1] - x_range[0]],
            y_range=[bottom, top, top - bottom],
            x_length=width,
            y_length=height,
            axis_config=axis,
        )
        self.axes.shift(np.array([*centre, 0]) - self.axes.c2p(sum(x_range) / 2, (bottom + top) / 2))
        self.add(self.axes)

    def at(self, x: float, y: float) -> np.ndarray:
        """The point of the frame for data (x, y)."""
        near = [
            min(max(value, low - BEYOND * (high - low)), high + BEYOND * (high - low))
            for value, (low, high) in zip((x, self.rise(y)), self._reach, strict=True)
        ]
        return np.array(self.axes.c2p(*near))

    def rise(self, y: float) -> float:
        """How high a value stands; other scales than the linear one override this."""
        return y

    def lowest(self) -> float:
        """The value on the bottom line."""
        return self.y_range[0]

    def curve(self, xs: np.ndarray, ys: np.ndarray, role: str, width: float = style.STRONG) -> VMobject:
        """A line through the recorded points."""
        line = VMobject(color=self.look.colour(role), stroke_width=width)
        return line.set_points_as_corners([self.at(x, y) for x, y in zip(xs, ys, strict=True)])

    def dot(self, x: float, y: float, role: str) -> Dot:
        """A point on the plot."""
        return Dot(self.at(x, y), radius=0.1, color=self.look.colour(role))

    def guide(self, start: tuple[float, float], end: tuple[float, float], role: str = "muted") -> DashedLine:
        """A dashed line between two data points."""
        return DashedLine(
            self.at(*start), self.at(*end), color=self.look.colour(role), stroke_width=style.LINE
        )

    def name_axes(self, x: Typeset, y: Typeset) -> None:
        """Put names at the ends of the axes."""
        x.move_to(self.axes.x_axis.get_end() + np.array([0.3, 0, 0]))
        y.move_to(self.axes.y_axis.get_end() + np.array([0, 0.28, 0]))
        self.add(x, y)


class LowPlot(Plot):
    """The horizontal axis lies at the bottom, also where values are negative."""

    def rise(self, y: float) -> float:
        """How far above the bottom."""
        return y - self.y_range[0]
