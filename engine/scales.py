"""Round numbers around what was measured, for the axes of a film."""

import math
from collections.abc import Iterable

LEAST = -307


def decades(sizes: Iterable[float]) -> list[float]:
    """Powers of ten from below the smallest to above the largest size over 0; two at least."""
    # Smaller powers than LEAST are not normal floats: 10 to them would lose digits, or be 0.
    positive = [size for size in sizes if size > 0] or [0.1, 1.0]
    low, high = max(math.floor(math.log10(min(positive))), LEAST), math.ceil(math.log10(max(positive)))
    return [10.0**power for power in range(low, max(high, low + 1) + 1)]
