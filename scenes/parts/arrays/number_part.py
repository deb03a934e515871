"""Some numbers of a recorded tensor of any rank in brackets: the ends of a matrix or a row, or a piece of a map."""

from __future__ import annotations

import numpy as np
from manim import VGroup

from scenes.parts.arrays.matrix import NumberGrid
from scenes.parts.arrays.piece import Share, piece
from scenes.parts.room.box import Box
from scenes.parts.room.folding import fold
from scenes.parts.room.layout import fit
from scenes.parts.text.typeset import Typeset
from scenes.stage import style
from scenes.stage.comparing import comparable
from scenes.stage.stage import Stage

CELL = (0.84, 0.36)  # of a number
HEAD = 0.34  # the height of the words above
CHARS = 6  # of a number


class NumberPart(VGroup):
    """Numbers of `series` under `head`, from the left of a box: at most so many `rows` and `columns`.

    Of an array with more than two axes, and of values with an example to a row, the first part is looked at. `at`: of a
    map the piece at this share of its rows and columns.
    """

    def __init__(
        self, film: Stage, series: str, box: Box, head: Typeset, rows: int, columns: int, at: Share | None
    ) -> None:
        super().__init__()
        front, part = front_of(film, series), part_of(film, series)
        rank = film.array(series).ndim
        if at is None:
            down, across = fold(part.shape[0], rows), fold(part.shape[1], columns)
        else:
            down, across = piece(part.shape, rows, columns, at)
        shown = part[np.ix_(down.shown, across.shown)]
        form = "d" if part.dtype.kind in "iub" else comparable(shown, form=".2f", every=False, most=CHARS)

        def entry(row: int, column: int) -> Typeset:
            place = (*front, column) if rank - len(front) < 2 else (*front, row, column)
            return film.value(film.s(series), *place[:rank], form=form, px=style.NUMBER_MIN_PX)

        inner = box.without(top=HEAD)
        pitch = min(CELL[1], inner.height / down.slots)
        grid = NumberGrid(film.look, entry, down, across, (0.0, 0.0), pitch, CELL[0])
        grid.shift(np.array([inner.left + grid.size[0] / 2 + 0.1, inner.top - grid.size[1] / 2, 0]))
        self.add(fit(head, Box(box.left, box.right, box.top - 0.24, box.top), "left"), grid)


def front_of(film: Stage, series: str) -> tuple[int, ...]:
    """Which example, channel … of an array is looked at, so that two axes are left, or one."""
    values = film.array(series)
    return (0,) * max(values.ndim - 2, 1 if values.ndim == 2 and series.startswith("value/") else 0)


def part_of(film: Stage, series: str) -> np.ndarray:
    """What is looked at, (rows, columns)."""
    return np.atleast_2d(film.array(series)[front_of(film, series)])
