"""A picture, the filter that goes over it, and what that makes of it, side by side: one filter after the other."""

from __future__ import annotations

import numpy as np
from manim import FadeIn, VGroup, VMobject

from scenes.parts.arrays.series_cells import SeriesCells
from scenes.parts.pictures.image import pictured
from scenes.parts.pictures.scan import scan
from scenes.parts.room.box import Box
from scenes.parts.room.motion import arrive, leave
from scenes.stage import style
from scenes.stage.stage import Stage

PICTURE = 3.0  # times as wide as the kernel's room
CELL = 0.62  # of a kernel, at most
SCAN_S = 1.7


class Filtering:
    """`source` left, `result` right in a frame that stays, `kernel` under its `name` between, in `middle`."""

    def __init__(self, film: Stage, box: Box, rgb: np.ndarray) -> None:
        left, self.middle, self.right = box.columns(PICTURE, 1, PICTURE, gap=style.GAP)
        self.film, self.source = film, pictured(rgb, film.look, left)
        self.kernel: SeriesCells | None = None
        # Until a filter is asked for, or applied:
        self.question, self.name, self.result, self.frame = VGroup(), VGroup(), VMobject(), VMobject()

    def make(self, rgb: np.ndarray, seconds: float = SCAN_S) -> None:
        """The result, as a bar goes over both pictures."""
        shown = pictured(rgb, self.film.look, self.right)
        if not self.frame.has_points():
            self.frame = shown[1]
            self.film.play(FadeIn(self.frame), run_time=style.QUICK_S)
        self.result = shown[0]
        scan(self.film, self.source, VGroup(self.result, self.frame), seconds)

    def ask(self, kernel: SeriesCells) -> VGroup:
        """The kernel's cells with a question mark in each, for whoever shows them."""
        kernel.into(self.middle, CELL)
        marks = (self.film.words("?").centre_at(kernel.place(*place)) for place in kernel.places())
        self.question.add(kernel.outlines(), *marks)
        return self.question

    def put(self, kernel: SeriesCells, name: str, rgb: np.ndarray) -> VGroup:
        """Everything at its place, for whoever shows it."""
        self.kernel = kernel.into(self.middle, CELL).fill()
        self.name = self.film.over(kernel.box, name)
        self.result, self.frame = pictured(rgb, self.film.look, self.right)
        return self.all()

    def below(self, text: str, picture: VMobject | None = None) -> VMobject:
        """A text below the result, or below the source, for whoever shows it."""
        (x, bottom, _), shift = (picture or self.frame).get_bottom(), style.NAME_ROOM / 2
        return self.film.words(text, style.LABEL_PX, "muted").centre_at([x, bottom - shift, 0])

    def apply(self, kernel: SeriesCells, name: str, rgb: np.ndarray, seconds: float = SCAN_S) -> None:
        """The kernel appears, or the one that is there turns into it; then it goes over the picture."""
        film, before = self.film, self.kernel
        title = film.over(kernel.into(self.middle, CELL).fill().box, name)
        if before is None:
            self.kernel = kernel
            film.play(FadeIn(kernel, title), run_time=style.MOVE_S)
        else:
            turn = before.turn_into(kernel)
            film.play(*turn, leave(self.name, self.result), arrive(title), run_time=style.MOVE_S)
        self.name = title
        self.make(rgb, seconds)

    def all(self) -> VGroup:
        """The pictures, and the filter if it is there."""
        filters = [] if self.kernel is None else [self.kernel.all(), self.name]
        return VGroup(self.source, *filters, self.question, self.result, self.frame)
