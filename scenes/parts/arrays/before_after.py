"""Values before and after something: for each item one bar under the other, on one scale, and both numbers."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from manim import VGroup

from scenes.parts.arrays.table import Bars, Cell, Column, Table
from scenes.parts.room.box import Box
from scenes.parts.room.folding import Fold
from scenes.parts.text.typeset import Typeset
from scenes.stage.style import Look

PITCH = 0.62  # from one row to the next, where there is room


class BeforeAfter:
    """`names` and `numbers` (before, after) of every row; `shares` (0..1) of those that have bars: the first ones.

    `table` is all; `first` its frame and what was before, `bars` and `numbers` what is after, by row.
    """

    def __init__(
        self,
        look: Look,
        names: Sequence[Typeset],
        when: tuple[Callable[[], Typeset], Callable[[], Typeset]],
        shares: Sequence[tuple[float, float]],
        numbers: Sequence[tuple[Typeset, Typeset]],
        box: Box,
        gap: int | None = None,
        roles: tuple[str, str] = ("muted", "activation"),
    ) -> None:
        count = len(names)
        cells: list[Cell] = [None] * (2 * count)
        cells[::2] = names
        lengths: list[float | None] = [one for pair in shares for one in pair]
        lengths += [None] * (2 * count - len(lengths))
        columns: list[Column | Bars] = [
            Column(cells, align="left"),
            Column([make() for _ in range(count) for make in when], align="left"),
            Bars(lengths, list(roles) * count),
            Column([one for pair in numbers for one in pair]),
        ]
        rows = Fold(2 * count + (gap is not None), tuple(range(2 * count)), None if gap is None else 2 * gap)
        rules = [(2 * row, 0, 3) for row in range(1, count)]
        self.table = Table(look, columns, box, rows=rows, rules=rules, pitch=PITCH, up="centre")
        self.first = VGroup(self.table.frame, *(cell for row in self.table.rows[::2] for cell in row))
        self.bars = VGroup(*(cell for cell in self.table.cells[2][1::2] if cell is not None))
        self.numbers = [
            VGroup(*(self.table.cells[column][row] for column in (1, 3))) for row in range(1, 2 * count, 2)
        ]
