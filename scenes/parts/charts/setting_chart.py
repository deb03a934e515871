"""What came of each setting that was tried: a dot for each, and an arrow out at the top where there is no result."""

from __future__ import annotations

import numpy as np
from manim import DOWN, UP, Arrow, Circle, VGroup

from scenes.parts.charts.chart import Axis, Chart
from scenes.parts.charts.markers import RADIUS, marker
from scenes.parts.room.box import Box
from scenes.parts.text.typeset import Typeset
from scenes.stage import style
from scenes.stage.style import Look

CLEAR = 0.16  # around a dot
RING = 0.16
HALF_LINE, LIFT = 0.16, 0.38  # of a note; from its dot
OUT = {"buff": 0.78, "stroke_width": 4, "tip_length": 0.16, "max_tip_length_to_length_ratio": 1}


class SettingChart(Chart):
    """`dots` are in the order of the settings `xs`; `ys` are their results, not finite where there is none."""

    def __init__(
        self, look: Look, box: Box, x: Axis, y: Axis, xs: np.ndarray, ys: np.ndarray, role: str
    ) -> None:
        super().__init__(look, box, x, y)
        self.dots = VGroup()
        for setting, result in zip(xs, ys, strict=True):
            there = bool(np.isfinite(result))
            drawn = marker(0, look, role, RADIUS) if there else Arrow(DOWN, UP, color=look.ink, **OUT)
            self.dots.add(drawn.move_to(self.at(setting, result if there else y.scale.high)))
        self.names.keep_off(*(Circle(CLEAR).move_to(dot) for dot in self.dots))

    def ring(self, number: int, role: str) -> Circle:
        """A ring around the dot of a setting that is spoken of."""
        return Circle(RING, color=self.look.colour(role), stroke_width=style.LINE).move_to(self.dots[number])

    def note(self, number: int, text: Typeset) -> Typeset:
        """Put a text above the dot of a setting or below it; beside it where that would hide another dot."""
        dot = self.dots[number].get_center()
        others = [one.get_center() for i, one in enumerate(self.dots) if i != number]
        half = np.array([text.width / 2 + CLEAR, CLEAR + HALF_LINE])
        for side in (1, -1):
            place = dot + np.array([0.0, side * LIFT, 0.0])
            room = self.outer.without(bottom=self.box.bottom - self.outer.bottom)
            inside = room.middle(room.width - text.width, room.height - 2 * HALF_LINE)
            held = inside.left <= place[0] <= inside.right and inside.bottom <= place[1] <= inside.top
            if held and not any((np.abs(one - place)[:2] < half).all() for one in others):
                return text.centre_at(place)
        return self.names.place(text, Circle(CLEAR).move_to(self.dots[number]))
