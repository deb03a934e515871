"""A grid with its largest cell framed, and below the grid an arrow to that number."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from manim import Arrow, VGroup

from scenes.parts.arrays.tiles import Tiles
from scenes.parts.room.box import Box
from scenes.parts.text.typeset import Typeset
from scenes.stage import style
from scenes.stage.stage import Stage

ROWS = (3.6, 1)  # of a box: the grid, and the number
NUMBER_PX = 64
GAP, TIP = 0.1, 0.18  # between the arrow and what it joins; its tip


class Summit(VGroup):
    """`series` (y, x) in a grid, and `number`, the largest of it, under its largest cell. `options` of the tiles."""

    def __init__(
        self, film: Stage, series: str, box: Box, head: Typeset, number: Typeset, **options: Any
    ) -> None:
        above, below = box.rows(*ROWS)
        grid, values = Tiles(film, series, above, head, **options), film.array(series)
        y, x = divmod(int(values.argmax()), values.shape[1])
        frame = grid.frame((y, x), role="ink")
        number.centre_at([frame.get_x(), below.centre[1], 0])
        start = [frame.get_x(), grid.box.bottom, 0]
        arrow = Arrow(start, number.get_top(), buff=GAP, stroke_width=style.STRONG, tip_length=TIP)
        super().__init__(grid, frame, number, arrow.set_color(film.look.ink))


class Summits(VGroup):
    """Summits side by side in a box: `maps` are their series by those of their largest numbers."""

    def __init__(
        self,
        film: Stage,
        maps: Mapping[str, str],
        heads: Sequence[Typeset],
        box: Box,
        form: str,
        **options: Any,
    ) -> None:
        boxes = box.columns(*[1.0] * len(maps), gap=style.GAP)
        super().__init__()
        for (largest, series), head, one in zip(maps.items(), heads, boxes, strict=True):
            number = film.value(largest, form=form, px=NUMBER_PX, colour="activation")
            self.add(Summit(film, series, one, head, number, **options))
