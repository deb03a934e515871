"""A recorded row of values, each on a tile at a place of its own: the end of columns that stand above them."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from manim import Rectangle, VGroup

from scenes.parts.arrays.cells import EDGE
from scenes.stage import style
from scenes.stage.stage import Stage


class ValueRow(VGroup):
    """The values of `series`, or of its row `at`, at `xs`, each a group of tile and number.

    Tiles take `role`, or the sign's hue.
    """

    def __init__(
        self,
        film: Stage,
        series: str,
        xs: Sequence[float],
        y: float,
        size: tuple[float, float],
        form: str,
        role: str = "",
        px: float = style.NUMBER_PX,
        at: tuple[int, ...] = (),
    ) -> None:
        super().__init__()
        values, look = film.array(series)[at], film.look
        largest = float(np.abs(values).max()) or 1.0
        for k, x in enumerate(xs):
            value = float(values[k])
            hue = look.colour(role or ("positive" if value >= 0 else "negative"))
            share = abs(value) / largest
            tile = Rectangle(width=size[0], height=size[1], fill_opacity=1).move_to([x, y, 0])
            tile.set_fill(style.blend(look.surface, hue, style.FILL_MAX * share))
            tile.set_stroke(style.blend(look.surface, hue, EDGE + (1 - EDGE) * share), style.HAIRLINE)
            number = film.value(
                series, *at, k, form=form if value else "d", px=px, colour="ink" if value else "muted"
            )
            self.add(VGroup(tile, number.centre_at([x, y, 0])))
