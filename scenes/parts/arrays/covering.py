"""A cell, all the windows that cover it, and what they make: one window after the other stands around the cell."""

from __future__ import annotations

from typing import Any

from manim import Create, FadeIn, FadeOut, LaggedStart, VGroup

from scenes.parts.arrays.cells import Cells, Place
from scenes.parts.arrays.walk import Walk
from scenes.stage import style
from scenes.stage.declare import allow
from scenes.stage.stage import Stage

HOPS = 16  # more windows than these come all at once
HOP_S, ALL_S = 0.3, 1.6  # from one window to the next, at most; for all of them


class Covering(VGroup):
    """A frame around `cell` of `large`, and around every cell of `small` that a window over it makes.

    The cell (y, x) of `small` belongs to the window whose corner is (y, x) of `large`; `reach` is the kernel's size and
    dilation. Only cells that are there count.
    """

    def __init__(self, film: Stage, large: Cells, small: Cells, cell: Place, **reach: Any) -> None:
        self.film, rows, columns = film, range(small.rows), range(small.columns)
        over = Walk((large, small), rows, columns, **reach)
        self.places = [place for place in sorted(small.tiles) if cell in over.taps(place).values()]
        self.walk = Walk((large, small), rows, columns, **reach, at=self.places[0]) if self.places else over
        self.ring = allow(large.frame(cell, role="ink"), "text-over-line", "a frame around its cell")
        self.marks = VGroup(*(small.frame(place, role="ink") for place in self.places))
        super().__init__(self.ring, self.marks)

    def show(self) -> None:
        """The frame of the cell; then window after window, each with what it makes."""
        first = [*self.walk.enter(), FadeIn(self.marks[0])] if self.places else []
        self.film.play(Create(self.ring), *first, run_time=style.MOVE_S)
        if not self.places:
            return
        if len(self.places) > HOPS:
            self.film.play(LaggedStart(*map(FadeIn, self.marks[1:]), lag_ratio=0.1), run_time=ALL_S)
        else:
            seconds = min(HOP_S, ALL_S / len(self.places))
            for place, mark in zip(self.places[1:], self.marks[1:], strict=True):
                self.film.play(*self.walk.go(place), FadeIn(mark), run_time=seconds)
        self.film.play(FadeOut(self.walk.window, self.walk.mark), run_time=style.QUICK_S)
