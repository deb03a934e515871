"""A convolution as the matrix that it is, and its parameters against those of a dense layer."""

from __future__ import annotations

import numpy as np
from manim import Line, Rectangle, VGroup

from scenes.convolution.stage import GRID_Y, ConvStage
from scenes.parts.image import Picture, framed, signed
from scenes.parts.place import at
from scenes.stage import style

MATRIX_WIDTH, MATRIX_HEIGHT, MATRIX_X = 5.6, 3.2, -3.5
LEFT_X, XS = -0.2, (4.2, 6.4)
ROW_PITCH = 0.95


class SharingTable:
    """The matrix left; right a row for each setting with the two counts."""

    def __init__(self, film: ConvStage) -> None:
        self.film = film
        self.row_frame: Rectangle | None = None
        self.matrix = self._matrix()
        top = GRID_Y + 1.45
        heads = [film.words(film.label(key), style.LABEL_PX, "muted") for key in ("conv", "dense")]
        self.heads = VGroup(*(head.right_at(at(x, top)) for head, x in zip(heads, XS, strict=True)))
        self.rows = [
            self._row(key, top - 0.85 - i * ROW_PITCH) for i, key in enumerate(("run", "learned", "photo"))
        ]
        self.group = VGroup(self.matrix, self.heads, *self.rows)

    def _matrix(self) -> VGroup:
        film = self.film
        if "sharing/matrix" not in film.trace.series:
            return VGroup()
        values = film.array("sharing/matrix")
        picture = Picture(signed(values, film.look, float(np.abs(values).max())), MATRIX_WIDTH, MATRIX_HEIGHT)
        shown = framed(picture.move_to(at(MATRIX_X, GRID_Y - 0.15)), film.look)
        rows, columns = values.shape
        self.row_frame = picture.region(0, 0, 1, columns, film.look, "activation")
        self.row_frame.set_stroke(width=style.LINE)
        self.way = picture.place(rows - 1, 0) - picture.place(0, 0)
        size = film.join(
            film.number("sharing/run/outputs", form=",d"),
            "×",
            film.number("sharing/run/inputs", form=",d"),
            " ",
            film.label("matrix"),
        )
        name = film.words(size, style.LABEL_PX, "muted")
        return VGroup(shown, name.centre_at(at(MATRIX_X, float(picture.get_top()[1]) + 0.3)))

    def _row(self, key: str, y: float) -> VGroup:
        film = self.film
        name = film.words(film.label(f"sharing_{key}"), style.LABEL_PX).left_at(at(LEFT_X, y))
        conv = film.value(f"sharing/{key}/conv_parameters", form=",d", px=38, colour="positive")
        dense = film.value(f"sharing/{key}/dense_parameters", form=",d", px=38)
        rule = Line(
            at(LEFT_X, y + ROW_PITCH / 2), at(XS[1], y + ROW_PITCH / 2), color=film.look.muted,
            stroke_width=style.HAIRLINE,
        )  # fmt: skip
        return VGroup(rule, name, conv.right_at(at(XS[0], y)), dense.right_at(at(XS[1], y)))
