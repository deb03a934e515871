"""Filters, each with its numbers beside what they make of one picture: as many as can be read."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from manim import VGroup

from scenes.parts.arrays.series_cells import SeriesCells
from scenes.parts.pictures.filter_card import FilterCard
from scenes.parts.room.box import Box

ROWS, COLUMNS = 2, 2


class Gallery(VGroup):
    """A card for each of `filters`: kernel, name, what it makes, what it does. Of too many the last one stays."""

    def __init__(self, filters: Sequence[tuple[SeriesCells, str, np.ndarray, str]], box: Box) -> None:
        boxes = box.grid(ROWS, COLUMNS)
        kept = list(filters)
        kept = kept if len(kept) <= len(boxes) else [*kept[: len(boxes) - 1], kept[-1]]
        cards = (FilterCard(*one[:3], room, one[3]) for one, room in zip(kept, boxes, strict=False))
        super().__init__(*cards)
