"""Pictures side by side under their names, each of which may have a letter in a formula."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from manim import FadeIn, VGroup, VMobject

from scenes.parts.pictures.image import pictured
from scenes.parts.pictures.scan import scan
from scenes.parts.room.box import Box
from scenes.parts.room.layout import line_box
from scenes.parts.room.motion import leave
from scenes.stage import style
from scenes.stage.stage import Stage


class PictureRow(VGroup):
    """Of each of `pictures`, (pixels, name, letter in Typst math or ""), a group of the framed picture and its name."""

    def __init__(self, film: Stage, box: Box, pictures: Sequence[tuple[np.ndarray, str, str]]) -> None:
        super().__init__()
        self.film = film
        boxes = box.without(top=style.NAME_ROOM).columns(*[1.0] * len(pictures))
        for (rgb, name, sign), one in zip(pictures, boxes, strict=True):
            picture = pictured(rgb, film.look, one)
            self.add(VGroup(picture, film.over(line_box(picture), name, sign)))

    def take(self, number: int, picture: VGroup, *old: VMobject) -> None:
        """A framed picture comes from where it stands to its place here, and `old` leaves; then the others appear.

        The last one is still to come.
        """
        film, (place, title) = self.film, self[number]
        gone = leave(*(one for one in old if one not in picture))
        film.play(gone, picture.animate.match_width(place).move_to(place), run_time=style.MOVE_S)
        film.remove(*picture)
        film.add(place)
        rest = [one for k, one in enumerate(self[:-1]) if k != number]
        film.play(FadeIn(title, *rest), run_time=style.QUICK_S)

    def combine(self, seconds: float) -> None:
        """A bar goes over all pictures at once: the last one is what the others make, pixel for pixel."""
        *sources, result = (one[0] for one in self)
        self.film.play(FadeIn(self[-1][1], result[1]), run_time=style.QUICK_S)
        scan(self.film, sources[0], result, seconds, *sources[1:])
