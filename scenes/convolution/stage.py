"""What the beats of `convolution` share: the picture as cells, the kernel and the output, side by side."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
from manim import Animation, FadeIn, VGroup

from scenes.parts.cells import (
    Cells,
    Place,
    number_form,
    pitch_for,
    px_for,
    room_for,
    shape_of,
    spread_out,
    widest,
)
from scenes.parts.kernel import KernelCells
from scenes.parts.motion import leave
from scenes.parts.place import at
from scenes.parts.typeset import Typeset
from scenes.stage import style
from scenes.stage.explainer import Explainer

GRID_Y, GRID_HEIGHT = 0.4, 3.7  # where the grids stand: their middle and the most they take
NAME_GAP = 0.28  # a grid's name stands so far above it
INPUT_WIDTH, MIDDLE_WIDTH, OUTPUT_WIDTH = 4.9, 3.0, 4.4  # the most each column takes
INPUT_WIDEST = 6.4  # the most the input takes where long numbers have room only so
SPACES = 0.7  # between the columns and beside them, at least
SMALLEST = 0.3  # cells of the output are at least so high
FINE = 0.1  # of the sum: what rounding may move a product
TINT = 0.9  # share of the tint in a tile of the largest value


class ConvStage(Explainer):
    """`input` is the crop with its border, `kernel` the weights, `output` the map that fills."""

    def prepare(self) -> None:
        """Lay out the three columns. Cells of the border and of the output come later."""
        self.panel: VGroup = VGroup()
        self.border = (int(self.array("size/padding")[0]), int(self.array("size/padding")[1]))
        self.dilation = int(self.array("size/dilation")[0])
        self.kernel_size = shape_of(self.array("kernel/weight"))
        self._forms: dict[str, str] = {}
        self._layout()

    # -- short names -----------------------------------------------------------------------------------------------

    def array(self, name: str) -> np.ndarray:
        """The values of a series."""
        return self.trace[name].values

    def form_of(self, series: str) -> str:
        """The format of a series' numbers in cells."""
        if series not in self._forms:
            fine = FINE * abs(float(self.item("window/sum"))) if series == "window/products" else 0.0
            self._forms[series] = number_form(self.array(series), fine or math.inf)
        return self._forms[series]

    def item(self, name: str) -> Any:
        """The value of a series that holds one."""
        return self.trace[name].item()

    def clear_panel(self) -> list[Animation]:
        """Animations that take the panel away."""
        old, self.panel = self.panel, VGroup()
        return [leave(old)] if len(old) else []

    def size_text(self, height: str, width: str, *index: int) -> str:
        """Height × width from two series, or from one with an axis for the dimension."""
        if height == width:
            return self.join(self.number(height, *index, 0), "×", self.number(width, *index, 1))
        return self.join(self.number(height, *index), "×", self.number(width, *index))

    def input_text(self) -> str:
        """What stands over the input: its name, or that it is a crop, and its size."""
        name = self.label("input" if bool(self.item("crop/whole")) else "crop")
        return self.join(name, " ", self.size_text("crop/height", "crop/width"))

    def over(self, cells: Cells, text: str, colour: str = "muted", px: float = style.LABEL_PX) -> Typeset:
        """A name above a grid."""
        return self.words(text, px, colour).centre_at(at(cells.centre[0], cells.top + NAME_GAP))

    # -- the three columns -----------------------------------------------------------------------------------------

    def _layout(self) -> None:
        padded, result, weights = (self.array(n) for n in ("slide/padded", "slide/output", "kernel/weight"))
        need = max(self.need(name) for name in ("slide/padded", "crop/pixel"))
        need_mid = max(self.need("kernel/weight"), self.need("window/products"))
        pitch_mid = pitch_for(self.kernel_size, need_mid, MIDDLE_WIDTH, (GRID_HEIGHT - 0.75) / 2, 0.5)
        rows, columns = weights.shape
        middle = max(columns * pitch_mid[0], 1.7)
        wanted = padded.shape[1] * room_for(need)
        width_in = wanted if INPUT_WIDTH < wanted < INPUT_WIDEST else INPUT_WIDTH
        pitch_in = pitch_for(shape_of(padded), need, width_in, GRID_HEIGHT)
        need_out, left = self.need("slide/output"), style.RIGHT - style.LEFT - width_in - middle - SPACES
        # Cells of one size show that the output is smaller, or as large, as the input.
        pitch_out = pitch_for(
            shape_of(result), need_out, min(OUTPUT_WIDTH, left), GRID_HEIGHT, max(pitch_in[1], SMALLEST)
        )
        widths = {
            "input": padded.shape[1] * pitch_in[0],
            "kernel": middle,
            "output": max(result.shape[1] * pitch_out[0], 1.7),
        }
        xs = spread_out(widths, style.LEFT, style.RIGHT)
        self.input = Cells(self.look, shape_of(padded), pitch_in, (xs["input"], GRID_Y))
        self.output = Cells(self.look, shape_of(result), pitch_out, (xs["output"], GRID_Y))
        lift = (GRID_HEIGHT - rows * pitch_mid[1]) / 2
        self.kernel = KernelCells(self, "kernel/weight", pitch_mid, (xs["kernel"], GRID_Y + lift))
        self.products = Cells(self.look, self.kernel_size, pitch_mid, (xs["kernel"], GRID_Y - lift))
        self.input.number_px, self.output.number_px = px_for(need, pitch_in), px_for(need_out, pitch_out)
        self.products.number_px = px_for(need_mid, pitch_mid)

    def need(self, *series: str) -> float:
        """The width of the widest number of some series, in units at the smallest size."""
        found = [name for name in series if name in self.trace.series]
        return max(
            (widest(self.array(n).ravel().tolist(), self.form_of(n), self.look) for n in found), default=0.0
        )

    # -- cells -----------------------------------------------------------------------------------------------------

    def tint(self, cells: Cells, place: Place, value: float, limit: float, role: str = "") -> None:
        """A tile by a value: by `role`, or by its sign."""
        share = TINT * min(abs(value) / limit, 1.0) if limit else 0.0
        cells.tile(*place, role or ("positive" if value >= 0 else "negative"), share)

    def write(self, cells: Cells, place: Place, series: str, *index: int) -> Typeset | None:
        """A value of `series` (at `index`, or at `place`) into its cell, unless it could not be read there."""
        if not cells.number_px:
            return None
        index = index or place
        form, colour = (self.form_of(series), "ink") if self.array(series)[index] else ("d", "muted")
        return cells.put(*place, self.value(series, *index, form=form, px=cells.number_px, colour=colour))

    def fill(self, cells: Cells, series: str, limit: float = 0.0, role: str = "") -> Cells:
        """Tiles and numbers of a whole array, which has the grid's shape."""
        values = self.array(series)
        for place in cells.places():
            self.tint(cells, place, float(values[place]), limit or float(np.abs(values).max()), role)
            self.write(cells, place, series)
        return cells

    def fill_input(self, series: str, offset: Place) -> None:
        """Tiles and numbers of a picture into the input grid, its corner at `offset`."""
        values = self.array(series)
        limit = float(np.abs(values).max()) or 1.0
        role = "" if (values < 0).any() else "input"
        for row, column in np.ndindex(*values.shape):
            place = (row + offset[0], column + offset[1])
            self.tint(self.input, place, float(values[row, column]), limit, role)
            self.write(self.input, place, series, row, column)

    def input_cells(self) -> VGroup:
        """Everything that stands in the input grid."""
        return VGroup(*(self.input.cell(*place) for place in self.input.tiles))

    def output_cells(self) -> VGroup:
        """Everything that stands in the output grid, the empty cells under it included."""
        return VGroup(*self.output.submobjects)

    def ring(self) -> VGroup:
        """The border of zeros, as outlines."""
        cells, (top, left) = self.input, self.border
        rows, columns = self.array("crop/pixel").shape
        ring = VGroup()
        for row, column in cells.places():
            if not (top <= row < top + rows and left <= column < left + columns):
                cells.hollow(row, column)
                self.write(cells, (row, column), "slide/padded")
                ring.add(cells.cell(row, column))
        self.ring_cells = [ring] if len(ring) else []
        return ring

    def empty_output(self) -> VGroup:
        """The output's cells before anything stands in them."""
        self.hollows = VGroup(*(self.output.hollow(*place) for place in self.output.places()))
        return self.hollows

    def result_cell(self, row: int, column: int) -> VGroup:
        """One output: its tile and its number, on top of the empty cell."""
        cells, value = self.output, float(self.array("slide/output")[row, column])
        self.tint(cells, (row, column), value, float(self.item("slide/limit")))
        self.write(cells, (row, column), "slide/output")
        return cells.cell(row, column)

    def show_result(self, row: int, column: int) -> Animation:
        """Animation that writes one output."""
        return FadeIn(self.result_cell(row, column))
