"""What stands beside the picture: the whole of it, its brightness scale, how many numbers it is."""

from __future__ import annotations

import numpy as np
from manim import DL, DR, UL, UR, Line, Rectangle, VGroup, VMobject

from scenes.convolution.stage import ConvStage
from scenes.parts.box import Box
from scenes.parts.image import Picture, framed, grey, pictured
from scenes.parts.layout import fit, row
from scenes.stage import style
from scenes.stage.comparing import comparable

TONES = 17


class PixelFacts:
    """The picture that the numbers are of, the scale from black to white with its two numbers, the size."""

    def __init__(self, film: ConvStage, box: Box) -> None:
        self.film = film
        self.top, self.scale_box, self.count_box = box.rows(5, 0.6, 0.9)
        form = comparable([film.item("image/low"), film.item("image/high")])
        self.low_text, self.high_text = (film.number(f"image/{end}", form=form) for end in ("low", "high"))
        self.picture = pictured(film.tones("image"), film.look, self.top)

    def frame(self) -> Rectangle:
        """Where the crop lies in the whole."""
        where = (int(self.film.item(f"crop/{key}")) for key in ("top", "left", "height", "width"))
        return self.picture[0].region(*where, self.film.look, "activation")

    def rays(self, frame: VMobject, large: VMobject) -> VGroup:
        """Lines from the crop in the whole to where it is shown large, left of it."""
        ends = ((UL, UR), (DL, DR))
        lines = [Line(frame.get_corner(a), large.get_corner(b)) for a, b in ends]
        return VGroup(*lines).set_stroke(self.film.look.activation, style.HAIRLINE, opacity=0.8)

    def facts(self, counted: bool) -> VGroup:
        """The scale, and with `counted` how many numbers the picture is."""
        film, box = self.film, self.scale_box
        low, high = (film.words(text, style.TABLE_PX) for text in (self.low_text, self.high_text))
        long = min(self.picture.width, box.width - low.width - high.width - 2 * style.GAP)
        tones = Picture(grey(np.linspace(0, 1, TONES)[None, :], 0, 1), long, 1).stretch_to_fit_height(
            box.height
        )
        group = VGroup(fit(row([low, framed(tones, film.look), high]), box))
        if counted:
            size = film.size_text("image/height", "image/width")
            inputs = film.number("sharing/run/inputs", form=",d")
            count = film.join(size, " = ", inputs, " ", film.label("numbers"))
            group.add(fit(film.words(count, style.TITLE_PX), self.count_box))
        return group
