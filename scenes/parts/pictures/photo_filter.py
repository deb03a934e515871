"""A filter of the photograph, by its name: its kernel, its name in the film's language, and what it makes."""

from __future__ import annotations

import numpy as np

from scenes.parts.arrays.series_cells import SeriesCells
from scenes.parts.pictures.recorded_picture import filtered
from scenes.stage.stage import Stage


def photo_filter(film: Stage, name: str) -> tuple[SeriesCells, str, np.ndarray]:
    """Read from filter{k}/… and photo/filters."""
    numbers = range(1, int(film.item("photo/filters")) + 1)
    one = next(f"filter{k}" for k in numbers if str(film.item(f"filter{k}/name")) == name)
    rgb = filtered(film, f"{one}/map", f"{one}/weight", f"{one}/strong", "photo")
    return SeriesCells(film, f"{one}/weight"), film.name(f"{one}/name"), rgb
