"""The convolution that goes back: each input cell stamps the kernel, times its value, onto a larger picture."""

from __future__ import annotations

import numpy as np
from manim import FadeIn, VGroup

from scenes.convolution.stage import ConvStage
from scenes.parts.arrays.series_cells import SeriesCells
from scenes.parts.arrays.stamping import Stamping
from scenes.parts.arrays.walk import Walk
from scenes.parts.room.standing import stand
from scenes.stage import style


class Transposed(ConvStage):
    """The input left, the kernel and the first stamp between, a canvas with the sum of all stamps right."""

    def transposed(self) -> None:
        """Every cell stamps the kernel, times its value; what overlaps is added."""
        self.variant("cut" if any(self.border) else "")
        self.say()
        cells, kernel = SeriesCells(self, "transposed/input"), SeriesCells(self, "kernel/weight")
        stamp, canvas = SeriesCells(self, "transposed/stamps", 0, 0), SeriesCells(self, "transposed/full")
        stand(self.whole, [cells], [kernel, stamp], [canvas])
        names = (
            self.over(cells.box, self.join(self.label("input"), " ", self.sized("size/output"))),
            self.over(kernel.box, self.label("kernel_filter")),
            self.over(canvas.box, self.label("stamped")),
        )
        self.show(start := VGroup(cells.fill(), kernel.fill(), canvas.outlines(), *names))
        self.say()
        tops, lefts = (self.array(f"transposed/stamp_{side}") for side in ("top", "left"))
        stamping = Stamping(canvas, Walk((canvas, cells), tops, lefts, **self.reach))
        stamping.run(VGroup(stamp.fill(), self.over(stamp.box, self.label("products"))))
        self.say(size=self.sized("transposed/size"))
        stamping.add_up()
        self.panel = VGroup(start, canvas)
        if any(self.border):
            size = np.minimum(self.array("transposed/output").shape, canvas.shape).tolist()
            frame = canvas.frame(self.border, size, "ink")
            self.play(FadeIn(frame), run_time=style.MOVE_S)
            self.panel.add(frame)
