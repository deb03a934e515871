"""An array as a picture: crisp pixels, one mobject, drawn as one bitmap by the film's camera."""

from __future__ import annotations

from typing import Any

import numpy as np
from manim import Circle, Rectangle, VGroup

from scenes.parts.room.box import Box
from scenes.parts.room.layout import fit, row
from scenes.parts.text.typeset import Typeset
from scenes.stage import style
from scenes.stage.style import Look

RING = 0.75  # of a pixel: the radius of a ring around it
LARGE_PX = 1200  # a picture of more pixels a side is drawn from every n-th of them: more cannot be seen


class Pixels:
    """The colours of a picture: `rgb` is (height, width, 3) uint8. Copies of a mobject share it."""

    def __init__(self, rgb: np.ndarray) -> None:
        step = max(1, -(-max(rgb.shape[:2]) // LARGE_PX))
        self.rgb = np.ascontiguousarray(rgb[::step, ::step], dtype=np.uint8)
        self.rgb.setflags(write=False)

    def __deepcopy__(self, memo: dict[int, Any]) -> Pixels:
        return self


class Picture(Rectangle):
    """A rectangle that shows `rgb`, in a box of at most `width` by `height` units, centred at the origin.

    Moving, scaling and fading act on it as on any rectangle; its fill opacity is the picture's, and its fill
    colour (the mean of the picture) is what a camera without bitmaps draws.
    """

    def __init__(self, rgb: np.ndarray, width: float, height: float) -> None:
        self.pixels = Pixels(rgb)
        rows, columns = rgb.shape[:2]
        side = min(width / columns, height / rows)
        mean = "#" + "".join(f"{round(c):02X}" for c in rgb.reshape(-1, 3).mean(axis=0))
        super().__init__(
            width=columns * side, height=rows * side, fill_color=mean, fill_opacity=1, stroke_width=0
        )
        self.shape = (rows, columns)

    @property
    def pitch(self) -> tuple[float, float]:
        """Width and height of one pixel, in units."""
        return float(self.width) / self.shape[1], float(self.height) / self.shape[0]

    def place(self, row: float, column: float) -> np.ndarray:
        """The centre of a pixel."""
        left, top = self.get_left()[0], self.get_top()[1]
        return np.array([left + (column + 0.5) * self.pitch[0], top - (row + 0.5) * self.pitch[1], 0.0])

    def region(self, row: int, column: int, rows: int, columns: int, look: Look, role: str) -> Rectangle:
        """A frame around `rows` by `columns` pixels from (`row`, `column`) on."""
        first, last = self.place(row, column), self.place(row + rows - 1, column + columns - 1)
        frame = Rectangle(
            width=columns * self.pitch[0], height=rows * self.pitch[1], stroke_width=style.STRONG
        )
        return frame.set_stroke(look.colour(role)).move_to((first + last) / 2)

    def ring(self, row: int, column: int, look: Look, role: str = "ink") -> Circle:
        """A ring around a pixel."""
        ring = Circle(RING * self.pitch[0], color=look.colour(role), stroke_width=style.STRONG)
        return ring.move_to(self.place(row, column))


def framed(picture: Picture, look: Look) -> VGroup:
    """The picture with a thin frame, so that a black or white edge is told from the stage."""
    frame = Rectangle(width=picture.width, height=picture.height, stroke_width=style.HAIRLINE)
    return VGroup(picture, frame.set_stroke(look.muted).move_to(picture))


def pictured(rgb: np.ndarray, look: Look, box: Box, up: str = "centre", fill: bool = False) -> VGroup:
    """The picture with its frame, as large as the box allows; `fill` stretches it to all of the box."""
    picture = Picture(rgb, box.width, box.height)
    if fill:
        picture.stretch_to_fit_width(box.width).stretch_to_fit_height(box.height)
    return fit(framed(picture, look), box, up=up)


def scale_bar(low: Typeset, high: Typeset, rgb: np.ndarray, look: Look, box: Box, most: float) -> VGroup:
    """The colours (1, n, 3) of a scale in a bar of at most so many units, between the numbers at its ends."""
    long = min(most, box.width - low.width - high.width - 2 * style.GAP)
    bar = pictured(rgb, look, box.inner(long, box.height), fill=True)
    return fit(row([low, bar, high]), box)


def grey(values: np.ndarray, low: float, high: float) -> np.ndarray:
    """`values` (rows, columns) as (rows, columns, 3) uint8: black at `low`, white at `high`."""
    share = np.clip((values.astype(np.float64) - low) / ((high - low) or 1.0), 0, 1)
    return np.repeat(np.rint(255 * share).astype(np.uint8)[:, :, None], 3, axis=2)


def signed(values: np.ndarray, look: Look, reach: float) -> np.ndarray:
    """`values` (rows, columns) as (rows, columns, 3) uint8: the sign by hue, the size by strength, full at `reach`."""
    share = values.astype(np.float64) / (reach or 1.0)
    positive, negative = ramp(share, look, "positive"), ramp(-share, look, "negative")
    return np.where(share[:, :, None] >= 0, positive, negative)


def ramp(share: np.ndarray, look: Look, role: str) -> np.ndarray:
    """`share` (rows, columns) in 0..1 as (rows, columns, 3) uint8: from the surface's colour to a role's."""
    zero, full = _rgb(look.surface), _rgb(look.colour(role))
    mixed = zero + np.clip(share, 0, 1)[:, :, None] * (full - zero)
    return np.asarray(np.rint(mixed), dtype=np.uint8)


def _rgb(colour: str) -> np.ndarray:
    return np.array([int(colour[i : i + 2], 16) for i in (1, 3, 5)], dtype=np.float64)
