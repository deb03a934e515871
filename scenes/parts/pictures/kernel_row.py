"""All kernels of a layer in a row, under a head, and below them a bar: what they are worth."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from manim import Animation, FadeIn, LaggedStart, TransformFromCopy, VGroup, VMobject

from scenes.parts.arrays.signed_squares import SignedSquares
from scenes.parts.charts.share_bar import ShareBar
from scenes.parts.pictures.image_grid import ImageGrid
from scenes.parts.room.box import Box
from scenes.parts.room.layout import fit, line_box
from scenes.parts.room.motion import arrive, leave
from scenes.stage import style
from scenes.stage.stage import Stage

KERNELS, BAR_MOST = 1.75, 0.44  # the height of head and kernels; and of the bar below them


class KernelRow(VGroup):
    """`kernels` of `series` (filter, ky, kx), the largest weight of all of them full, under the label `key`.

    `beside` stands right of the head.
    """

    def __init__(self, film: Stage, series: str, key: str, box: Box, beside: VMobject) -> None:
        self.film, self.outer, values = film, box, film.array(series)
        self.head = film.words(film.label(key), style.LABEL_PX)
        largest = float(np.abs(values).max())
        drawn = [lambda place, room: SignedSquares(film.look, values[place], room, largest)]
        self.kernels = ImageGrid(
            box.without(bottom=max(box.height - KERNELS, 0.0)), len(values), drawn, [self.head]
        ).images[0]
        top = Box(box.centre[0], box.right, box.top - style.NAME_ROOM, box.top)
        self.beside = fit(beside, top, "right", "top")
        super().__init__(self.head, self.beside, *self.kernels)

    def reveal(self) -> Animation:
        """Kernel after kernel."""
        return LaggedStart(FadeIn(self.head, self.beside), *map(FadeIn, self.kernels), lag_ratio=0.1)

    def grow_from(self, old: Sequence[VMobject]) -> Animation:
        """Each kernel comes out of one of `old`; what stands beside the head is for whoever shows it."""
        pairs = zip(old, self.kernels, strict=True)
        return LaggedStart(FadeIn(self.head), *(TransformFromCopy(*pair) for pair in pairs), lag_ratio=0.15)

    def call(self, key: str) -> list[Animation]:
        """The head becomes the label `key`."""
        old, self.head = self.head, self.film.words(self.film.label(key), style.LABEL_PX)
        self.head.shift(line_box(old).at(0, 0) - line_box(self.head).at(0, 0))
        self.remove(old)
        self.add(self.head)
        return [leave(old), arrive(self.head)]

    def weigh(self, share: str, tick: str = "") -> list[Animation]:
        """The bar of the series `share` grows; `tick` is a share to compare."""
        box = Box(self.outer.left, self.outer.right, self.outer.bottom, self.outer.bottom + BAR_MOST)
        bar = ShareBar(self.film, share, box)
        self.add(bar)
        marks = [FadeIn(bar.tick(tick))] if tick else []
        return [*bar.grow(), *marks]
