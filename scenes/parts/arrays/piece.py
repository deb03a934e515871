"""A piece of a large map: neighbouring rows and columns around a place where something is to be seen."""

from __future__ import annotations

import numpy as np

from scenes.parts.room.folding import Fold

Share = tuple[float, float]


def steepest(part: np.ndarray) -> Share:
    """Where a map changes most from one column to the next, as shares of its rows and columns."""
    if part.shape[1] < 2:
        return 0.5, 0.5
    steep = np.abs(np.diff(part.astype(float), axis=1))
    row, column = np.unravel_index(int(np.argmax(steep)), steep.shape)
    return (int(row) + 0.5) / part.shape[0], (int(column) + 1) / part.shape[1]


def piece(shape: tuple[int, ...], rows: int, columns: int, at: Share) -> tuple[Fold, Fold]:
    """At most so many neighbouring rows and columns around a place of a map of this shape."""
    found = []
    for share, size, most in zip(at, shape, (rows, columns), strict=True):
        start = min(max(int(share * size) - most // 2, 0), max(size - most, 0))
        found.append(Fold(size, tuple(range(start, min(start + most, size))), None))
    return found[0], found[1]
