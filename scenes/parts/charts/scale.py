"""Scales of an axis: which share of its length a value lies at."""

from __future__ import annotations

import math
from dataclasses import dataclass

BEYOND = 40.0  # lengths of an axis that a point may lie beyond it; further out it is out of every frame
LEAST_SPAN = 1e-9  # of an axis, as a share of its numbers: less has no room for two of them
LEAST = 1e-100  # of an axis: the square of less is 0
ZERO_ROOM = (
    0.16  # share of a logarithmic axis that lies below its smallest value, where 0 has a line of its own
)


def spread(low: float, high: float) -> tuple[float, float]:
    """The ends of an axis from `low` to `high`; where these are (nearly) one number, there is room around it."""
    if high - low > max(LEAST_SPAN * max(abs(low), abs(high)), LEAST):
        return low, high
    room = abs(low) / 2 if abs(low) > LEAST else 1.0
    return low - room, low + room


@dataclass(frozen=True)
class Scale:
    """From `low` to `high`, evenly."""

    low: float
    high: float

    def share(self, value: float) -> float:
        """0 at `low`, 1 at `high`, and beyond them what lies outside."""
        low, high = spread(self._rise(self.low), self._rise(self.high))
        share = (self._rise(value) - low) / (high - low)
        return min(max(share, -BEYOND), 1 + BEYOND)

    def clipped(self, value: float) -> float:
        """The nearest value on the axis."""
        return min(max(value, self.low), self.high)

    def _rise(self, value: float) -> float:
        return value


@dataclass(frozen=True)
class LogScale(Scale):
    """From `low` to `high`, both above 0, each power of ten as long as any other.

    `zero`: below a break in the axis, its beginning is 0. Without that, whatever is less than `low` lies on it.
    """

    zero: bool = False

    @property
    def broken_at(self) -> float:
        """The share at which the scale begins."""
        return ZERO_ROOM / (1 + ZERO_ROOM) if self.zero else 0.0

    def share(self, value: float) -> float:
        """0 at 0 (or `low`), 1 at `high`."""
        if value <= 0 or (value < self.low and not self.zero):
            return 0.0
        begin = self.broken_at
        return max(begin + (1 - begin) * super().share(value), 0.0)

    def clipped(self, value: float) -> float:
        """The nearest value on the axis."""
        return 0.0 if self.zero and value <= 0 else super().clipped(value)

    def _rise(self, value: float) -> float:
        return math.log10(value)
