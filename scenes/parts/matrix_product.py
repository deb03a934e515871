"""W x + b = z with the numbers of one layer, in brackets."""

from __future__ import annotations

from collections.abc import Callable

from manim import VGroup

from scenes.parts.folding import Fold, fold
from scenes.parts.matrix import COLUMN_PITCH, NumberGrid
from scenes.parts.place import CENTRE_X, at
from scenes.parts.typeset import Typeset
from scenes.stage import style
from scenes.stage.network_stage import NetworkStage

ROWS_MAX, COLUMNS_MAX = style.FOLD_LIMIT, 4
CENTRE_Y = 0.62
ROW_PITCH = 0.54
BRACKETS = 0.2  # room the two brackets of a grid take
GAP = 0.19  # from a grid to the sign beside it

Cell = Callable[[int, int], Typeset]


def column(stage: NetworkStage, series: str, role: str = "ink", form: str = ".2f") -> Cell:
    """A maker of the cells of a column: the values of a series with one axis."""
    return lambda row, _: stage.value(series, row, form=form, px=style.NUMBER_MIN_PX, colour=role)


def signed(stage: NetworkStage, series: str, transposed: bool = False) -> Cell:
    """A maker of the cells of a weight matrix, coloured by sign."""
    values = stage.trace[series].values

    def cell(row: int, col: int) -> Typeset:
        index = (col, row) if transposed else (row, col)
        role = "positive" if values[index] >= 0 else "negative"
        return stage.value(series, *index, form=".2f", px=style.NUMBER_MIN_PX, colour=role)

    return cell


def grid(
    stage: NetworkStage, cell: Cell, rows: Fold, columns: Fold | None, name: str, pitch: float = COLUMN_PITCH
) -> NumberGrid:
    """A named grid in the middle of the stage; `columns` None makes a column. `pitch` is a column's width."""
    numbers = NumberGrid(stage.look, cell, rows, columns or fold(1), (0, CENTRE_Y), ROW_PITCH, pitch)
    return numbers.named(stage.math(name, 32)) if name else numbers


def line_up(stage: NetworkStage, parts: list[NumberGrid | str], gap: float = GAP) -> VGroup:
    """Put grids and the signs between them (Typst math) side by side in the panel; returns the signs."""
    signs = VGroup()
    widths = [p.size[0] + BRACKETS if isinstance(p, NumberGrid) else 2 * gap for p in parts]
    x = CENTRE_X - sum(widths) / 2
    for part, width in zip(parts, widths, strict=True):
        if isinstance(part, NumberGrid):
            part.shift(at(x + width / 2, 0))
        else:
            signs.add(stage.math(part, 34, "muted").move_to(at(x + width / 2, CENTRE_Y)))
        x += width
    return signs


class MatrixProduct(VGroup):
    """The first layer as W x + b = z; `keep` are units whose rows are always drawn."""

    def __init__(self, stage: NetworkStage, keep: tuple[int, ...]) -> None:
        super().__init__()
        units, inputs = (int(n) for n in stage.array("layer1/weight").shape)
        self.rows, columns = fold(units, ROWS_MAX, keep), fold(inputs, COLUMNS_MAX)
        self.weight = grid(stage, signed(stage, stage.of(1, "weight")), self.rows, columns, "W^((1))")
        self.x = grid(stage, column(stage, stage.s("sample/input"), "input"), columns, None, "x")
        self.bias = grid(stage, column(stage, stage.of(1, "bias")), self.rows, None, "b^((1))")
        self.z = grid(stage, column(stage, stage.of(1, "z"), "activation"), self.rows, None, "z^((1))")
        self.signs = line_up(stage, [self.weight, "dot", self.x, "+", self.bias, "=", self.z])
        self.add(self.weight, self.x, self.bias, self.z, self.signs)

    @property
    def before(self) -> VGroup:
        """Everything but the numbers of z."""
        return VGroup(self.weight, self.x, self.bias, self.z.frame_only, self.signs)
