"""The same picture without and with a border of zeros, and how often a window sees each pixel."""

from __future__ import annotations

import numpy as np
from manim import Animation, FadeIn, VGroup

from scenes.convolution.stage import NAME_ROOM, ConvStage
from scenes.parts.box import Box
from scenes.parts.cells import Place, shape_of
from scenes.parts.series_cells import SeriesCells
from scenes.parts.typeset import Typeset
from scenes.stage import style

BEFORE, AFTER = "padding1", "padding2"


class PaddingBoard:
    """Picture and output in cells of one size, so that the output is seen to keep or lose its size."""

    def __init__(self, film: ConvStage, box: Box) -> None:
        self.film = film
        amount = int(film.item(f"{AFTER}/amount"))
        self.amount: Place = (amount, amount)
        self.fits = bool(film.item(f"{BEFORE}/fits"))
        self.same = self.fits and np.array_equal(film.array(f"{BEFORE}/output"), film.array("slide/output"))
        self.shape = shape_of(film.array(f"{AFTER}/padded"))
        also = (f"{AFTER}/padded", *([f"{BEFORE}/visits"] if self.fits else []))
        self.input = film.picture_cells(self.shape, self.amount, also=also)
        self.output = SeriesCells(film, f"{AFTER}/output", also=(f"{BEFORE}/output",) if self.fits else ())
        grids, sides = box.without(top=NAME_ROOM), (self.input, self.output)
        middle = film.kernel.box.width
        each = (grids.width - 2 * style.WIDE - middle) / sum(cells.columns for cells in sides)
        most = grids.height / max(cells.rows for cells in sides)
        self.columns = grids.columns(each * self.input.columns, middle, each * self.output.columns)
        need = max(cells.need or 0.0 for cells in sides)
        for cells, column in zip(sides, self.columns[::2], strict=True):
            cells.need = need
            cells.into(column, most)
        self.name = self._name(0, film.input_text())

    def _name(self, column: int, text: str) -> Typeset:
        """Above one side, at one height for both."""
        side = self.columns[column]
        return self.film.over(Box(side.left, side.right, side.bottom, self.input.box.top), text)

    def output_name(self, which: str) -> Typeset:
        """The size of an output, above it."""
        return self._name(2, self.film.output_text(f"{which}/size"))

    def first_result(self) -> list[Animation]:
        """The output without a border: the grid that is shown moves here, or it fades in."""
        film = self.film
        rows, columns = film.array(f"{BEFORE}/output").shape
        # The border adds as many rows on each side of the output.
        top, left = (self.output.rows - rows) // 2, (self.output.columns - columns) // 2
        if self.same:
            return self.output.adopt(film.output, (top, left))
        for row, column in np.ndindex(rows, columns):
            self.output.draw((row + top, column + left), f"{BEFORE}/output", row, column)
        return [FadeIn(self.output.all())]

    def grown(self) -> list[Animation]:
        """What the border adds to the output."""
        missing = [place for place in self.output.places() if place not in self.output.tiles]
        return [FadeIn(*map(self.output.draw, missing))] if missing else []

    def counted(self) -> SeriesCells:
        """How many windows see each pixel."""
        cells = SeriesCells(
            self.film, f"{BEFORE}/visits", shape=self.shape, corner=self.amount, role="activation"
        )
        return self._like(cells)

    def pixels(self) -> SeriesCells:
        """The pixels as they were."""
        return self._like(self.film.picture_cells(self.shape, self.amount))

    def _like(self, cells: SeriesCells) -> SeriesCells:
        cells.box, cells.pitch, cells.number_px = self.input.box, self.input.pitch, self.input.number_px
        return cells.fill()

    def corner_and_middle(self) -> tuple[Place, Place]:
        """The first pixel and the one that most windows see, as places in the picture."""
        visits = self.film.array(f"{BEFORE}/visits")
        middle = np.argwhere(visits == visits.max())
        row, column = middle[len(middle) // 2]
        return (0, 0), (int(row), int(column))

    def frames(self) -> VGroup:
        """Marks on these two."""
        top, left = self.amount
        return VGroup(
            *(self.input.frame((row + top, column + left)) for row, column in self.corner_and_middle())
        )
