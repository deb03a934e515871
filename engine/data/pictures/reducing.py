"""Smaller pictures: each pixel the mean of a square block, worked out strip by strip."""

import math
from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import NDArray

Array = NDArray[Any]
Rows = Callable[[int, int], Array]  # rows(top, bottom): the grey pixels of those rows

SIDE_MAX = 400  # longer sides are reduced to at most so many pixels, so that a trace stays small
STRIP_PIXELS = 2_000_000


def reduction(height: int, width: int) -> int:
    """How many pixels become one along each side."""
    return math.ceil(max(height, width) / SIDE_MAX)


def reduced(rows: Rows, height: int, width: int, factor: int) -> Array:
    """Block means (y, x), float64, of factor × factor pixels, strip by strip; blocks at the edge may be smaller."""
    return np.concatenate([block_means(rows(*strip), factor) for strip in strips(height, width, factor)])


def strips(height: int, width: int, factor: int = 1) -> list[tuple[int, int]]:
    """Strips of little memory, of whole blocks of ``factor`` rows: each as its first row and the one after it."""
    rows = max(STRIP_PIXELS // width // factor, 1) * factor
    return [(top, min(top + rows, height)) for top in range(0, height, rows)]


def block_means(pixel: Array, factor: int) -> Array:
    """Means (y, x), float64, of blocks of pixel (y, x); those at the right and lower edge may be smaller."""
    if factor == 1:
        return pixel.astype(np.float64)
    tops, lefts = (np.arange(0, length, factor) for length in pixel.shape)
    sums = np.add.reduceat(np.add.reduceat(pixel, lefts, axis=1, dtype=np.float64), tops, axis=0)
    counts = np.outer(np.diff(np.append(tops, pixel.shape[0])), np.diff(np.append(lefts, pixel.shape[1])))
    return np.asarray(sums / counts)
