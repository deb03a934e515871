"""The convolution that goes back: each input cell stamps the kernel, times its value, onto a larger picture."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
from manim import Animation, FadeIn, LaggedStart, VGroup

from scenes.convolution.stage import ConvStage
from scenes.parts.arrays.cells import Place
from scenes.parts.arrays.series_cells import SeriesCells
from scenes.parts.arrays.walk import Walk
from scenes.parts.room.motion import leave
from scenes.parts.room.standing import stand
from scenes.stage import style

STAMP_S = (0.8, 0.6, 0.45, 0.3, 0.2, 0.15)
SINGLE = 8  # after these, the rest of the stamps come all at once


class Transposed(ConvStage):
    """The input left, the kernel and the first stamp between, `canvas` with the sum of all stamps right."""

    def transposed(self) -> None:
        """Every cell stamps the kernel, times its value; what overlaps is added."""
        self.variant("cut" if any(self.border) else "")
        self.say()
        cells, kernel = SeriesCells(self, "transposed/input"), SeriesCells(self, "kernel/weight")
        stamp = SeriesCells(self, "transposed/stamps", 0, 0)
        self.canvas = SeriesCells(self, "transposed/full")
        stand(self.whole, [cells], [kernel, stamp], [self.canvas])
        names = (
            self.over(cells.box, self.join(self.label("input"), " ", self.sized("size/output"))),
            self.over(kernel.box, self.name("kernel/name")),
            self.over(self.canvas.box, self.label("stamped")),
        )
        start = VGroup(cells.fill(), kernel.fill(), self.canvas.outlines(), *names)
        self.play(*self.clear_panel(), *self.no_formula(), run_time=style.QUICK_S)
        self.play(FadeIn(start), run_time=style.MOVE_S)
        self.say()
        tops, lefts = (self.array(f"transposed/stamp_{side}") for side in ("top", "left"))
        walk = Walk((self.canvas, cells), tops, lefts, **self.reach)
        first = VGroup(stamp.fill(), self.over(stamp.box, self.label("products")))
        self.play(*walk.enter(), FadeIn(first), run_time=style.MOVE_S)
        places = list(cells.places())
        for k, place in enumerate(places[:SINGLE]):
            seconds = STAMP_S[min(k, len(STAMP_S) - 1)]
            self.play(*walk.go(place), *self._stamp(walk.taps(place).values()), run_time=seconds)
            if k == 0:
                self.play(leave(first), run_time=style.QUICK_S)
        rest = [one for place in places[SINGLE:] for one in self._stamp(walk.taps(place).values())]
        if rest:
            self.play(*walk.go(places[-1]), LaggedStart(*rest, lag_ratio=0.5), run_time=style.SLOW_S)
        self.say(size=self.sized("transposed/size"))
        sums = [text for text in map(self.canvas.write, self.canvas.places()) if text is not None]
        self.play(walk.end(), *map(FadeIn, sums), run_time=style.MOVE_S)
        self.panel = VGroup(start, self.canvas)
        if any(self.border):
            size = np.minimum(self.array("transposed/output").shape, self.canvas.shape).tolist()
            frame = self.canvas.frame(self.border, size, "ink")
            self.play(FadeIn(frame), run_time=style.MOVE_S)
            self.panel.add(frame)

    def _stamp(self, taps: Iterable[Place]) -> list[Animation]:
        """The cells that this stamp is the first to reach take the tint of their final sum."""
        new = [place for place in taps if place not in self.canvas.tiles]
        for place in new:
            self.canvas.tint(place)
        return [FadeIn(self.canvas.tiles[place]) for place in new]
