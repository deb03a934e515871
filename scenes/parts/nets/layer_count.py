"""What a layer connects, as a small drawing and in words, and how many parameters that takes."""

from __future__ import annotations

from manim import VGroup

from scenes.parts.nets.fan import Wiring
from scenes.parts.room.box import Box
from scenes.parts.room.layout import column, fit
from scenes.stage import style
from scenes.stage.stage import Stage

PX = 44
DRAWING = 1.2  # units, its height at most
GROW = 1.25  # of label and formula


class LayerCount(VGroup):
    """The film's label `kind` over a formula, beside the drawing of a window's cells, or of all cells.

    `kind` is dense, local (windows, each with weights of its own) or conv (the same weights for all of them).
    """

    def __init__(self, film: Stage, kind: str, source: str, box: Box, **fields: str) -> None:
        side, rest = box.columns(1, 2, gap=style.GAP)
        lines = column(
            [film.words(film.label(kind), style.LABEL_PX, "muted"), film.math(source, PX, **fields)]
        )
        drawing = Wiring(film.look, side.middle(height=DRAWING), kind != "dense", kind == "conv")
        super().__init__(drawing, fit(lines, rest, "left", grow=GROW))
