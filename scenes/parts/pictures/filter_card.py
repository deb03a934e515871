"""A filter beside what it makes of a picture."""

from __future__ import annotations

import numpy as np
from manim import VGroup

from scenes.parts.arrays.series_cells import SeriesCells
from scenes.parts.pictures.image import pictured
from scenes.parts.room.box import Box
from scenes.stage import style

PICTURE = 2.5  # times as wide as the kernel's room


class FilterCard(VGroup):
    """`kernel` under its `name`, and beside them the picture `rgb` that it makes."""

    def __init__(self, kernel: SeriesCells, name: str, rgb: np.ndarray, box: Box) -> None:
        super().__init__()
        film, (side, rest) = kernel.film, box.columns(1, PICTURE, gap=style.TIGHT)
        self.kernel = kernel.into(side.without(top=style.NAME_ROOM)).fill()
        self.name = film.fitted(name, side.width, style.SMALL_PX, "muted")
        self.name.centre_at([side.centre[0], kernel.box.top + style.NAME_ROOM / 2, 0])
        self.add(self.name, self.kernel, pictured(rgb, film.look, rest))
