"""A small array of weights as squares on a tile: the area is the size, filled is positive, hollow is negative."""

from __future__ import annotations

import numpy as np
from manim import Rectangle, VGroup

from scenes.parts.arrays.hinton import squares
from scenes.parts.room.box import Box
from scenes.stage import style
from scenes.stage.style import Look

INSIDE = 0.94  # of the tile that the squares take


class SignedSquares(VGroup):
    """`values` (rows, columns) as large as `box` allows; a value of the size `largest` fills its place."""

    def __init__(self, look: Look, values: np.ndarray, box: Box, largest: float = 0.0) -> None:
        rows, columns = values.shape
        side = min(box.width / columns, box.height / rows)
        home = box.inner(side * columns, side * rows)
        tile = Rectangle(width=home.width, height=home.height, fill_color=look.surface, fill_opacity=1)
        super().__init__(tile.set_stroke(look.muted, style.HAIRLINE).move_to(home.centre))
        inner = home.inner(INSIDE * home.width, INSIDE * home.height)
        places = np.argwhere(np.ones(values.shape, bool))
        centres = np.array([inner.at((x + 0.5) / columns, 1 - (y + 0.5) / rows)[:2] for y, x in places])
        for role, own in (("positive", values > 0), ("negative", values < 0)):
            shown = np.where(own, values, 0.0).ravel()
            reach = largest or float(np.abs(values).max())
            self.add(squares(look, shown, centres, INSIDE * side, reach, role))
