"""A dimension line: how long something is, with its name, as drawings of machines have it."""

from __future__ import annotations

import numpy as np
from manim import Line, VGroup

from scenes.parts.layout import line_box
from scenes.parts.typeset import Typeset
from scenes.stage import style
from scenes.stage.style import Look

AWAY = 0.12  # of the line from what it measures
TICK = 0.08  # half the length of its ends


class Measure(VGroup):
    """From `start` to `end`, drawn on the side that `away` (a unit vector) points to; the name beyond the line."""

    def __init__(
        self, look: Look, start: np.ndarray, end: np.ndarray, away: np.ndarray, name: Typeset
    ) -> None:
        off = AWAY * away
        ends = [Line(point + off - TICK * away, point + off + TICK * away) for point in (start, end)]
        lines = VGroup(Line(start + off, end + off), *ends).set_stroke(look.ink, style.LINE)
        half = line_box(name)
        room = AWAY + TICK + style.TIGHT + abs(away[0]) * half.width / 2 + abs(away[1]) * half.height / 2
        super().__init__(lines, name.shift((start + end) / 2 + room * away - half.centre))
