"""What stands beside the picture: its brightness scale, how many numbers it is, and the whole of a large image."""

from __future__ import annotations

import numpy as np
from manim import DL, DR, UL, UR, Line, VGroup

from scenes.convolution.stage import GRID_HEIGHT, GRID_Y, ConvStage
from scenes.parts.image import Picture, framed, grey
from scenes.parts.place import at
from scenes.stage import style
from scenes.stage.comparing import comparable

SCALE_WIDTH, SCALE_HEIGHT = 3.6, 0.36
END_WIDTH = 0.4  # of a number at an end of the scale; longer ones take it from the scale
PICTURE_WIDTH, PICTURE_HEIGHT = 5.0, 2.2
IMAGE_WIDTH = 6.0


class WholeImage:
    """A large image with the frame of the crop in it, right of `left`."""

    def __init__(self, film: ConvStage, left: float) -> None:
        low, high = float(film.item("image/low")), float(film.item("image/high"))
        room = min(IMAGE_WIDTH, style.RIGHT - left)
        picture = Picture(grey(film.array("image/pixel"), low, high), room, GRID_HEIGHT - 1.1)
        centre = at((left + style.RIGHT) / 2, GRID_Y + GRID_HEIGHT / 2 - picture.height / 2)
        self.picture = framed(picture.move_to(centre), film.look)
        top, side, rows, columns = (
            int(film.item(f"crop/{key}")) for key in ("top", "left", "height", "width")
        )
        self.frame = picture.region(top, side, rows, columns, film.look, "activation")
        self.group = VGroup(self.picture, self.frame)
        self.look = film.look

    def rays(self, large: VGroup) -> VGroup:
        """Lines from the crop in the image to where it is shown large, left of it."""
        ends = zip((UL, DL), (UR, DR), strict=True)
        lines = [Line(self.frame.get_corner(a), large.get_corner(b)) for a, b in ends]
        return VGroup(*lines).set_stroke(self.look.activation, style.HAIRLINE, opacity=0.8)


class PixelFacts:
    """Right of `left`: the picture once more, the scale from black to white with its two numbers, the size."""

    def __init__(self, film: ConvStage, left: float) -> None:
        self.film, self.left = film, left
        self.middle = (left + style.RIGHT) / 2
        form = comparable([film.item("image/low"), film.item("image/high")])
        self.low_text, self.high_text = (film.number(f"image/{end}", form=form) for end in ("low", "high"))

    def picture(self, large: VGroup) -> VGroup:
        """A smaller one of the same picture."""
        small = large.copy()
        small.scale(min(PICTURE_HEIGHT / small.height, PICTURE_WIDTH / small.width))
        return small.move_to(at(self.middle, GRID_Y + GRID_HEIGHT / 2 - small.height / 2))

    def facts(self, below: float, counted: bool) -> VGroup:
        """The scale, and with `counted` how many numbers the picture is, under the height `below`."""
        film, middle = self.film, self.middle
        y = below - SCALE_HEIGHT / 2 - 0.28
        tones = np.linspace(0, 1, 17)[None, :]
        low, high = (film.words(text, style.NUMBER_PX + 4) for text in (self.low_text, self.high_text))
        width = SCALE_WIDTH - 2 * max(0.0, max(low.width, high.width) - END_WIDTH)
        scale = Picture(grey(tones, 0, 1), width, 10).stretch_to_fit_height(SCALE_HEIGHT)
        bar = framed(scale, film.look).move_to(at(middle, y))
        low.right_at(bar.get_left() + at(-0.18, 0))
        high.left_at(bar.get_right() + at(0.18, 0))
        group = VGroup(bar, low, high)
        if counted:
            size = film.size_text("image/height", "image/width")
            count = film.join(
                size, " = ", film.number("sharing/run/inputs", form=",d"), " ", film.label("numbers")
            )
            group.add(film.words(count, 40).centre_at(at(middle, y - 0.72)))
        return group
