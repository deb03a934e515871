"""What stands beside the picture: its brightness scale, how many numbers it is, and the whole of a large image."""

from __future__ import annotations

import numpy as np
from manim import VGroup

from scenes import style
from scenes.conv_stage import GRID_HEIGHT, GRID_Y, ConvStage
from scenes.panels.place import at
from scenes.parts.image import Picture, framed, grey

SCALE_WIDTH, SCALE_HEIGHT = 3.6, 0.42
IMAGE_WIDTH = 6.0


class WholeImage:
    """A large image with the frame of the crop in it, right of `left`."""

    def __init__(self, film: ConvStage, left: float) -> None:
        low, high = float(film.item("image/low")), float(film.item("image/high"))
        room = min(IMAGE_WIDTH, style.RIGHT - left)
        picture = Picture(grey(film.array("image/pixel"), low, high), room, GRID_HEIGHT - 1.1)
        centre = at((left + style.RIGHT) / 2, GRID_Y + GRID_HEIGHT / 2 - picture.height / 2)
        self.picture = framed(picture.move_to(centre), film.look)
        where = (film.item(f"crop/{key}") for key in ("top", "left", "height", "width"))
        self.frame = picture.region(*where, film.look, "activation")
        self.group = VGroup(self.picture, self.frame)


class PixelFacts:
    """The scale from black to white with its two numbers, and the size as a product."""

    def __init__(self, film: ConvStage, left: float, large: bool) -> None:
        middle = (left + style.RIGHT) / 2
        y = GRID_Y + (0.0 if large else -GRID_HEIGHT / 2 + 0.25)
        form = "auto"
        self.low_text = film.number("image/low", form=form)
        self.high_text = film.number("image/high", form=form)
        tones = np.linspace(0, 1, 17)[None, :]
        bar = framed(
            Picture(grey(tones, 0, 1), SCALE_WIDTH, 10).stretch_to_fit_height(SCALE_HEIGHT), film.look
        )
        bar.move_to(at(middle, y))
        low = film.words(self.low_text, style.NUMBER_PX + 4).right_at(bar.get_left() + at(-0.18, 0))
        high = film.words(self.high_text, style.NUMBER_PX + 4).left_at(bar.get_right() + at(0.18, 0))
        self.group = VGroup(bar, low, high)
        if large:
            size = film.join(
                film.size_text("image/height", "image/width"), " = ", film.number("sharing/run/inputs")
            )
            count = film.words(size, 54).centre_at(at(middle, y + 1.25))
            name = film.words(film.label("numbers"), style.LABEL_PX, "muted").centre_at(at(middle, y + 0.72))
            self.group.add(count, name)
