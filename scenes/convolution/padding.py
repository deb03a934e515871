"""The same picture without and with a border of zeros, and how often a window sees each pixel."""

from __future__ import annotations

import numpy as np
from manim import Animation, FadeIn, VGroup

from scenes.convolution.stage import GRID_HEIGHT, GRID_Y, TINT, ConvStage
from scenes.parts.cells import Cells, Place, pitch_for, px_for, shape_of, spread_out
from scenes.parts.motion import arrive, leave
from scenes.parts.place import at
from scenes.parts.typeset import Typeset
from scenes.stage import style

KERNEL_ROOM = 0.4  # free space beside a kernel that stands between the two
WIDTH = 5.9  # the most that one of the two grids takes


class PaddingBoard:
    """Picture and output in cells of one size, so that the output is seen to keep or lose its size."""

    def __init__(self, film: ConvStage) -> None:
        self.film = film
        amount = film.array("padding2/amount")
        self.amount: Place = (int(amount[0]), int(amount[1])) if amount.ndim else (int(amount), int(amount))
        self.size: Place = (int(film.item("crop/height")), int(film.item("crop/width")))
        padded = film.array("padding2/padded")
        need = film.need(
            "padding2/padded", "crop/pixel", "padding1/visits", "padding1/output", "padding2/output"
        )
        rows, columns = padded.shape
        outs = film.array("padding2/size")
        pitch = pitch_for(
            (max(rows, int(outs[0])), max(columns, int(outs[1]))), need, WIDTH, GRID_HEIGHT, 0.5
        )
        widths = {"input": columns * pitch[0], "output": max(int(outs[1]) * pitch[0], 2.2)}
        self.xs = spread_out(widths, style.LEFT, style.RIGHT)
        self.pitch = pitch
        self.input = Cells(film.look, (rows, columns), pitch, (self.xs["input"], GRID_Y))
        self.input.number_px = px_for(need, pitch)
        self.output = self._output()

    def kernel_place(self) -> np.ndarray | None:
        """Where the kernel stands between the two grids; None when there is no room."""
        left = self.xs["input"] + self.input.size[0] / 2
        right = self.xs["output"] - float(self.film.array("padding2/size")[1]) * self.pitch[0] / 2
        if right - left < self.film.kernel.size[0] + KERNEL_ROOM:
            return None
        return at((left + right) / 2, GRID_Y)

    def take_over(self) -> list[Animation]:
        """Animations that bring the film's cells onto the board."""
        return self.input.adopt(self.film.input, self.size, self.amount, self.film.border)

    def name(self, side: str, text: str) -> Typeset:
        """A name above one side, at one height for both."""
        y = GRID_Y + self.input.size[1] / 2 + 0.28
        return self.film.words(text, style.LABEL_PX, "muted").centre_at(at(self.xs[side], y))

    def output_name(self, which: str) -> Typeset:
        """The size of an output, above it."""
        film = self.film
        size = film.size_text(f"{which}/size", f"{which}/size")
        return self.name("output", film.join(film.label("output"), " ", size))

    def first_result(self, shown: Cells | None) -> list[Animation]:
        """The output without a border, as animations: the grid that is `shown` moves here, or it fades in."""
        size = shape_of(self.film.array("padding1/output"))
        # The border adds as many rows on each side of the output.
        corner = ((self.output.rows - size[0]) // 2, (self.output.columns - size[1]) // 2)
        if shown is not None:
            return self.output.adopt(shown, size, corner)
        for row, column in np.ndindex(*size):
            self._write((row + corner[0], column + corner[1]), "padding1/output", row, column)
        return [FadeIn(self.results())]

    def results(self) -> VGroup:
        """The cells of the output that are shown by now."""
        return VGroup(*(self.output.cell(*place) for place in self.output.tiles))

    def rim(self) -> list[Animation]:
        """What the border adds to the output."""
        missing = [place for place in self.output.places() if place not in self.output.tiles]
        for place in missing:
            self._write(place, "padding2/output", *place)
        return [FadeIn(*(self.output.cell(*place) for place in missing))] if missing else []

    def _output(self) -> Cells:
        cells = Cells(
            self.film.look,
            shape_of(self.film.array("padding2/output")),
            self.pitch,
            (self.xs["output"], GRID_Y),
        )
        cells.number_px = self.input.number_px
        return cells

    def _write(self, place: Place, series: str, *index: int) -> None:
        film = self.film
        limit = float(np.abs(film.array("padding2/output")).max())
        film.tint(self.output, place, float(film.array(series)[index]), limit)
        film.write(self.output, place, series, *index)

    def count_visits(self) -> list[Animation]:
        """The numbers of the pixels give way to how many windows see each of them."""
        film, out = self.film, []
        visits = film.array("padding1/visits")
        self.pixels: dict[Place, tuple[object, Typeset | None]] = {}
        for place in np.ndindex(*self.size):
            here = (place[0] + self.amount[0], place[1] + self.amount[1])
            tile, old = self.input.tiles[here], self.input.numbers.pop(here, None)
            self.pixels[here] = (tile.copy(), old)
            new = Cells(film.look, (self.input.rows, self.input.columns), self.pitch, self.input.centre).tile(
                *here, "activation", TINT * float(visits[place]) / max(float(visits.max()), 1.0)
            )
            out.append(tile.animate.become(new))
            count = film.write(self.input, here, "padding1/visits", *place)
            out += self._swap(here, old, count)
        return out

    def _swap(self, here: Place, old: Typeset | None, new: Typeset | None) -> list[Animation]:
        """`new`, which stands in the cell by now, takes the place of `old`; one that says the same stays."""
        if old is not None and new is not None and old.source == new.source:
            self.input.numbers[here] = old
            return []
        return [*([leave(old)] if old is not None else []), *([arrive(new)] if new is not None else [])]

    def corner_and_middle(self) -> tuple[Place, Place]:
        """The first pixel and the one that most windows see, as places in the picture."""
        visits = self.film.array("padding1/visits")
        middle = np.argwhere(visits == visits.max())
        row, column = middle[len(middle) // 2]
        return (0, 0), (int(row), int(column))

    def frames(self) -> VGroup:
        """Marks on these two."""
        places = self.corner_and_middle()
        return VGroup(
            *(self.input.frame(row + self.amount[0], column + self.amount[1]) for row, column in places)
        )

    def back_to_pixels(self) -> list[Animation]:
        """The pixels' own numbers return."""
        out: list[Animation] = []
        for here, (tile, number) in self.pixels.items():
            out.append(self.input.tiles[here].animate.become(tile))
            count = self.input.numbers.pop(here, None)
            if number is not None:
                self.input.put(*here, number)
            out += self._swap(here, count, number)
        return out

    def ring(self) -> list[Animation]:
        """The border comes, side after side seen as one."""
        cells, film = self.input, self.film
        parts = VGroup()
        for row, column in cells.places():
            if (row, column) in cells.tiles:
                continue
            cells.hollow(row, column)
            film.write(cells, (row, column), "padding2/padded")
            parts.add(cells.cell(row, column))
        return [FadeIn(parts)] if len(parts) else []
