"""Whole numbers of a row on tiles, in lines; of many the first and the last few."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from manim import RoundedRectangle, VGroup

from scenes.parts.room.box import Box
from scenes.parts.room.folding import fold
from scenes.parts.room.layout import fit
from scenes.parts.text.typeset import Typeset
from scenes.stage import style
from scenes.stage.style import Look

MOST = 24
LEAST_WIDE, HIGH = 0.5, 0.5  # of a tile
PAD, GAP, PITCH = 0.2, 0.1, 0.62  # beside a number; between two tiles; from line to line


def number_tiles(
    look: Look, box: Box, count: int, number: Callable[[int], Typeset], dots: Typeset, role: str = "input"
) -> VGroup:
    """`number(k)` on a tile for each k of `count`, as many in a line as fit; `dots` for those that are left out."""
    shown = fold(count, MOST)
    texts = {k: number(k) for k in shown.shown}
    wide = max(LEAST_WIDE, *(text.width + PAD for text in texts.values()))
    columns = min(shown.slots, int((box.width + GAP) / (wide + GAP)))
    out = VGroup()

    def place(slot: int) -> np.ndarray:
        return np.array([(wide + GAP) * (slot % columns), -PITCH * (slot // columns), 0])

    for k, text in texts.items():
        tile = RoundedRectangle(corner_radius=0.08, width=wide, height=HIGH, stroke_width=style.LINE)
        tile.set_stroke(look.colour(role)).set_fill(look.surface, 1).move_to(place(shown.slot(k)))
        out.add(VGroup(tile, text.centre_at(tile.get_center())))
    if shown.gap is not None:
        out.add(dots.centre_at(place(shown.gap)))
    return fit(out, box)
