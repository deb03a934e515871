"""What a layer connects, as a small drawing and in words, and how many parameters that takes."""

from __future__ import annotations

from manim import VGroup

from scenes.parts.nets.fan import Wiring
from scenes.parts.room.box import Box
from scenes.parts.room.layout import column, fit
from scenes.stage import style
from scenes.stage.stage import Stage

PX = 44
DRAWING = 1.1  # units, its height at most


class LayerCount(VGroup):
    """The film's label `key` over a formula, beside the drawing of a window's cells, or of all cells."""

    def __init__(self, film: Stage, key: str, source: str, box: Box, window: bool, **fields: str) -> None:
        side, rest = box.columns(1, 2, gap=style.GAP)
        lines = column(
            [film.words(film.label(key), style.LABEL_PX, "muted"), film.math(source, PX, **fields)]
        )
        super().__init__(Wiring(film.look, side.middle(height=DRAWING), window), fit(lines, rest, "left"))
