"""Numbers for the axes of a film: round ones around what was measured, and evenly spread ones."""

import math
from collections.abc import Iterable

LEAST = -307


def even(low: float, high: float, count: int) -> list[float]:
    """`count` numbers, equally far apart, from exactly `low` to exactly `high`.

    Alike on every machine: `linspace` fuses operations on some, and where the middle should be 0 the slope of ReLU then
    jumps.
    """
    last = count - 1
    return [(low * (last - place) + high * place) / last for place in range(count)]


def whole(low: float, high: float, most: int = 7) -> list[int]:
    """Whole numbers from `low` to `high`, at most `most` and one at least: multiples of 1, 2, 5, 10, 20, …"""
    steps = (digit * 10**power for power in range(400) for digit in (1, 2, 5))
    step = next(one for one in steps if high // one - -(-low // one) < most)
    first, last = math.ceil(low / step), math.floor(high / step)
    return [step * place for place in range(first, last + 1)] or [round(low)]


def decades(sizes: Iterable[float]) -> list[float]:
    """Powers of ten from below the smallest to above the largest size over 0; two at least."""
    # Smaller powers than LEAST are not normal floats: 10 to them would lose digits, or be 0.
    positive = [size for size in sizes if size > 0] or [0.1, 1.0]
    low, high = max(math.floor(math.log10(min(positive))), LEAST), math.ceil(math.log10(max(positive)))
    return [10.0**power for power in range(low, max(high, low + 1) + 1)]
