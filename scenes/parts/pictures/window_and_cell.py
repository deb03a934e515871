"""A picture above what a kernel makes of it, and frames around a window and the cell that comes of it."""

from __future__ import annotations

import numpy as np
from manim import VGroup

from scenes.parts.arrays.cells import Place
from scenes.parts.pictures.halo import haloed
from scenes.parts.pictures.image import pictured, signed
from scenes.parts.room.box import Box
from scenes.parts.room.layout import line_box
from scenes.stage import style
from scenes.stage.stage import Stage


class WindowAndCell:
    """`picture` (y, x, channel) under the label "input", `output`, the values `made` by sign, under "output".

    `window` covers `size` pixels from `corner` on; `cell` is the value at `corner`.
    """

    def __init__(
        self, film: Stage, rgb: np.ndarray, made: np.ndarray, corner: Place, size: Place, box: Box
    ) -> None:
        look, colours = film.look, signed(made, film.look, float(np.abs(made).max()))
        rooms = [room.without(top=style.NAME_ROOM) for room in box.rows(1, 1, gap=style.TIGHT)]
        shown = [pictured(one, look, room) for one, room in zip((rgb, colours), rooms, strict=True)]
        names = [
            film.over(line_box(one), film.label(key))
            for one, key in zip(shown, ("input", "output"), strict=True)
        ]
        self.picture, self.output = (VGroup(*pair) for pair in zip(shown, names, strict=True))
        self.window, self.cell = (
            haloed(one[0].region(*corner, *sides, look, "ink"), look)
            for one, sides in zip(shown, (size, (1, 1)), strict=True)
        )
