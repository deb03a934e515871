"""Pictures side by side under their names, each of which may have a letter in a formula."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from manim import Animation, FadeIn, VGroup

from scenes.parts.box import Box
from scenes.parts.image import pictured
from scenes.parts.layout import line_box
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
        """Copies of all but the last one go into it, where it appears; and these copies, which are to be removed."""
        parts = self[:-1].copy()
        return [*(one.animate.move_to(self[-1]).set_opacity(0) for one in parts), FadeIn(self[-1])], parts
