"""Filters on a photograph: one at a time with its kernel, then several side by side."""

from __future__ import annotations

import numpy as np
from manim import DOWN, UP, Rectangle, VGroup

from scenes import style
from scenes.conv_stage import GRID_HEIGHT, GRID_Y, ConvStage
from scenes.panels.place import at
from scenes.parts.cells import number_form, pitch_for, spread_out, widest
from scenes.parts.image import Picture, framed, grey, signed
from scenes.parts.kernel import KernelCells
from scenes.parts.typeset import Typeset

PICTURE_WIDTH, KERNEL_WIDTH = 5.0, 2.0
STRONG_EDGE = (
    99.0  # percentile of a map's sizes that is drawn at full strength: single pixels reach far beyond
)
BAR_HEIGHT = 0.12
COLUMNS, ROWS = 3, 2


def map_picture(film: ConvStage, k: int, width: float, height: float) -> Picture:
    """The result of filter `k`: by sign where its weights add up to nothing, else as brightness."""
    values = film.array(f"filter{k}/map")
    if abs(float(film.array(f"filter{k}/weight").sum())) > 0.5:
        low, high = float(film.item("photo/low")), float(film.item("photo/high"))
        return Picture(grey(values, low, high), width, height)
    return Picture(
        signed(values, film.look, float(np.percentile(np.abs(values), STRONG_EDGE))), width, height
    )


def is_signed(film: ConvStage, k: int) -> bool:
    """Whether `map_picture` draws filter `k` by sign."""
    return abs(float(film.array(f"filter{k}/weight").sum())) <= 0.5


def filter_name(film: ConvStage, k: int, px: float = style.LABEL_PX) -> Typeset:
    """The name of filter `k`."""
    return film.words(film.name(f"filter{k}/name"), px, "muted")


class PhotoPair:
    """The photograph left, what a filter makes of it right, the kernel between."""

    def __init__(self, film: ConvStage) -> None:
        self.film = film
        pixel = film.array("photo/pixel")
        low, high = float(film.item("photo/low")), float(film.item("photo/high"))
        photo = Picture(grey(pixel, low, high), PICTURE_WIDTH, GRID_HEIGHT)
        side = float(photo.width)
        self.xs = spread_out({"photo": side, "kernel": KERNEL_WIDTH, "map": side}, style.LEFT, style.RIGHT)
        self.photo = framed(photo.move_to(at(self.xs["photo"], GRID_Y)), film.look)
        self.box = (float(photo.width), float(photo.height))

    def kernel(self, k: int) -> VGroup:
        """Filter `k`'s weights with its name."""
        film, weights = self.film, self.film.array(f"filter{k}/weight")
        need = widest(weights.ravel().tolist(), number_form(weights), film.look)
        pitch = pitch_for(*weights.shape, need, KERNEL_WIDTH, KERNEL_WIDTH, 0.6)
        cells = KernelCells(film, f"filter{k}/weight", pitch, (self.xs["kernel"], GRID_Y))
        return VGroup(cells, film.over(cells, film.name(f"filter{k}/name")))

    def result(self, k: int) -> VGroup:
        """What filter `k` makes of the photograph."""
        return framed(
            map_picture(self.film, k, *self.box).move_to(at(self.xs["map"], GRID_Y)), self.film.look
        )

    def outline(self) -> VGroup:
        """Both gradients together: their length at every pixel."""
        film = self.film
        values = film.array("photo/magnitude")
        share = np.clip(values / (np.percentile(values, STRONG_EDGE) or 1.0), 0, 1)
        rgb = signed(share, film.look, 1.0)
        return framed(Picture(rgb, *self.box).move_to(at(self.xs["map"], GRID_Y)), film.look)

    def cover(self, result: VGroup) -> Rectangle:
        """Hides a result until the scan has passed."""
        cover = Rectangle(width=result.width + 0.04, height=result.height + 0.04, stroke_width=0)
        return cover.set_fill(self.film.look.background, opacity=1).move_to(result)

    def bar(self, picture: VGroup) -> Rectangle:
        """The row of windows that scans a picture, at its top."""
        bar = Rectangle(width=picture.width, height=BAR_HEIGHT, stroke_width=style.LINE)
        bar.set_stroke(self.film.look.activation)
        return bar.next_to(picture.get_top(), DOWN, buff=0)

    def scan(self, bar: Rectangle) -> np.ndarray:
        """The way of a bar from top to bottom."""
        return np.asarray(UP * (BAR_HEIGHT - self.box[1]))


class Gallery:
    """Up to six filters, each with its kernel beside its result."""

    def __init__(self, film: ConvStage) -> None:
        self.film = film
        count = int(film.item("photo/filters"))
        names = [str(film.item(f"filter{k}/name")) for k in range(1, count + 1)]
        chosen = [k for k in range(1, count + 1) if names[k - 1] != "identity"]
        if len(chosen) > COLUMNS * ROWS:
            chosen = [*chosen[: COLUMNS * ROWS - 1], chosen[-1]]
        self.cards = [self._card(k, i) for i, k in enumerate(chosen)]
        self.group = VGroup(*self.cards)

    def _card(self, k: int, place: int) -> VGroup:
        film = self.film
        width, height = (style.RIGHT - style.LEFT) / COLUMNS, 2.14
        left = style.LEFT + (place % COLUMNS) * width
        top = style.STAGE_TOP - 0.12 - (place // COLUMNS) * height
        weights = film.array(f"filter{k}/weight")
        pitch = pitch_for(*weights.shape, 0.0, 1.15, 1.15, 0.38)
        picture = map_picture(film, k, width - 1.6, height - 0.62)
        x = left + width - 0.1 - (width - 1.6) / 2
        y = top - 0.4 - (height - 0.62) / 2
        shown = framed(picture.move_to(at(x, y)), film.look)
        kernel_x = float(picture.get_left()[0]) - 0.15 - weights.shape[1] * pitch[0] / 2
        kernel = KernelCells(film, f"filter{k}/weight", pitch, (kernel_x, y))
        name = filter_name(film, k, style.SMALL_PX).centre_at(at(x, top - 0.17))
        return VGroup(kernel, shown, name)
