"""A picture left and what a kernel makes of it right, and frames around a window and the cell that comes of it."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from manim import Animation, Create, Line, Mobject, VGroup

from scenes.parts.arrays.cells import Place
from scenes.parts.pictures.halo import haloed
from scenes.parts.pictures.image import pictured, signed
from scenes.parts.room.box import Box
from scenes.parts.room.layout import line_box
from scenes.stage import style
from scenes.stage.declare import allow
from scenes.stage.stage import Stage

COLUMNS = (3.6, 5.3, 3.6)  # the picture, what stands between, the output


class WindowAndCell:
    """`picture` (y, x, channel) under the label "input", `output`, the values `made` by sign, under "output".

    `window` covers `size` pixels from `corner` on; `cell` is the value at `corner`. The pixels of both are of one size.
    The room `between` them is free; `ways` lead from the window to what stands there.
    """

    def __init__(
        self, film: Stage, rgb: np.ndarray, made: np.ndarray, corner: Place, size: Place, box: Box
    ) -> None:
        look, colours = film.look, signed(made, film.look, float(np.abs(made).max()))
        self.look, self.ways = look, VGroup()
        left, self.between, right = box.columns(*COLUMNS, gap=style.GAP)
        first = pictured(rgb, look, left.without(top=style.NAME_ROOM))
        high, wide = (pitch * side for pitch, side in zip(first[0].pitch[::-1], made.shape, strict=True))
        shown = (first, pictured(colours, look, right.without(top=style.NAME_ROOM).middle(wide, high)))
        names = [
            film.over(line_box(one), film.label(key))
            for one, key in zip(shown, ("input", "output"), strict=True)
        ]
        self.picture, self.output = (VGroup(*pair) for pair in zip(shown, names, strict=True))
        self.window, self.cell = (
            haloed(one[0].region(*corner, *sides, look, "ink"), look)
            for one, sides in zip(shown, (size, (1, 1)), strict=True)
        )

    def join(self, parts: Sequence[Mobject], colours: Sequence[str] = style.CHANNELS) -> list[Animation]:
        """The window, and a thin line from it to the left of each part, in its colour."""
        for part, colour in zip(parts, colours, strict=True):
            end = part.get_left() - [style.TIGHT, 0, 0]
            line = Line(self.window.get_right(), end, color=colour, stroke_width=style.LINE)
            edge = line.copy().set_stroke(self.look.background, 2 * style.LINE)
            self.ways.add(allow(VGroup(edge, line), "text-over-line", "a way to what is named there"))
        return [Create(one, lag_ratio=0) for one in (self.window, *self.ways)]  # edge and line together
