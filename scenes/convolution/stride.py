"""Sizes of the output by stride, and the lecture notes' worked example as a row of cells."""

from __future__ import annotations

from manim import Line, VGroup

from scenes.convolution.stage import ConvStage
from scenes.parts.box import Box
from scenes.parts.cells import Cells
from scenes.parts.layout import fit
from scenes.parts.table import Column, Table
from scenes.stage import style

STRIDES = (1, 2, 3, 4)
PX = 40
SHARE = 0.6  # of a tint, where a tile has no value


def stride_table(film: ConvStage, chosen: int, box: Box) -> Table:
    """One row for each stride: its size of output."""
    roles = ["ink" if s == chosen else "muted" for s in STRIDES]
    steps = [
        film.value(f"stride{s}/stride", px=PX, colour=role) for s, role in zip(STRIDES, roles, strict=True)
    ]
    sizes = [
        film.words(film.size_text(f"stride{s}/size"), PX, role)
        for s, role in zip(STRIDES, roles, strict=True)
    ]
    columns = [
        Column(steps, film.head("stride"), "centre"),
        Column(sizes, film.head("output"), "centre"),
    ]
    return Table(film.look, columns, box, gap=style.WIDE, up="centre")


class NotesRow:
    """A row of input cells, a window that walks over it, and an output cell under every stop."""

    def __init__(self, film: ConvStage, box: Box) -> None:
        count, kernel = int(film.item("notes/input")), int(film.item("notes/kernel"))
        upper, above, below, lower = box.rows(0.5, 1, 1.8, 0.5)
        self.cells = Cells(film.look, (1, count)).into(above, up=1)
        for place in self.cells.places():
            self.cells.tile(place, "input", SHARE)
        lefts = [int(left) for left in film.array("notes/left")]
        self.frame = self.cells.frame((0, lefts[0]), (1, kernel))
        self.walk = self.cells.step(0, lefts[-1] - lefts[0])
        wide = int(film.item("notes/stride")) * self.cells.pitch[0]
        first, last = (self.cells.place(0, lefts[i] + (kernel - 1) / 2)[0] for i in (0, -1))
        outputs = Cells(film.look, (1, len(lefts)))
        outputs.into(Box(first - wide / 2, last + wide / 2, below.bottom, below.top), up=0)
        self.stops = [self._stop(outputs, i, kernel, left) for i, left in enumerate(lefts)]
        names = [
            film.words(film.join(film.label(key), " ", film.number(f"notes/{key}", form="d")), PX)
            for key in ("input", "output")
        ]
        self.names = VGroup(fit(names[0], upper, "left", "top"), fit(names[1], lower, "left", "bottom"))
        self.group = VGroup(self.cells, self.frame, *self.stops, self.names)

    def _stop(self, outputs: Cells, number: int, kernel: int, left: int) -> VGroup:
        """An output, and a line to it from the middle of its window."""
        tile = outputs.tile((0, number), "activation", SHARE)
        first, last = (self.cells.tiles[0, column] for column in (left, left + kernel - 1))
        line = {"color": self.cells.look.muted, "stroke_width": style.HAIRLINE}
        middle = (first.get_bottom() + last.get_bottom()) / 2
        return VGroup(Line(middle, tile.get_top(), buff=style.TIGHT, **line), tile)
