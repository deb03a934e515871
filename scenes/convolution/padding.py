"""The same picture without and with a border of zeros, and how many windows cover a pixel of its corner."""

from __future__ import annotations

import numpy as np
from manim import FadeIn, FadeOut, VGroup

from scenes.convolution.stage import ConvStage
from scenes.parts.arrays.bordered import Bordered
from scenes.parts.arrays.cells import shape_of
from scenes.parts.arrays.series_cells import SeriesCells
from scenes.parts.room.motion import arrive, leave
from scenes.parts.room.standing import stand
from scenes.stage import style

GROWN_S = 2.2  # at the output that has grown


class Padding(ConvStage):
    """`padded` and `grown` are picture and output with a border, in cells of one size; the kernel stands `between`."""

    def padding(self) -> None:
        """Without a border the output shrinks and the rim is seen less; a ring of zeros mends both."""
        fits, keeps = bool(self.item("padding1/fits")), bool(self.trace.flags["padding/keeps_size"])
        self.variant("tight" if not fits else "" if keeps else "other")
        self.say(**({"size": self.sized("padding1/size")} if fits else {}))
        self.amount = int(self.item("padding2/amount"))
        shape, corner = shape_of(self.array("padding2/padded")), (self.amount, self.amount)
        self.padded = self.picture_cells(shape, corner, "", "padding2/padded")
        self.grown = SeriesCells(self, "padding2/output", also=("padding1/output",) * fits)
        stand(self.whole, [self.padded], [kernel := SeriesCells(self, "kernel/weight")], [self.grown])
        self.pair = Bordered(self.padded, self.grown, self.amount, **self.reach)
        self.between = VGroup(self.kernel, self.names["kernel"])
        same = fits and np.array_equal(self.array("padding1/output"), self.array("slide/output"))
        old = [self.names["input"], self.names["output"], self.input.take(self.input.rim)]
        gone = [*self.clear_panel(), *self.no_formula(), leave(*old, *([] if same else [self.output.all()]))]
        way = kernel.box.centre - self.kernel.box.centre
        self.play(*gone, self.between.animate.shift(way), run_time=style.QUICK_S)
        name = self.over(self.pair.inside(self.padded), self.input_text())
        size = [self.over(self.pair.inside(self.grown), self.output_text("padding1/size"))] if fits else []
        # The border adds as many cells at each side of the output as of the input.
        first = self.grown.adopt(self.output, corner) if same else []
        if fits and not same:
            first = [FadeIn(self.grown.lay_in("padding1/output", corner))]
        there = self.padded.adopt(self.input, (self.amount - self.border[0], self.amount - self.border[1]))
        self.play(*there, *first, FadeIn(name, *size), run_time=style.SLOW_S)
        gone = self._covered(fits)
        p, ring = self.number("padding2/amount", form="d"), self.padded.surround("padding2/padded")
        self.say(size=self.sized("padding2/size"), ring=p, zero=self.number("padding2/padded", 0, 0))
        wider = self.over(self.padded.box, self.label("padded", input=self.input_text(), p=p))
        text = self.label("without", size=self.sized("padding1/size"))
        inner = [self.pair.before(shape_of(self.array("padding1/output")), text)] if fits else []
        new = [self.grown.draw(place) for place in self.grown.places() if place not in self.grown.tiles]
        last = self.over(self.grown.box, self.output_text("padding2/size"))
        coming = (FadeIn(ring), *map(FadeIn, (*new, *inner)), arrive(wider, last))
        self.play(*gone, leave(name, *size), *coming, run_time=style.MOVE_S)
        self.hold(GROWN_S)
        self.say(corner=self.number("padding2/visits", 0, 0, form="d"))
        self.panel = VGroup(wider, last, self.grown.all(), *inner, self.pair.cover((0, 0)))

    def _covered(self, fits: bool) -> list[FadeOut]:
        """How many windows cover a pixel of the corner, and one of the middle; the last marks are still to go."""
        old: list[FadeOut] = []
        visits = self.array("padding1/visits") if fits else np.zeros((1, 1))
        most = np.argwhere(visits == visits.max()).tolist()
        for key, (y, x) in {"corner": (0, 0), "middle": most[len(most) // 2]}.items():
            self.say(**({key: self.number("padding1/visits", y, x, form="d")} if fits else {}))
            if fits:
                self.play(*old, run_time=style.QUICK_S)
                old = [FadeOut(self.pair.cover((y, x)))]
        return old
