"""A window walks over one grid, and a mark over the other, so that both always stand where they belong together."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from manim import Animation, Create, FadeOut, VGroup, VMobject

from scenes.parts.arrays.cells import Cells, Place
from scenes.stage.declare import allow


class Walk:
    """`window` on the larger grid, its corner at (`tops[y]`, `lefts[x]`), and `mark` at (y, x) of the smaller one.

    The window covers what a `kernel` of that size and dilation does. Both frames have the colour of `role`.
    """

    def __init__(
        self,
        grids: tuple[Cells, Cells],
        tops: Sequence[int] | np.ndarray,
        lefts: Sequence[int] | np.ndarray,
        kernel: Place,
        dilation: int = 1,
        at: Place = (0, 0),
        role: str = "activation",
    ) -> None:
        (self.large, self.small), self.tops, self.lefts, self.at = grids, tops, lefts, at
        self.kernel, self.dilation, self.role = kernel, dilation, role
        self.window = self.large.window(self.corner(at), kernel, dilation, role)
        self.mark = self.small.frame(at, role=role)
        self.marks = VGroup(self.window, self.mark)
        allow(self.marks, "text-over-line", "the marks walk over the numbers", moving=True)

    def corner(self, at: Place) -> Place:
        """Where the window begins."""
        return int(self.tops[at[0]]), int(self.lefts[at[1]])

    def taps(self, at: Place) -> dict[Place, Place]:
        """For every place of the kernel the one of the larger grid that it covers."""
        (top, left), spread = self.corner(at), self.dilation
        return {(y, x): (top + spread * y, left + spread * x) for y, x in np.ndindex(*self.kernel)}

    def over(self, kernel: Cells) -> VGroup:
        """The window as it frames the kernel itself, from where it is laid over the grid."""
        each = [kernel.frame(tap, role=self.role) for tap in np.ndindex(*self.kernel)]
        whole = kernel.frame((0, 0), self.kernel, self.role)
        frames = VGroup(*each) if self.dilation > 1 else VGroup(whole)
        return allow(frames, "text-over-line", "the kernel's frame is laid over the numbers", moving=True)

    def enter(self) -> list[Animation]:
        """Animations that draw both marks."""
        return [Create(self.window), Create(self.mark)]

    def end(self) -> Animation:
        """Both marks go."""
        return FadeOut(self.window, self.mark)

    def go(self, to: Place) -> list[Animation]:
        """Animations to another place; none to the one where it is."""
        return [one.animate.shift(way) for one, way in self._ways(to)]

    def hop(self, to: Place) -> None:
        """Both marks are at another place at once."""
        for one, way in self._ways(to):
            one.shift(way)

    def _ways(self, to: Place) -> list[tuple[VMobject, np.ndarray]]:
        (top, left), (below, right) = self.corner(self.at), self.corner(to)
        steps = (below - top, right - left), (to[0] - self.at[0], to[1] - self.at[1])
        if to == self.at:
            return []
        self.at = to
        return [(self.window, self.large.step(*steps[0])), (self.mark, self.small.step(*steps[1]))]
