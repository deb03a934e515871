"""A row of a matrix stands up beside a column, so that what is multiplied with each other stands together."""

from __future__ import annotations

import numpy as np
from manim import Animation, LaggedStart, VGroup

from scenes.parts.arrays.matrix import NumberGrid
from scenes.parts.arrays.matrix_product import BRACKETS
from scenes.parts.room.motion import carry
from scenes.parts.text.typeset import words

ROOM = 1.3  # between matrix and column, for the row that stands there
TIMES, LEFT_OF = 0.18, 0.75  # from the column's bracket to the signs and to the numbers before them
PX = 30
LAG = 0.5  # from one number to the next, from the top


def stand_up(matrix: NumberGrid, row: int, column: NumberGrid) -> tuple[VGroup, Animation]:
    """Copies of a row's numbers with signs of multiplication, each beside its partner, and what shows them."""
    standing, moves = VGroup(), []
    bracket = column.origin[0] - column.size[0] / 2 - BRACKETS / 2
    for one in matrix.columns.shown:
        number = matrix.cells[row, one].copy()
        y = column.cells[one, 0].strut.get_center()[1]
        sign = words("×", column.look, PX, "muted").centre_at([bracket - TIMES, y, 0])
        number.shift(np.array([bracket - LEFT_OF, y, 0]) - number.strut.get_center())
        standing.add(number, sign)
        moves.append(carry(matrix.cells[row, one], VGroup(number, sign)))
    return standing, LaggedStart(*moves, lag_ratio=LAG)
