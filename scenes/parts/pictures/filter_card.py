"""A filter beside what it makes of a picture, with what it does in words."""

from __future__ import annotations

import numpy as np
from manim import VGroup

from scenes.parts.arrays.series_cells import SeriesCells
from scenes.parts.pictures.image import pictured
from scenes.parts.room.box import Box
from scenes.stage import style

PICTURE = 1.1  # times as wide as the kernel's room


class FilterCard(VGroup):
    """`kernel` under its `name`, below it what it `does`, and beside them the picture `rgb` that it makes."""

    def __init__(self, kernel: SeriesCells, name: str, rgb: np.ndarray, box: Box, does: str = "") -> None:
        super().__init__()
        film, (side, rest) = kernel.film, box.columns(1, PICTURE, gap=style.TIGHT)
        room = style.NAME_ROOM
        self.kernel = kernel.into(side.without(top=room, bottom=room if does else 0.0)).fill()
        texts = [(name, style.LABEL_PX, "ink", kernel.box.top + room / 2)]
        texts += [(does, style.LABEL_PX, "ink", kernel.box.bottom - room / 2)] if does else []
        for text, px, colour, y in texts:
            self.add(film.fitted(text, side.width, px, colour).centre_at([side.centre[0], y, 0]))
        self.add(self.kernel, pictured(rgb, film.look, rest))
