"""Grids side by side in a box, each under the room of its name, in cells that can be compared."""

from __future__ import annotations

from collections.abc import Sequence

from scenes.parts.arrays.cells import CELL_MOST, Cells
from scenes.parts.room.box import Box
from scenes.stage import style

NARROW = 1.7  # a column is at least so wide: grids of few cells would stand close together
SHARE_MOST = 0.5  # of the width, for a column
SMALLEST = 0.3  # cells may be at least so high where those that they are compared with are smaller


def stand(box: Box, *stacks: Sequence[Cells], gap: float = style.WIDE) -> list[Box]:
    """Put each stack of grids into a column, one below the other; the columns, without the room of the upper names.

    Cells of the first and the last column are of one size: so one sees that one grid is smaller than another, or as
    large. So are those within a stack.
    """
    room = box.without(top=style.NAME_ROOM)
    free = room.width - gap * (len(stacks) - 1)
    heights = [(room.height - style.NAME_ROOM * (len(one) - 1)) / len(one) for one in stacks]
    wanted = [
        min(max(NARROW, *(cells.wanted(height) for cells in one)), SHARE_MOST * free)
        for one, height in zip(stacks, heights, strict=True)
    ]
    columns = room.columns(*wanted, gap=gap)
    for number, (stack, column) in enumerate(zip(stacks, columns, strict=True)):
        rooms = column.rows(*[1.0] * len(stack), gap=style.NAME_ROOM)
        first, last = number == 0, number == len(stacks) - 1
        most = max(stacks[0][0].pitch[1], SMALLEST) if last and not first else CELL_MOST
        for place, (cells, own) in enumerate(zip(stack, rooms, strict=True)):
            cells.into(own, most, up=(0.5 if len(stack) == 1 else float(place == 0)), beside=stack[place - 1])
    return columns
