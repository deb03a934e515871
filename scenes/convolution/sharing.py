"""A convolution as the matrix that it is, and its parameters against those of a dense layer."""

from __future__ import annotations

import numpy as np
from manim import Rectangle, VGroup

from scenes.convolution.stage import NAME_ROOM, ConvStage
from scenes.parts.box import Box
from scenes.parts.image import pictured, signed
from scenes.parts.layout import line_box
from scenes.parts.table import Column, Table
from scenes.stage import style

PARTS = ("run", "learned", "photo")
NUMBER_PX = 38
PITCH = 1.0


class Matrix(VGroup):
    """The matrix under its size; `row` is a frame around its first row, `way` the way to its last one."""

    row: Rectangle

    def __init__(self, film: ConvStage, box: Box) -> None:
        super().__init__()
        values = film.array("sharing/matrix")
        colours = signed(values, film.look, float(np.abs(values).max()))
        shown = pictured(colours, film.look, box.without(top=NAME_ROOM))
        picture, last = shown[0], len(values) - 1
        self.row = picture.region(0, 0, 1, values.shape[1], film.look, "activation").set_stroke(
            width=style.LINE
        )
        self.way = picture.place(last, 0) - picture.place(0, 0)
        rows, columns = (film.number(f"sharing/run/{key}", form=",d") for key in ("outputs", "inputs"))
        self.add(shown, film.over(line_box(shown), film.join(rows, "×", columns, " ", film.label("matrix"))))


def counts(film: ConvStage, box: Box) -> Table:
    """A row for each setting with the two counts of parameters."""
    names = [film.words(film.label(f"sharing_{part}"), style.LABEL_PX) for part in PARTS]
    columns = [Column(names, align="left")]
    for kind, role in (("conv", "positive"), ("dense", "ink")):
        cells = [
            film.value(f"sharing/{part}/{kind}_parameters", form=",d", px=NUMBER_PX, colour=role)
            for part in PARTS
        ]
        columns.append(Column(cells, film.head(kind)))
    rules = [(row, 0, 2) for row in range(len(PARTS))]
    return Table(film.look, columns, box, rules=rules, pitch=PITCH, up="centre")
