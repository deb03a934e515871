"""A matrix or a column of numbers in brackets, folded when it is large."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from manim import Rectangle, SurroundingRectangle, VGroup, VMobject

from scenes.parts.room.folding import Fold
from scenes.parts.text.typeset import Typeset, words
from scenes.stage import style
from scenes.stage.style import Look

COLUMN_PITCH = 0.6
ROW_PITCH = 0.52
BRACKET = 0.09


class NumberGrid(VGroup):
    """`entry(row, column)` gives the mobject of one cell. The grid's centre is at `centre` until it is moved."""

    def __init__(
        self,
        look: Look,
        entry: Callable[[int, int], Typeset],
        rows: Fold,
        columns: Fold,
        centre: tuple[float, float],
        row_pitch: float = ROW_PITCH,
        column_pitch: float = COLUMN_PITCH,
    ) -> None:
        super().__init__()
        self.look, self.rows, self.columns = look, rows, columns
        self.row_pitch, self.column_pitch = row_pitch, column_pitch
        self.origin = np.array([*centre, 0.0])
        self.name: Typeset | None = None
        self.cells: dict[tuple[int, int], Typeset] = {}
        for row in rows.shown:
            for column in columns.shown:
                cell = entry(row, column)
                if cell.width > column_pitch - 0.06:
                    cell.scale((column_pitch - 0.06) / cell.width)
                self.cells[row, column] = cell.centre_at(self.place(row, column))
        self.ellipses = VGroup(*self._ellipses())
        self.brackets = self._brackets()
        self.add(self.brackets, self.ellipses, *self.cells.values())

    @property
    def size(self) -> tuple[float, float]:
        """Width and height between the brackets."""
        return self.columns.slots * self.column_pitch, self.rows.slots * self.row_pitch

    def _at(self, row_slot: float, column_slot: float) -> np.ndarray:
        x = (column_slot - (self.columns.slots - 1) / 2) * self.column_pitch
        y = ((self.rows.slots - 1) / 2 - row_slot) * self.row_pitch
        return self.origin + np.array([x, y, 0])

    def place(self, row: int, column: int) -> np.ndarray:
        """The centre of a cell."""
        return self._at(self.rows.slot(row), self.columns.slot(column))

    def _ellipses(self) -> list[Typeset]:
        marks = []
        if self.rows.gap is not None:
            for column in self.columns.shown:
                marks.append(words("⋮", self.look, style.NUMBER_PX, "muted"))
                marks[-1].move_to(self._at(self.rows.gap, self.columns.slot(column)))
        if self.columns.gap is not None:
            for row in self.rows.shown:
                marks.append(words("⋯", self.look, style.NUMBER_PX, "muted"))
                marks[-1].move_to(self._at(self.rows.slot(row), self.columns.gap))
        return marks

    def _brackets(self) -> VGroup:
        width, height = self.size
        sides = VGroup()
        for sign in (-1, 1):
            x, y = sign * (width / 2 + 0.04), height / 2
            corners = [[x - sign * BRACKET, y, 0], [x, y, 0], [x, -y, 0], [x - sign * BRACKET, -y, 0]]
            side = VMobject(color=self.look.muted, stroke_width=style.LINE)
            sides.add(side.set_points_as_corners(np.array(corners) + self.origin))
        return sides

    def named(self, name: Typeset) -> NumberGrid:
        """Put the grid's name over it."""
        name.move_to(self.origin + np.array([0, self.size[1] / 2 + 0.3, 0]))
        self.name = name
        self.add(name)
        return self

    @property
    def frame_only(self) -> VGroup:
        """Brackets, ellipses and name: the grid before its numbers come."""
        return VGroup(self.brackets, self.ellipses, *([self.name] if self.name else []))

    def row(self, row: int) -> VGroup:
        """The cells of one row."""
        return VGroup(*(cell for (r, _), cell in self.cells.items() if r == row))

    def row_frame(self, row: int, role: str) -> Rectangle:
        """A rectangle around one row."""
        frame = Rectangle(width=self.size[0] - 0.02, height=self.row_pitch - 0.04, stroke_width=style.LINE)
        left, right = self.columns.shown[0], self.columns.shown[-1]
        frame.move_to((self.place(row, left) + self.place(row, right)) / 2)
        return frame.set_stroke(self.look.colour(role))

    def frame(self, role: str) -> SurroundingRectangle:
        """A rectangle around all cells."""
        width, height = self.size
        box = Rectangle(width=width - 0.02, height=height - 0.02, stroke_width=style.LINE).move_to(
            self.origin
        )
        return box.set_stroke(self.look.colour(role))

    def shift(self, *vectors: np.ndarray) -> NumberGrid:
        """Move, cell places included."""
        super().shift(*vectors)
        self.origin = self.origin + sum(np.asarray(v, dtype=float) for v in vectors)
        return self
