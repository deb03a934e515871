"""A product with its numbers, in a box: matrices and columns in brackets, and the signs between them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

import numpy as np
from manim import VGroup, VMobject

from scenes.parts.arrays.matrix import NumberGrid
from scenes.parts.room.box import Box
from scenes.parts.room.folding import Fold, fold
from scenes.parts.text.typeset import Typeset
from scenes.stage import style
from scenes.stage.stage import Stage

PX = 34  # em size of the numbers, where there is room
COLUMN_MOST, ROW_MOST = 1.05, 0.64  # from one number to the next
NAME_ROOM = 0.62  # above a grid
BRACKETS = 0.22  # room the two brackets of a grid take
GAP_MOST = 0.3

Cell = Callable[[int, int], Typeset]


@dataclass
class Factor:
    """One grid of a product: its name (Typst math), a maker of its cells, and which of them are shown."""

    name: str
    cell: Cell
    rows: Fold
    columns: Fold = field(default_factory=lambda: fold(1))

    def made(self) -> dict[tuple[int, int], Typeset]:
        """All cells."""
        return {(r, c): self.cell(r, c) for r in self.rows.shown for c in self.columns.shown}


class Product(VGroup):
    """Grids and signs side by side in the middle of `box`; `grids` and `signs` from left to right. A sign is Typst math
    or something drawn; a number is so much free room. `pitch` is from one row to the next, at most `row_most`: what
    stands in the middle of `Product.beside(box)` at this pitch is level with the rows."""

    def __init__(
        self,
        film: Stage,
        parts: Sequence[Factor | str | VMobject | float],
        box: Box,
        row_most: float = ROW_MOST,
    ) -> None:
        super().__init__()
        parts = [film.math(one, PX, "muted") if isinstance(one, str) else one for one in parts]
        factors = [part for part in parts if isinstance(part, Factor)]
        self.signs = [part for part in parts if isinstance(part, VMobject)]
        free = sum(part for part in parts if isinstance(part, float))
        fixed = BRACKETS * len(factors) + sum(sign.width for sign in self.signs) + free
        slots = sum(one.columns.slots for one in factors)
        least = style.TIGHT * 2 * len(self.signs)
        across = min(COLUMN_MOST, (box.width - fixed - least) / slots)
        down = self.pitch = min(row_most, (box.height - NAME_ROOM) / max(one.rows.slots for one in factors))
        gap = min(GAP_MOST, (box.width - fixed - across * slots) / max(2 * len(self.signs), 1))
        cells = [one.made() for one in factors]
        widest = max(cell.width for made in cells for cell in made.values())
        x = box.centre[0] - (fixed + across * slots + 2 * gap * len(self.signs)) / 2
        y = self.beside(box).centre[1]
        self.grids: list[NumberGrid] = []
        for part in parts:
            if isinstance(part, Factor):
                made = cells[len(self.grids)]
                for cell in made.values():
                    cell.scale(min(1.0, (across - style.TIGHT) / widest))
                width = across * part.columns.slots + BRACKETS
                grid = NumberGrid(
                    film.look, lambda r, c, made=made: made[r, c], part.rows, part.columns,  # type: ignore[misc]
                    (x + width / 2, y), down, across,
                )  # fmt: skip
                self.grids.append(grid.named(film.math(part.name, PX)))
                x += width
            elif isinstance(part, VMobject):
                part.move_to(np.array([x + gap + part.width / 2, y, 0]))
                x += part.width + 2 * gap
            elif isinstance(part, float):
                x += part
        self.add(*self.grids, *self.signs)

    @staticmethod
    def beside(box: Box) -> Box:
        """What the names above the grids leave of a box of their height: the grids stand around its middle."""
        return box.without(top=NAME_ROOM)


def column(film: Stage, series: str, role: str = "ink", form: str = ".2f") -> Cell:
    """A maker of the cells of a column: the values of a series with one axis."""
    return lambda row, _: film.value(film.s(series), row, form=form, px=PX, colour=role)


def signed(film: Stage, series: str, transposed: bool = False, form: str = ".2f") -> Cell:
    """A maker of the cells of a matrix of weights, coloured by sign."""
    values = film.array(series)

    def cell(row: int, col: int) -> Typeset:
        index = (col, row) if transposed else (row, col)
        role = "positive" if values[index] >= 0 else "negative"
        return film.value(film.s(series), *index, form=form, px=PX, colour=role)

    return cell
