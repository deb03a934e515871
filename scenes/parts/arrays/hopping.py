"""Frames that hop over several grids at once, from cells that belong together to the next ones."""

from __future__ import annotations

from manim import Animation, FadeIn, VGroup

from scenes.parts.arrays.cells import Cells, Place
from scenes.stage.declare import allow


class Hopping(VGroup):
    """A frame around `size` cells for each of `grids`; empty until the first hop."""

    def __init__(self, *grids: Cells, size: Place = (1, 1), role: str = "ink") -> None:
        super().__init__()
        self.grids, self.size, self.role = grids, size, role

    def hop(self, *places: Place) -> Animation:
        """To these places, one for each grid."""
        cells = zip(self.grids, places, strict=True)
        frames = [grid.frame(place, self.size, self.role) for grid, place in cells]
        allow(VGroup(*frames), "text-over-line", "the marks hop from cell to cell", moving=True)
        if len(self):
            return self.animate.become(VGroup(*frames))
        return FadeIn(self.add(*frames))
