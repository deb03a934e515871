"""Sizes of the output by stride, and the lecture notes' worked example as a row of cells."""

from __future__ import annotations

from manim import Line, VGroup

from scenes.convolution.stage import GRID_Y, ConvStage
from scenes.parts.cells import Cells
from scenes.parts.place import at
from scenes.stage import style

ROW_PITCH = 0.66
INPUT_Y, OUTPUT_Y = 1.5, 0.0
MARGIN = 0.1


class StrideTable:
    """One row for each stride: its size of output. Row `s` is `rows[s]`."""

    def __init__(self, film: ConvStage, x: float, chosen: int) -> None:
        top = GRID_Y + 1.5 * ROW_PITCH
        head = film.words(film.label("stride"), style.LABEL_PX, "muted").right_at(at(x - 0.25, top + 0.62))
        size = film.words(film.label("output"), style.LABEL_PX, "muted").left_at(at(x + 0.25, top + 0.62))
        self.heads = VGroup(head, size)
        self.rows: dict[int, VGroup] = {}
        for i, s in enumerate((1, 2, 3, 4)):
            y = top - i * ROW_PITCH
            role = "ink" if s == chosen else "muted"
            stride = film.value(f"stride{s}/stride", px=34, colour=role).right_at(at(x - 0.4, y))
            text = film.words(film.size_text(f"stride{s}/size", f"stride{s}/size"), 34, role).left_at(
                at(x + 0.25, y)
            )
            self.rows[s] = VGroup(stride, text)
        self.group = VGroup(self.heads, *self.rows.values())


class NotesRow:
    """A row of input cells, a window that walks over it, and an output cell under every stop."""

    def __init__(self, film: ConvStage) -> None:
        count, kernel = int(film.item("notes/input")), int(film.item("notes/kernel"))
        pitch = (style.RIGHT - style.LEFT - 2 * MARGIN) / count
        self.cells = Cells(film.look, (1, count), (pitch, pitch), (0.0, INPUT_Y))
        for column in range(count):
            self.cells.tile(0, column, "input", 0.6)
        self.lefts = [int(left) for left in film.array("notes/left")]
        self.frame = self.cells.frame(0, self.lefts[0], 1, kernel)
        self.stops: list[VGroup] = []
        below = Cells(film.look, (1, count), (pitch, pitch), (0.0, OUTPUT_Y))
        for left in self.lefts:
            middle = left + (kernel - 1) / 2
            tile = below.tile(0, left, "activation", 0.6).move_to(below.place(0, middle))
            start = self.cells.place(0, middle) - at(0, pitch / 2 + 0.06)
            wire = Line(
                start, tile.get_top() + at(0, 0.04), color=film.look.muted, stroke_width=style.HAIRLINE
            )
            self.stops.append(VGroup(wire, tile))
        inputs = film.join(film.label("input"), " ", film.number("notes/input", form="d"))
        outputs = film.join(film.label("output"), " ", film.number("notes/output", form="d"))
        self.names = VGroup(
            film.words(inputs, 34).left_at(at(style.LEFT + MARGIN, INPUT_Y + 0.55)),
            film.words(outputs, 34).left_at(at(style.LEFT + MARGIN, OUTPUT_Y - 0.55)),
        )
        self.walk = self.cells.step(0, self.lefts[-1] - self.lefts[0])
        self.group = VGroup(self.cells, self.frame, *self.stops, self.names)
