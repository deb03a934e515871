"""The picture as a grid of tiles, and which of them must be drawn again."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

ACROSS, DOWN = 32, 18  # tiles in a picture; smaller ones fit changes closer, larger ones cost fewer calls

Box = tuple[float, float, float, float]  # left, top, right, bottom in px
Span = tuple[slice, slice]  # rows and columns of tiles
NOWHERE: Span = (slice(0, 0), slice(0, 0))


@dataclass(frozen=True)
class Rectangle:
    """Whole pixels: rows top..bottom and columns left..right, the ends not included."""

    left: int
    top: int
    right: int
    bottom: int


class Tiles:
    """Which tiles of a `width` x `height` px picture are marked. Tile edges are even, as 4:2:0 chroma needs."""

    def __init__(self, width: int, height: int) -> None:
        self.width, self.height = width, height
        self._xs = _edges(width, ACROSS)
        self._ys = _edges(height, DOWN)
        self.marked = np.zeros((len(self._ys) - 1, len(self._xs) - 1), dtype=bool)

    def span(self, box: Box) -> Span:
        """The tiles that `box` touches."""
        left, top, right, bottom = box
        return _cells(self._ys, top, bottom), _cells(self._xs, left, right)

    def mark(self, span: Span) -> None:
        """Mark the tiles of `span`."""
        self.marked[span] = True

    def mark_all(self) -> None:
        """Mark the whole picture."""
        self.marked[:] = True

    def clear(self) -> None:
        """Unmark everything."""
        self.marked[:] = False

    def touched(self, span: Span) -> bool:
        """Whether a tile of `span` is marked."""
        return bool(self.marked[span].any())

    @property
    def share(self) -> float:
        """The share of tiles that is marked, 0..1."""
        return float(self.marked.mean())

    def rectangles(self) -> Iterator[Rectangle]:
        """The marked tiles as few rectangles: neighbours in a row, then equal rows, are joined."""
        open_runs: dict[tuple[int, int], int] = {}  # (first, last) column -> the row it began in
        for row in range(len(self.marked) + 1):
            runs = self._runs(row)
            for run in [run for run in open_runs if run not in runs]:
                first, last = run
                top = open_runs.pop(run)
                yield Rectangle(self._xs[first], self._ys[top], self._xs[last], self._ys[row])
            for run in runs:
                open_runs.setdefault(run, row)

    def _runs(self, row: int) -> list[tuple[int, int]]:
        """First and last column (not included) of each run of marked tiles; none below the last row."""
        if row == len(self.marked) or not self.marked[row].any():
            return []
        ends = np.flatnonzero(np.diff(self.marked[row], prepend=False, append=False)).tolist()
        return list(zip(ends[::2], ends[1::2], strict=True))


def _edges(length: int, parts: int) -> list[int]:
    """Even positions 0..length that cut it into at most `parts` pieces of one size (the last may be smaller)."""
    size = max(2, 2 * -(-length // (2 * parts)))
    return [*range(0, length, size), length]


def _cells(edges: list[int], low: float, high: float) -> slice:
    """The tiles from `low` to `high` px; none when that lies outside the picture."""
    if high < 0 or low > edges[-1] or not low <= high:  # also when an end is NaN
        return slice(0, 0)
    size = edges[1]
    return slice(int(max(low, 0) // size), int(min(high, edges[-1] - 1) // size) + 1)
