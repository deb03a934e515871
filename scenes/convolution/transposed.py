"""The convolution that goes back: each input cell stamps the kernel, times its value, onto a larger picture."""

from __future__ import annotations

import numpy as np
from manim import Animation, Create, FadeIn, FadeOut, LaggedStart, VGroup

from scenes.convolution.stage import ConvStage
from scenes.parts.cells import Place
from scenes.parts.motion import leave
from scenes.parts.series_cells import SeriesCells
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
        stamp, self.canvas = (
            SeriesCells(self, "transposed/stamps", 0, 0),
            SeriesCells(self, "transposed/full"),
        )
        self.lay(self.whole, cells, kernel, stamp, self.canvas)
        names = (
            self.over(cells.box, self.join(self.label("input"), " ", self.size_text("size/output"))),
            self.over(kernel.box, self.name("kernel/name")),
            self.over(self.canvas.box, self.label("stamped")),
        )
        start = VGroup(cells.fill(), kernel.fill(), self.canvas.outlines(), *names)
        self.play(*self.clear_panel(), *self.no_formula(), run_time=style.QUICK_S)
        self.play(FadeIn(start), run_time=style.MOVE_S)
        self.say()
        tops, lefts = (self.array(f"transposed/stamp_{side}") for side in ("top", "left"))
        walk = self.walking(self.canvas, cells, tops, lefts)
        first = VGroup(stamp.fill(), self.over(stamp.box, self.label("products")))
        self.play(Create(walk.mark), Create(walk.window), FadeIn(first), run_time=style.MOVE_S)
        self.reached: set[Place] = set()
        places = list(cells.places())
        for k, place in enumerate(places[:SINGLE]):
            moves = walk.go(place) if k else []
            self.play(*moves, *self._stamp(walk.corner(place)), run_time=STAMP_S[min(k, len(STAMP_S) - 1)])
            if k == 0:
                self.play(leave(first), run_time=style.QUICK_S)
        rest = [one for place in places[SINGLE:] for one in self._stamp(walk.corner(place))]
        if rest:
            self.play(*walk.go(places[-1]), LaggedStart(*rest, lag_ratio=0.5), run_time=style.SLOW_S)
        self.say(size=self.size_text("transposed/size"))
        sums = [text for text in map(self.canvas.write, self.canvas.places()) if text is not None]
        self.play(FadeOut(walk.window, walk.mark), *map(FadeIn, sums), run_time=style.MOVE_S)
        self.panel = VGroup(start, self.canvas)
        if any(self.border):
            rows, columns = self.array("transposed/output").shape
            size = (min(rows, self.canvas.rows), min(columns, self.canvas.columns))
            frame = self.canvas.frame(self.border, size, "ink")
            self.play(FadeIn(frame), run_time=style.MOVE_S)
            self.panel.add(frame)

    def _stamp(self, corner: Place) -> list[Animation]:
        """The cells that this stamp is the first to reach take the tint of their final sum."""
        (top, left), spread = corner, self.dilation
        taps = {(top + spread * y, left + spread * x) for y, x in np.ndindex(*self.kernel_size)}
        new, self.reached = sorted(taps - self.reached), self.reached | taps
        for place in new:
            self.canvas.tint(place)
        return [FadeIn(self.canvas.tiles[place]) for place in new]
