"""Lines from a row of places to the next one: all of them for a fully connected layer, a window's few for a kernel."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from manim import Dot, Line, VGroup

from scenes.parts.room.box import Box
from scenes.stage import style
from scenes.stage.style import Look

FAINT = 0.25  # of the opacity, for the smallest weight
DOT = 0.06
CELLS, WINDOW = 6, 3  # of the small drawing
SHARED = ("negative", "ink", "positive")  # the weights of its kernel


def fan(look: Look, above: Sequence[np.ndarray], below: Sequence[np.ndarray], weights: np.ndarray) -> VGroup:
    """A line for each of `weights` (below, above): hue its sign, width and opacity its size."""
    lines, largest = VGroup(), float(np.abs(weights).max()) or 1.0
    for (to, start), weight in np.ndenumerate(weights):
        share = abs(float(weight)) / largest
        line = Line(above[start], below[to], color=look.colour("positive" if weight >= 0 else "negative"))
        width = style.EDGE_MIN + share * (style.LINE - style.EDGE_MIN)
        lines.add(line.set_stroke(width=width, opacity=FAINT + (1 - FAINT) * share))
    return lines


class Wiring(VGroup):
    """A drawing of what is connected with what: everything, or with `window` each of the lower row with a few cells.

    With `shared`, lines of one colour have one weight.
    """

    def __init__(self, look: Look, box: Box, window: bool, shared: bool = False) -> None:
        def dots(count: int, up: float) -> list[np.ndarray]:
            left = 0.5 - (count - 1) / CELLS / 2
            return [box.at(left + k / CELLS, up) for k in range(count)]

        above, below = dots(CELLS, 1), dots(CELLS - WINDOW + 1, 0)
        pairs = [(i, j) for j in range(len(below)) for i in range(CELLS) if not window or j <= i < j + WINDOW]
        lines = VGroup(*(Line(above[i], below[j]) for i, j in pairs))
        lines.set_stroke(look.ink, style.HAIRLINE, opacity=0.7)
        for (i, j), line in zip(pairs, lines, strict=True):
            if shared:
                line.set_stroke(look.colour(SHARED[(i - j) % WINDOW]), style.LINE, opacity=1)
        ends = ((above, "input"), (below, "activation"))
        super().__init__(
            lines, *(Dot(one, DOT, color=look.colour(role)) for row, role in ends for one in row)
        )
