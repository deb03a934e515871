"""The same picture without and with a border of zeros, and how often a window sees each pixel."""

from __future__ import annotations

import numpy as np
from manim import Create, FadeIn, FadeOut, VGroup

from scenes.convolution.stage import ConvStage
from scenes.parts.arrays.cells import shape_of
from scenes.parts.arrays.series_cells import SeriesCells
from scenes.parts.room.motion import arrive, leave
from scenes.parts.room.standing import stand
from scenes.stage import style


class Padding(ConvStage):
    """`padded` and `grown` are picture and output with a border, in cells of one size; the kernel stands `between`."""

    def padding(self) -> None:
        """Without a border the output shrinks and the rim is seen less; a ring of zeros mends both."""
        fits, keeps = bool(self.item("padding1/fits")), bool(self.trace.flags["padding/keeps_size"])
        self.variant("tight" if not fits else "" if keeps else "other")
        self.say(**({"size": self.sized("padding1/size")} if fits else {}))
        self.amount = int(self.item("padding2/amount"))
        shape, corner = shape_of(self.array("padding2/padded")), (self.amount, self.amount)
        self.padded = self.picture_cells(shape, corner, "", "padding2/padded", *["padding1/visits"] * fits)
        self.grown = SeriesCells(self, "padding2/output", also=("padding1/output",) * fits)
        stand(self.whole, [self.padded], [kernel := SeriesCells(self, "kernel/weight")], [self.grown])
        self.between = VGroup(self.kernel, self.names["kernel"])
        same = fits and np.array_equal(self.array("padding1/output"), self.array("slide/output"))
        old = [self.names["input"], self.names["output"], self.input.take(self.input.rim)]
        gone = [*self.clear_panel(), *self.no_formula(), leave(*old, *([] if same else [self.output.all()]))]
        moving = self.between.animate.shift(kernel.box.centre - self.kernel.box.centre)
        self.play(*gone, moving, run_time=style.QUICK_S)
        name = self.over(self.padded.box, self.input_text())
        size = [self.over(self.grown.box, self.output_text("padding1/size"))] if fits else []
        first = []
        if same:  # the border adds as many cells at each side of the output as of the input
            first = self.grown.adopt(self.output, corner)
        elif fits:
            first = [FadeIn(self.grown.lay_in("padding1/output", corner))]
        there = self.padded.adopt(self.input, (self.amount - self.border[0], self.amount - self.border[1]))
        self.play(*there, *first, FadeIn(name, *size), run_time=style.SLOW_S)
        self._visits(fits)
        ring = {
            "ring": self.number("padding2/amount", form="d"),
            "zero": self.number("padding2/padded", 0, 0),
        }
        self.say(size=self.sized("padding2/size"), **ring)
        self.play(FadeIn(self.padded.surround("padding2/padded")), run_time=style.MOVE_S)
        new = [self.grown.draw(place) for place in self.grown.places() if place not in self.grown.tiles]
        last = self.over(self.grown.box, self.output_text("padding2/size"))
        self.play(*map(FadeIn, new), *map(leave, size), arrive(last), run_time=style.MOVE_S)
        self.panel = VGroup(name, last, self.grown.all())

    def _visits(self, fits: bool) -> None:
        """How many windows see a pixel of the rim, and one of the middle."""
        if not fits:
            self.say()
            return
        visits = self.array("padding1/visits")
        most = np.argwhere(visits == visits.max()).tolist()
        pixels = {"corner": (0, 0), "middle": most[len(most) // 2]}
        self.say(**{key: self.number("padding1/visits", *one, form="d") for key, one in pixels.items()})
        self.play(*self.padded.instead("padding1/visits", "activation"), run_time=style.MOVE_S)
        marks = VGroup(*(self.padded.frame((y + self.amount, x + self.amount)) for y, x in pixels.values()))
        self.play(Create(marks), run_time=style.MOVE_S)
        self.hold(style.MOVE_S)
        back = self.padded.instead(self.seen, self.padded.role)
        self.play(*back, FadeOut(marks), run_time=style.MOVE_S)
