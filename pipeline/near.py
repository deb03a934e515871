"""Whether two runs gave the same numbers: bit for bit, or as near as another processor or version comes."""

from typing import Any

import numpy as np

# Another processor or version may round differently: a share of each number, and for what is 0 but for rounding (the
# difference of two numbers, a probability far from every other) a share of the largest number of its series.
RTOL = 1e-6
FLOOR = 1e-11


def near(stored: Any, fresh: Any, largest: float | None = None) -> bool:
    """Whether two arrays (or values) agree: numbers within the tolerance, everything else exactly.

    largest: the size of the largest number around them; left out, that of ``fresh``.
    """
    one, other = np.asarray(stored), np.asarray(fresh)
    if one.shape != other.shape or one.dtype.kind != other.dtype.kind:
        return False
    if one.dtype.kind != "f" or one.size == 0:
        return bool(np.array_equal(one, other))
    sizes = np.maximum(abs(one), abs(other))
    with np.errstate(over="ignore", invalid="ignore"):
        limit = RTOL * sizes + FLOOR * (size_of(other) if largest is None else largest)
        return bool((abs(one - other) <= limit).all())


def size_of(values: Any) -> float:
    """The size of the largest number of an array; 0 where it holds none."""
    array = np.asarray(values)
    return float(abs(array).max()) if array.dtype.kind == "f" and array.size else 0.0


def identical(stored: Any, fresh: Any) -> bool:
    """Same type and same bits: 1 is not 1.0, and 0.0 is not -0.0."""
    return type(stored) is type(fresh) and repr(stored) == repr(fresh)
