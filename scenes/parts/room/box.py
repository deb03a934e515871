"""Boxes of the frame: what films divide among the things they draw, so that they name relations and no coordinates."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from scenes.stage import style


@dataclass(frozen=True)
class Box:
    """A part of the frame, in units from its centre."""

    left: float
    right: float
    bottom: float
    top: float

    @property
    def width(self) -> float:
        """From left to right."""
        return self.right - self.left

    @property
    def height(self) -> float:
        """From bottom to top."""
        return self.top - self.bottom

    @property
    def centre(self) -> np.ndarray:
        """The point in its middle."""
        return self.at(0.5, 0.5)

    def at(self, across: float, up: float) -> np.ndarray:
        """The point at these shares (0..1) of its width and height."""
        return np.array([self.left + across * self.width, self.bottom + up * self.height, 0.0])

    def columns(self, *weights: float, gap: float = style.WIDE) -> list[Box]:
        """Boxes beside each other, from left to right, as wide as their weights say."""
        return [replace(self, left=a, right=b) for a, b in _shared(self.left, self.width, weights, gap)]

    def rows(self, *weights: float, gap: float = style.GAP) -> list[Box]:
        """Boxes one below the other, from the top, as high as their weights say."""
        return [replace(self, top=-a, bottom=-b) for a, b in _shared(-self.top, self.height, weights, gap)]

    def grid(self, rows: int, columns: int, gap: float = style.GAP) -> list[Box]:
        """Boxes of one size, row by row."""
        return [
            one for row in self.rows(*[1.0] * rows, gap=gap) for one in row.columns(*[1.0] * columns, gap=gap)
        ]

    def middle(self, width: float = np.inf, height: float = np.inf) -> Box:
        """A box in its middle, at most so wide and so high."""
        return self.inner(min(width, self.width), min(height, self.height))

    def inner(self, width: float, height: float, across: float = 0.5, up: float = 0.5) -> Box:
        """A box of this size in it, at these shares (0..1) of the room that it leaves."""
        left = self.left + across * (self.width - width)
        bottom = self.bottom + up * (self.height - height)
        return Box(left, left + width, bottom, bottom + height)

    def without(self, *, left: float = 0.0, right: float = 0.0, bottom: float = 0.0, top: float = 0.0) -> Box:
        """What is left when so much is cut off at each side."""
        return Box(self.left + left, self.right - right, self.bottom + bottom, self.top - top)


def _shared(start: float, size: float, weights: Sequence[float], gap: float) -> list[tuple[float, float]]:
    """The ends of pieces of a length from `start` on, with gaps between them."""
    room = (size - gap * (len(weights) - 1)) / sum(weights)
    ends, at = [], start
    for weight in weights:
        ends.append((at, at + weight * room))
        at += weight * room + gap
    return ends
