"""Small multiples: the same chart again and again, on the same scales, each with its name above it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from scenes.parts.room.box import Box
from scenes.parts.room.layout import fit
from scenes.parts.text.typeset import Typeset
from scenes.stage import style

NAME_ROOM = 0.4
SHAPE = 1.5  # width of a chart by its height, as near as can be


def multiples(box: Box, names: Sequence[Typeset], gap: float = style.GAP) -> list[Box]:
    """Rooms of one size, in reading order, one for each name, which is put above its room."""
    columns = min(range(1, len(names) + 1), key=lambda n: _unlike(box, n, len(names), gap))
    cells = box.grid(-(-len(names) // columns), columns, gap)
    for name, cell in zip(names, cells, strict=False):
        fit(name, replace(cell, bottom=cell.top - NAME_ROOM))
    return [cell.without(top=NAME_ROOM) for cell in cells[: len(names)]]


def _unlike(box: Box, columns: int, count: int, gap: float) -> float:
    """How far a room is from its best shape, and how much is left empty; a room without height is the worst."""
    rows = -(-count // columns)
    width = (box.width - gap * (columns - 1)) / columns
    height = (box.height - gap * (rows - 1)) / rows - NAME_ROOM
    if min(width, height) <= 0:
        return float("inf")
    ratio = width / height / SHAPE
    return max(ratio, 1 / ratio) * (columns * rows / count) ** 2
