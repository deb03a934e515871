"""Pictures of the trace: `…/pixel` from `…/low` (black) to `…/high` (white), and what a filter makes of one."""

from __future__ import annotations

import numpy as np
from manim import VGroup

from scenes.parts.pictures.image import grey, scale_bar, signed
from scenes.parts.room.box import Box
from scenes.stage import style
from scenes.stage.comparing import comparable
from scenes.stage.stage import Stage

TONES = 17  # of a brightness scale
FLAT = 0.5  # a kernel whose weights add up to less shows differences, no brightness


def tones(film: Stage, picture: str, pixel: str = "") -> np.ndarray:
    """A picture, or the series `pixel` in its brightness, as (rows, columns, 3) uint8."""
    low, high = (float(film.item(f"{picture}/{end}")) for end in ("low", "high"))
    return grey(film.array(pixel or f"{picture}/pixel"), low, high)


def filtered(film: Stage, result: str, weights: str, reach: str, picture: str) -> np.ndarray:
    """The series `result` of filtering a picture: by sign where the weights cancel out, else in its brightness."""
    if abs(float(film.array(weights).sum())) > FLAT:
        return tones(film, picture, result)
    return signed(film.array(result), film.look, float(film.item(reach)))


def tone_scale(film: Stage, ends: dict[str, str], box: Box, most: float) -> VGroup:
    """From black to white in a bar of at most so many units, between the texts of `extremes`."""
    low, high = (film.words(ends[end], style.TABLE_PX) for end in ("low", "high"))
    return scale_bar(low, high, grey(np.linspace(0, 1, TONES)[None, :], 0, 1), film.look, box, most)


def extremes(film: Stage, picture: str) -> dict[str, str]:
    """What black and white stand for, as numbers that can be compared."""
    names = {end: f"{picture}/{end}" for end in ("low", "high")}
    form = comparable([film.item(name) for name in names.values()])
    return {end: film.number(film.s(name), form=form) for end, name in names.items()}
