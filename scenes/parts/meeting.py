"""A row of a matrix stands up beside a column, so that what is multiplied with each other stands together."""

from __future__ import annotations

import numpy as np
from manim import Animation, AnimationGroup, VGroup

from scenes.parts.matrix import NumberGrid
from scenes.parts.matrix_product import BRACKETS

ROOM = 1.0  # between matrix and column, for the row that stands there
LEFT_OF = 0.42  # from there to the column's bracket


def stand_up(matrix: NumberGrid, row: int, column: NumberGrid) -> tuple[VGroup, Animation]:
    """Copies of a row's numbers, and the animation that brings each beside its partner in the column."""
    numbers, ways = VGroup(), []
    x = column.origin[0] - column.size[0] / 2 - BRACKETS / 2 - LEFT_OF
    for one in matrix.columns.shown:
        number = matrix.cells[row, one].copy()
        y = column.cells[one, 0].strut.get_center()[1]
        ways.append(np.array([x, y, 0]) - number.strut.get_center())
        numbers.add(number)
    moves = (number.animate.shift(way) for number, way in zip(numbers, ways, strict=True))
    return numbers, AnimationGroup(*moves)
