"""Filters on a photograph: one at a time with its kernel, then several side by side."""

from __future__ import annotations

import numpy as np
from manim import DOWN, Rectangle, VGroup, VMobject

from scenes.convolution.stage import NAME_ROOM, ConvStage
from scenes.parts.box import Box
from scenes.parts.image import grey, pictured, ramp, signed
from scenes.parts.layout import line_box
from scenes.parts.series_cells import SeriesCells
from scenes.stage import style

BAR_HEIGHT = 0.12
COLUMNS, ROWS = 3, 2
KERNEL_CELL = 0.62


def map_colours(film: ConvStage, k: int) -> np.ndarray:
    """The result of filter `k`: by sign where its weights add up to nothing, else as brightness."""
    values = film.array(f"filter{k}/map")
    if abs(float(film.array(f"filter{k}/weight").sum())) > 0.5:
        return grey(values, float(film.item("photo/low")), float(film.item("photo/high")))
    return signed(values, film.look, float(film.item(f"filter{k}/strong")))


class PhotoPair:
    """The photograph left, what a filter makes of it right, the kernel between."""

    def __init__(self, film: ConvStage, box: Box) -> None:
        self.film = film
        left, self.middle, self.right = box.columns(2.7, 1, 2.7, gap=style.GAP)
        self.photo = pictured(film.tones("photo"), film.look, left)

    def kernel(self, k: int) -> SeriesCells:
        """Filter `k`'s weights."""
        return SeriesCells(self.film, f"filter{k}/weight").into(self.middle, KERNEL_CELL).fill()

    def result(self, k: int) -> VGroup:
        """What filter `k` makes of the photograph."""
        return pictured(map_colours(self.film, k), self.film.look, self.right)

    def outline(self) -> VGroup:
        """Both gradients together: their length at every pixel."""
        share = self.film.array("photo/magnitude") / (float(self.film.item("photo/magnitude_strong")) or 1.0)
        return pictured(ramp(share, self.film.look, "activation"), self.film.look, self.right)

    def cover(self, result: VMobject) -> Rectangle:
        """Hides a result until the scan has passed."""
        cover = Rectangle(width=result.width + 0.02, height=result.height + 0.02, stroke_width=0)
        return cover.set_fill(self.film.look.background, opacity=1).move_to(result)

    def bar(self, picture: VMobject) -> Rectangle:
        """The row of windows that scans a picture, at its top."""
        bar = Rectangle(width=picture.width, height=BAR_HEIGHT, stroke_width=style.LINE)
        bar.set_stroke(self.film.look.activation)
        return bar.next_to(picture.get_top(), DOWN, buff=0)

    def scan(self) -> np.ndarray:
        """The way of a bar from top to bottom."""
        return np.asarray(DOWN * (self.photo.height - BAR_HEIGHT))


def gallery(film: ConvStage, box: Box) -> VGroup:
    """Up to six filters, each with its kernel beside its result."""
    count = int(film.item("photo/filters"))
    names = [str(film.item(f"filter{k}/name")) for k in range(1, count + 1)]
    chosen = [k for k, name in enumerate(names, start=1) if name != "identity"]
    if len(chosen) > COLUMNS * ROWS:
        chosen = [*chosen[: COLUMNS * ROWS - 1], chosen[-1]]
    return VGroup(*(_card(film, k, card) for k, card in zip(chosen, box.grid(ROWS, COLUMNS), strict=False)))


def _card(film: ConvStage, k: int, box: Box) -> VGroup:
    side, rest = box.columns(1, 2.2, gap=style.TIGHT)
    picture = pictured(map_colours(film, k), film.look, rest)
    kernel = SeriesCells(film, f"filter{k}/weight").into(side.without(top=NAME_ROOM), KERNEL_CELL).fill()
    name = film.fitted(film.name(f"filter{k}/name"), side.width, style.SMALL_PX, "muted")
    top = line_box(kernel).top + NAME_ROOM / 2
    return VGroup(name.centre_at([side.centre[0], top, 0]), kernel, picture)
