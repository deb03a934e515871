"""A window walks over one grid, and a mark over the other, so that both always stand where they belong together."""

from __future__ import annotations

import numpy as np
from manim import Animation, VGroup

from scenes.parts.cells import Cells, Place
from scenes.stage.declare import allow


class Walk:
    """`window` on the larger grid, its corner at (`tops[y]`, `lefts[x]`), and `mark` at (y, x) of the smaller one.

    The window covers what a `kernel` of that size and dilation does.
    """

    def __init__(
        self,
        grids: tuple[Cells, Cells],
        tops: np.ndarray,
        lefts: np.ndarray,
        kernel: Place,
        dilation: int = 1,
        at: Place = (0, 0),
    ) -> None:
        (self.large, self.small), self.tops, self.lefts, self.at = grids, tops, lefts, at
        self.window = self.large.window(self.corner(at), kernel, dilation)
        self.mark = self.small.frame(at)
        allow(
            VGroup(self.window, self.mark), "text-over-line", "the marks walk over the numbers", moving=True
        )

    def corner(self, at: Place) -> Place:
        """Where the window begins."""
        return int(self.tops[at[0]]), int(self.lefts[at[1]])

    def go(self, to: Place) -> list[Animation]:
        """Animations to another place."""
        (top, left), (below, right) = self.corner(self.at), self.corner(to)
        steps = (below - top, right - left), (to[0] - self.at[0], to[1] - self.at[1])
        self.at = to
        return [
            self.window.animate.shift(self.large.step(*steps[0])),
            self.mark.animate.shift(self.small.step(*steps[1])),
        ]
