"""A grid with its largest cell framed, and below the grid an arrow to that number."""

from __future__ import annotations

import numpy as np
from manim import Arrow, VGroup

from scenes.parts.arrays.tiles import Tiles
from scenes.parts.room.box import Box
from scenes.parts.text.typeset import Typeset
from scenes.stage import style
from scenes.stage.style import Look

GAP = 0.1  # between the arrow and what it joins
TIP = 0.18


class Summit(VGroup):
    """`number` stands in `below`, under the largest cell of `values` (y, x) in `grid`."""

    def __init__(self, look: Look, grid: Tiles, values: np.ndarray, number: Typeset, below: Box) -> None:
        y, x = divmod(int(values.argmax()), values.shape[1])
        frame = grid.frame((y, x), role="ink")
        number.centre_at([frame.get_x(), below.centre[1], 0])
        start = [frame.get_x(), grid.box.bottom, 0]
        arrow = Arrow(start, number.get_top(), buff=GAP, stroke_width=style.STRONG, tip_length=TIP)
        arrow.set_color(look.ink)
        super().__init__(grid, frame, number, arrow)
