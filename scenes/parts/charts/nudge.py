"""A function at one point and at two beside it, and the line through those two: a central difference."""

from __future__ import annotations

import numpy as np
from manim import Dot, VGroup

from scenes.parts.charts.chart import Axis, Chart
from scenes.parts.charts.scale import Scale
from scenes.parts.room.box import Box
from scenes.parts.text.typeset import Typeset
from scenes.stage.style import Look

RIM = 1 / 6  # of what is shown, free at every side


class Nudge:
    """`xs` and `ys` are the three points, from left to right, with a text for each on the axes.

    `frame` are the axes, `dots` and `guides` belong to the points, `line` goes through the outer two.
    """

    def __init__(
        self,
        look: Look,
        box: Box,
        xs: np.ndarray,
        ys: np.ndarray,
        texts: tuple[list[Typeset], list[Typeset]],
        name: Typeset,
        roles: tuple[str, str] = ("loss", "gradient"),
    ) -> None:
        across, up = (
            dict(zip(map(float, values), own, strict=True))
            for values, own in zip((xs, ys), texts, strict=True)
        )
        chart = Chart(look, box, Axis(_around(xs), ticks=across), Axis(_around(ys), name, up))
        points = list(zip(xs, ys, strict=True))
        self.frame = chart.frame
        self.dots: list[Dot] = [chart.dot(*point, roles[0]) for point in points]
        self.guides: list[VGroup] = [chart.read_off(*point, roles[0]) for point in points]
        self.line = chart.line(xs[[0, -1]], ys[[0, -1]], roles[1])

    @property
    def parts(self) -> VGroup:
        """All of it."""
        return VGroup(self.frame, *self.guides, *self.dots, self.line)


def _around(values: np.ndarray) -> Scale:
    rim = RIM * (float(values.max() - values.min()) or 1.0)
    return Scale(float(values.min()) - rim, float(values.max()) + rim)
