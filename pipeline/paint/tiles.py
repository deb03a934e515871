"""The picture as a grid of tiles, and which of them must be drawn again."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

ACROSS, DOWN = 32, 18  # tiles in a picture; smaller ones fit changes closer, larger ones cost fewer calls

Box = tuple[float, float, float, float]  # left, top, right, bottom in px
Span = tuple[slice, slice]  # rows and columns of tiles
Run = tuple[int, int]  # first column and the one after the last
NOWHERE: Span = (slice(0, 0), slice(0, 0))


@dataclass(frozen=True)
class Rectangle:
    """Whole pixels: rows top..bottom and columns left..right, the ends not included."""

    left: int
    top: int
    right: int
    bottom: int

    @property
    def area(self) -> int:
        """In pixels."""
        return (self.right - self.left) * (self.bottom - self.top)

    def around(self, other: Rectangle) -> Rectangle:
        """The smallest one that holds both."""
        return Rectangle(
            min(self.left, other.left),
            min(self.top, other.top),
            max(self.right, other.right),
            max(self.bottom, other.bottom),
        )


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

    @property
    def everywhere(self) -> Span:
        """All tiles."""
        down, across = self.marked.shape
        return slice(0, down), slice(0, across)

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

    def bounds(self) -> Span:
        """The smallest span that holds every marked tile."""
        rows, columns = (np.flatnonzero(self.marked.any(axis=axis)) for axis in (1, 0))
        if not len(rows):
            return NOWHERE
        return slice(int(rows[0]), int(rows[-1]) + 1), slice(int(columns[0]), int(columns[-1]) + 1)

    def rectangles(self) -> Iterator[Rectangle]:
        """The marked tiles as few rectangles: neighbours in a row, then equal rows, are joined."""
        open_runs: dict[Run, int] = {}  # the row each began in
        for row, runs in enumerate(self._runs()):
            for run in [run for run in open_runs if run not in runs]:
                first, last = run
                top = open_runs.pop(run)
                yield Rectangle(self._xs[first], self._ys[top], self._xs[last], self._ys[row])
            for run in runs:
                open_runs.setdefault(run, row)

    def _runs(self) -> list[list[Run]]:
        """The runs of marked tiles in each row, and in one below the last, which has none."""
        down, across = self.marked.shape
        out: list[list[Run]] = [[] for _ in range(down + 1)]
        ended = np.zeros((down, across + 1), dtype=bool)  # no run goes on in the next row
        ended[:, :-1] = self.marked
        ends = np.flatnonzero(np.diff(ended.reshape(-1), prepend=False)).tolist()
        for start, end in zip(ends[::2], ends[1::2], strict=True):
            row, first = divmod(start, across + 1)
            out[row].append((first, first + end - start))
        return out


def meet(one: Span, other: Span) -> bool:
    """Whether the spans have a tile in common."""
    (rows, columns), (other_rows, other_columns) = one, other
    return (
        rows.start < other_rows.stop
        and other_rows.start < rows.stop
        and columns.start < other_columns.stop
        and other_columns.start < columns.stop
    )


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
