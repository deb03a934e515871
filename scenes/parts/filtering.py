"""A picture, the filter that goes over it, and what that makes of it, side by side: one filter after the other."""

from __future__ import annotations

import numpy as np
from manim import Animation, FadeIn, VGroup, VMobject

from scenes.parts.box import Box
from scenes.parts.image import pictured
from scenes.parts.motion import arrive, leave
from scenes.parts.scan import scan
from scenes.parts.series_cells import SeriesCells
from scenes.stage import style
from scenes.stage.stage import Stage

PICTURE = 2.7  # times as wide as the kernel's room
CELL = 0.62  # of a kernel, at most
SCAN_S = 2.6


class Filtering:
    """`source` left, `result` right in a frame that stays, `kernel` under its `name` between, in `middle`."""

    def __init__(self, film: Stage, box: Box, rgb: np.ndarray) -> None:
        left, self.middle, self.right = box.columns(PICTURE, 1, PICTURE, gap=style.GAP)
        self.film, self.source = film, pictured(rgb, film.look, left)
        self.kernel: SeriesCells | None = None
        self.name, self.result, self.frame = VMobject(), VMobject(), VMobject()  # until a filter is applied

    def apply(self, kernel: SeriesCells, name: str, rgb: np.ndarray, seconds: float = SCAN_S) -> None:
        """The kernel appears, or the one that is there turns into it; then it goes over the picture."""
        film, before = self.film, self.kernel
        kernel.into(self.middle, CELL).fill()
        title, shown = film.over(kernel.box, name), pictured(rgb, film.look, self.right)
        if before is None:
            self.kernel, self.frame = kernel, shown[1]
            film.play(FadeIn(kernel, title, self.frame), run_time=style.MOVE_S)
        else:
            turn = before.turn_into(kernel)
            film.play(*turn, leave(self.name, self.result), arrive(title), run_time=style.MOVE_S)
        self.name, self.result = title, shown[0]
        scan(film, self.source, VGroup(self.result, self.frame), seconds)

    def end(self, rgb: np.ndarray) -> list[Animation]:
        """The filter goes, and another result takes the place of the last one."""
        assert self.kernel is not None
        gone, self.result = (
            leave(self.kernel.all(), self.name, self.result),
            pictured(rgb, self.film.look, self.right)[0],
        )
        return [gone, arrive(self.result)]

    def all(self) -> VGroup:
        """The pictures, and the filter as long as it is there."""
        return VGroup(self.source, self.result, self.frame)
