"""Filters on a photograph: one at a time with its kernel, then several side by side."""

from __future__ import annotations

import numpy as np
from manim import DOWN, UP, Rectangle, VGroup, VMobject

from scenes.convolution.stage import GRID_HEIGHT, GRID_Y, ConvStage
from scenes.parts.cells import number_form, pitch_for, shape_of, spread_out, widest
from scenes.parts.image import Picture, framed, grey, ramp, signed
from scenes.parts.kernel import KernelCells
from scenes.parts.place import at
from scenes.stage import style

PICTURE_WIDTH, KERNEL_WIDTH = 5.0, 2.0
STRONG_EDGE = (
    99.0  # percentile of a map's sizes that is drawn at full strength: single pixels reach far beyond
)
BAR_HEIGHT = 0.12
COLUMNS, ROWS = 3, 2
CARD_KERNEL = 1.14


def map_picture(film: ConvStage, k: int, width: float, height: float) -> Picture:
    """The result of filter `k`: by sign where its weights add up to nothing, else as brightness."""
    values = film.array(f"filter{k}/map")
    if abs(float(film.array(f"filter{k}/weight").sum())) > 0.5:
        low, high = float(film.item("photo/low")), float(film.item("photo/high"))
        return Picture(grey(values, low, high), width, height)
    return Picture(
        signed(values, film.look, float(np.percentile(np.abs(values), STRONG_EDGE))), width, height
    )


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

    def kernel(self, k: int) -> KernelCells:
        """Filter `k`'s weights."""
        film, weights = self.film, self.film.array(f"filter{k}/weight")
        need = widest(weights.ravel().tolist(), number_form(weights), film.look)
        pitch = pitch_for(shape_of(weights), need, KERNEL_WIDTH, KERNEL_WIDTH, 0.6)
        return KernelCells(film, f"filter{k}/weight", pitch, (self.xs["kernel"], GRID_Y))

    def result(self, k: int) -> Picture:
        """What filter `k` makes of the photograph."""
        return map_picture(self.film, k, *self.box).move_to(at(self.xs["map"], GRID_Y))

    def outline(self) -> Picture:
        """Both gradients together: their length at every pixel."""
        values = self.film.array("photo/magnitude")
        rgb = ramp(values / (np.percentile(values, STRONG_EDGE) or 1.0), self.film.look, "activation")
        return Picture(rgb, *self.box).move_to(at(self.xs["map"], GRID_Y))

    def frame(self) -> Rectangle:
        """The frame in which every result stands."""
        frame = Rectangle(width=self.box[0], height=self.box[1], stroke_width=style.HAIRLINE)
        return frame.set_stroke(self.film.look.muted).move_to(at(self.xs["map"], GRID_Y))

    def cover(self, result: Picture) -> Rectangle:
        """Hides a result until the scan has passed."""
        cover = Rectangle(width=result.width + 0.02, height=result.height + 0.02, stroke_width=0)
        return cover.set_fill(self.film.look.background, opacity=1).move_to(result)

    def bar(self, picture: VMobject) -> Rectangle:
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
        width, height = (style.RIGHT - style.LEFT) / COLUMNS, (style.STAGE_TOP - style.STAGE_BOTTOM) / ROWS
        left = style.LEFT + (place % COLUMNS) * width
        y = style.STAGE_TOP - (place // COLUMNS + 0.5) * height
        picture = map_picture(film, k, width - CARD_KERNEL - 0.5, height - 0.25)
        shown = framed(picture.move_to(at(left + width - 0.1 - picture.width / 2, y)), film.look)
        weights = film.array(f"filter{k}/weight")
        pitch = pitch_for(shape_of(weights), 0.0, CARD_KERNEL, CARD_KERNEL, 0.38)
        x = float(picture.get_left()[0]) - 0.2 - CARD_KERNEL / 2
        kernel = KernelCells(film, f"filter{k}/weight", pitch, (x, y - 0.15))
        name = film.fitted(film.name(f"filter{k}/name"), CARD_KERNEL + 0.25, style.SMALL_PX, "muted")
        return VGroup(kernel, shown, name.centre_at(at(x, y - 0.15 + CARD_KERNEL / 2 + 0.25)))
