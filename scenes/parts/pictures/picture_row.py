"""Pictures side by side under their names, each of which may have a letter in a formula."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from manim import Animation, FadeIn, VGroup

from scenes.parts.pictures.image import pictured
from scenes.parts.room.box import Box
from scenes.parts.room.layout import line_box
from scenes.stage import style
from scenes.stage.stage import Stage


class PictureRow(VGroup):
    """Of each of `pictures`, (pixels, name, letter in Typst math or ""), a group of the framed picture and its name."""

    def __init__(self, film: Stage, box: Box, pictures: Sequence[tuple[np.ndarray, str, str]]) -> None:
        super().__init__()
        boxes = box.without(top=style.NAME_ROOM).columns(*[1.0] * len(pictures))
        for (rgb, name, sign), one in zip(pictures, boxes, strict=True):
            picture = pictured(rgb, film.look, one)
            self.add(VGroup(picture, film.over(line_box(picture), name, sign)))

    def merge(self) -> tuple[list[Animation], VGroup]:
        """Copies of all pictures but the last go into it, where it appears; and the copies, which are to be removed."""
        parts = VGroup(*(one[0].copy() for one in self[:-1]))
        last = self[-1]
        return [*(one.animate.move_to(last[0]).set_opacity(0) for one in parts), FadeIn(last)], parts
