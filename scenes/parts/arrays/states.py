"""Hidden states as columns, one a step: numbers as squares, or as colours where squares would be too small."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from manim import VGroup, VMobject

from scenes.parts.arrays.heat import heat
from scenes.parts.arrays.hinton import column, squares
from scenes.parts.room.box import Box
from scenes.stage import style
from scenes.stage.style import Look

SQUARE_LEAST = 0.12  # units a number needs for a square
STRIP = (0.3, 0.2)  # width of a column among other things: squares, colours
SIGN = 0.3  # side of a colour in a legend
GAP_SHARE, GAP_FROM = 0.97, 0.1  # columns of colours from this width on have a gap between them


class States:
    """`values` are numbers by step and unit; `room` is the width and height that a map of all of them has."""

    def __init__(self, look: Look, values: np.ndarray, room: tuple[float, float]) -> None:
        self.look, self.values = look, values
        pitches = (size / count for size, count in zip(room, values.shape, strict=True))
        self.dense = min(pitches) < SQUARE_LEAST
        self.strip = STRIP[self.dense]

    def columns(self, steps: Sequence[int], boxes: Sequence[Box]) -> VGroup:
        """The numbers of these steps, each from the top of its box to the bottom; all boxes are of one size."""
        box, xs = boxes[0], [float(one.centre[0]) for one in boxes]
        if self.dense:
            span = float(self.values.min()), float(self.values.max())
            width = box.width * (GAP_SHARE if box.width > GAP_FROM else 1)
            return heat(self.look, self.values[list(steps)].T, span, np.array(xs), width, box.top, box.height)
        largest = float(abs(self.values).max()) or 1.0
        strips = zip(self.values[list(steps)], xs, strict=True)
        return VGroup(
            *(column(self.look, one, x, box.top, box.height, largest, box.width) for one, x in strips)
        )

    def cell(self, box: Box) -> float:
        """The room of one number in a column that takes `box`."""
        return min(box.height / self.values.shape[1], box.width)

    def ends(self, cell: float) -> list[tuple[tuple[int, ...], VMobject]]:
        """Where the largest and the smallest number are, each as it is drawn in so large a cell.

        Of squares, only signs that occur.
        """
        found = [(self.values.argmax(), 1), (self.values.argmin(), -1)]
        places = [(np.unravel_index(at, self.values.shape), sign) for at, sign in found]
        return [
            (tuple(map(int, place)), self._sign(sign, float(self.values[place]), cell))
            for place, sign in places
            if self.dense or float(self.values[place]) * sign > 0
        ]

    def _sign(self, sign: int, value: float, cell: float) -> VMobject:
        if not self.dense:
            largest = float(abs(self.values).max())
            return squares(self.look, np.array([value]), np.zeros((1, 2)), cell, largest).set_z_index(1)
        return heat(self.look, np.array([[float(sign)]]), (-1, 1), np.zeros(1), 2 * SIGN, 0, SIGN)[
            0
        ].set_stroke(self.look.muted, style.HAIRLINE)
