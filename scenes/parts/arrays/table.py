"""A table: columns of cells from the trace, a head for each, folded where there are many rows."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from manim import Line, Rectangle, VGroup, VMobject

from scenes.parts.room.box import Box
from scenes.parts.room.folding import Fold, fold
from scenes.parts.room.layout import line_box
from scenes.parts.room.layout import spread as placed
from scenes.parts.text.typeset import Typeset, words
from scenes.stage import style
from scenes.stage.style import Look

PITCH_MOST = 0.8  # from one row to the next
HEAD_ROOM = 0.62  # from the heads to the first row
HEAD_RULE = 0.55  # of it lies below a rule under the heads
GAP_MOST = 1.7  # between two columns: more, and the eye loses the row
GAP_LEAST = 0.2
SHRINK_LEAST = style.NUMBER_MIN_PX / 34  # of cells, where columns are wide
BAR_LEAST = 0.02  # of a bar that stands for nearly nothing
BAR_HEIGHT = 0.36  # of a bar, at most; and as a share of the rows' pitch
BAR_SHARE = 0.55

Cell: TypeAlias = VMobject | None


@dataclass
class Column:
    """`cells` from top to bottom, None for one that stays empty; `align` is left, centre or right.

    `fits`: cells that are too wide become smaller one by one (formulas), instead of all cells of the table.
    """

    cells: Sequence[Cell]
    head: Typeset | None = None
    align: str = "right"
    fits: bool = False

    @property
    def width(self) -> float:
        """Of its widest cell."""
        return max((line_box(one).width for one in (*self.cells, self.head) if one is not None), default=0.0)


@dataclass
class Bars:
    """A column of bars that takes the room the others leave: `shares` (0..1) of it, None for no bar."""

    shares: Sequence[float | None]
    role: str | Sequence[str] = "activation"
    head: Typeset | None = None
    least: float = 0.8  # units of width that it needs


class Table(VGroup):
    """Columns in a box, from its top. `fold` says which rows are shown and where the ellipsis stands.

    `rules` are lines above rows: (row, first column, last column). `cells[c][r]` is a cell, `rows[r]` a row of them,
    `heads` the heads, `frame` heads, ellipsis and rules: the table before its numbers come.
    """

    def __init__(
        self,
        look: Look,
        columns: Sequence[Column | Bars],
        box: Box,
        *,
        rows: Fold | None = None,
        rules: Sequence[tuple[int, int, int]] = (),
        pitch: float = PITCH_MOST,
        gap: float = GAP_MOST,
        up: str = "top",
    ) -> None:
        super().__init__()
        self.look, self.columns, self.outer = look, list(columns), box
        count = len(_cells(columns[0]))
        self.fold = rows or fold(count, count)
        headed = any(one.head is not None for one in columns)
        slots = self.fold.slots
        self.pitch = min(pitch, (box.height - HEAD_ROOM * headed) / max(slots - 1 + 0.6, 1))
        head_room = min(HEAD_ROOM, 0.9 * self.pitch) if headed else 0.0
        height = head_room + self.pitch * (slots - 1)
        spare = (box.height - 0.5 - height) * {"top": 0.0, "centre": 0.5, "bottom": 1.0}[up]
        self.head_y = box.top - 0.25 - spare
        self._top = self.head_y - head_room
        self.lefts, self.widths, gap = self._across(box, gap)
        self.cells = [self._placed(c) for c in range(len(columns))]
        self.heads = VGroup(*self._heads())
        self.ellipsis = VGroup(*self._ellipsis())
        self.rules = VGroup(*(self._rule(*one, min(gap, style.GAP)) for one in rules))
        self.frame = VGroup(self.heads, self.ellipsis, self.rules)
        self.rows = [VGroup(*(one[r] for one in self.cells if one[r] is not None)) for r in range(count)]
        self.add(self.frame, *self.rows)

    def y(self, slot: float) -> float:
        """The height of a row, counted with the ellipsis."""
        return self._top - self.pitch * slot

    def row_y(self, row: int) -> float:
        """The height of the `row`-th row that is shown."""
        return self.y(row + (self.fold.gap is not None and row >= self.fold.gap))

    def column(self, number: int) -> VGroup:
        """The cells of a column, from top to bottom."""
        return VGroup(*(one for one in self.cells[number] if one is not None))

    def box(self, row: int, column: int) -> Box:
        """The room of a cell."""
        left, y = self.lefts[column], self.row_y(row)
        return Box(left, left + self.widths[column], y - self.pitch / 2, y + self.pitch / 2)

    def level(self, left: float, right: float, slots: int) -> Box:
        """A box between two sides whose `slots` equal rows are level with the first ones of the table."""
        return Box(left, right, self.y(slots - 0.5), self.y(-0.5))

    def _across(self, box: Box, gap: float) -> tuple[list[float], list[float], float]:
        """Where each column begins and how wide it is; cells become smaller where they would not fit."""
        least = GAP_LEAST * (len(self.columns) - 1)
        fixed = [one for one in self.columns if isinstance(one, Column) and not one.fits]
        elastic = [one for one in self.columns if not (isinstance(one, Column) and not one.fits)]
        need = sum(one.width for one in fixed)
        room = box.width - least - sum(one.least if isinstance(one, Bars) else 0.5 for one in elastic)
        if need > room > 0:
            share = max(room / need, SHRINK_LEAST)
            for cell in (cell for one in fixed for cell in (*one.cells, one.head) if cell is not None):
                cell.scale(share)
        left_over = box.width - sum(one.width for one in fixed)
        widths = []
        for one in self.columns:
            if isinstance(one, Column) and not one.fits:
                widths.append(one.width)
                continue
            share = (left_over - style.GAP * (len(self.columns) - 1)) / len(elastic)
            widths.append(share if isinstance(one, Bars) else min(one.width, share))
        starts, gap = placed(widths, box.width, gap)
        return [box.left + start for start in starts], widths, gap

    def _placed(self, number: int) -> list[Cell]:
        column, left, width = self.columns[number], self.lefts[number], self.widths[number]
        if isinstance(column, Bars):
            return [self._bar(column, r, left, width) for r in range(len(column.shares))]
        for r, cell in enumerate(column.cells):
            if cell is not None:
                self._put(cell, column, left, width, self.row_y(r))
        return list(column.cells)

    def _put(self, cell: VMobject, column: Column, left: float, width: float, y: float) -> None:
        own = line_box(cell)
        if column.fits and own.width > width:
            cell.scale(width / own.width)
            own = line_box(cell)
        share = {"left": 0.0, "centre": 0.5, "right": 1.0}[column.align]
        cell.shift([left + share * width - own.at(share, 0)[0], y - own.centre[1], 0])

    def _bar(self, column: Bars, row: int, left: float, width: float) -> Cell:
        share = column.shares[row]
        if share is None:
            return None
        role = column.role if isinstance(column.role, str) else column.role[row]
        long = max(share * width, BAR_LEAST)
        high = min(BAR_HEIGHT, BAR_SHARE * self.pitch)
        bar = Rectangle(width=long, height=high, stroke_width=0, fill_opacity=0.9)
        return bar.set_fill(self.look.colour(role)).move_to([left + long / 2, self.row_y(row), 0])

    def _heads(self) -> Iterator[Typeset]:
        for column, left, width in zip(self.columns, self.lefts, self.widths, strict=True):
            if column.head is not None:
                like = column if isinstance(column, Column) else Column((), align="left")
                self._put(column.head, like, left, width, self.head_y)
                yield column.head

    def _ellipsis(self) -> Iterator[Typeset]:
        """Dots in the first column, where rows are really missing."""
        if self.fold.gap is not None:
            dots = words("⋮", self.look, style.LABEL_PX, "muted")
            yield dots.centre_at([self.lefts[0] + min(self.widths[0] / 2, 0.3), self.y(self.fold.gap), 0])

    def _rule(self, row: int, first: int, last: int, beyond: float) -> Line:
        y = self.row_y(row) + self.pitch / 2
        if row == 0 and len(self.heads):
            y = min(y, self.row_y(row) + HEAD_RULE * (self.head_y - self.row_y(row)))
        start = max(self.lefts[first] - beyond / 2, self.outer.left)
        end = min(self.lefts[last] + self.widths[last] + beyond / 2, self.outer.right)
        return Line([start, y, 0], [end, y, 0], color=self.look.muted, stroke_width=style.LINE)


def _cells(column: Column | Bars) -> Sequence[object]:
    return column.shares if isinstance(column, Bars) else column.cells
