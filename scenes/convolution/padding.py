"""The same picture without and with a border of zeros, and how often a window sees each pixel."""

from __future__ import annotations

import numpy as np
from manim import Animation, Create, FadeIn, FadeOut, VGroup

from scenes.convolution.stage import NAME_ROOM, ConvStage
from scenes.parts.box import Box
from scenes.parts.cells import Place, shape_of
from scenes.parts.motion import arrive, leave
from scenes.parts.series_cells import SeriesCells
from scenes.parts.typeset import Typeset
from scenes.stage import style


class Padding(ConvStage):
    """`padded` and `grown` are picture and output with a border, in cells of one size; the kernel stands `between`."""

    def padding(self) -> None:
        """Without a border the output shrinks and the rim is seen less; a ring of zeros mends both."""
        fits, keeps = bool(self.item("padding1/fits")), bool(self.trace.flags["padding/keeps_size"])
        self.variant("tight" if not fits else "" if keeps else "other")
        self.say(**({"size": self.size_text("padding1/size")} if fits else {}))
        left, middle, right = self._sides(fits)
        same = fits and np.array_equal(self.array("padding1/output"), self.array("slide/output"))
        self.between = VGroup(self.kernel, self.names["kernel"])
        old = [self.names["input"], self.names["output"], self.input.take(self.input.rim)]
        gone = [*self.clear_panel(), *self.no_formula(), leave(*old, *([] if same else [self.output.all()]))]
        moving = self.between.animate.shift(middle.centre - self.kernel.get_center())
        self.play(*gone, moving, run_time=style.QUICK_S)
        name = self._above(left, self.input_text())
        size = [self._above(right, self.output_text("padding1/size"))] if fits else []
        first = self._without(same) if fits else []
        there = self.padded.adopt(self.input, (self.amount - self.border[0], self.amount - self.border[1]))
        self.play(*there, *first, FadeIn(name, *size), run_time=style.SLOW_S)
        self._visits(fits)
        ring = {} if keeps and fits else {"ring": self.number("padding2/amount", form="d")}
        self.say(size=self.size_text("padding2/size"), **ring)
        self.play(FadeIn(self.padded.surround("padding2/padded")), run_time=style.MOVE_S)
        new = [self.grown.draw(place) for place in self.grown.places() if place not in self.grown.tiles]
        last = self._above(right, self.output_text("padding2/size"))
        self.play(*map(FadeIn, new), *map(leave, size), arrive(last), run_time=style.MOVE_S)
        self.panel = VGroup(name, last, self.grown.all())

    def _sides(self, fits: bool) -> list[Box]:
        """Room for both grids, by how many columns they have, and for the kernel between them."""
        self.amount = int(self.item("padding2/amount"))
        shape, corner = shape_of(self.array("padding2/padded")), (self.amount, self.amount)
        self.padded = self.picture_cells(shape, corner, also=("padding2/padded", *["padding1/visits"] * fits))
        self.grown = SeriesCells(self, "padding2/output", also=("padding1/output",) * fits)
        room, sides = self.whole.without(top=NAME_ROOM), (self.padded, self.grown)
        kernel, free = self.kernel.box.width, room.width - 2 * style.WIDE
        each = (free - kernel) / sum(side.columns for side in sides)
        boxes = room.columns(each * self.padded.columns, kernel, each * self.grown.columns)
        most = room.height / max(side.rows for side in sides)
        self.padded.into(boxes[0], most, beside=self.grown)
        self.grown.into(boxes[2], most, beside=self.padded)
        return boxes

    def _above(self, side: Box, text: str) -> Typeset:
        """A name at one height for both sides."""
        return self.over(Box(side.left, side.right, side.bottom, self.padded.box.top), text)

    def _without(self, same: bool) -> list[Animation]:
        """The output without a border: the one that stands there (`same`) moves, or it fades in."""
        rows, columns = self.array("padding1/output").shape
        # The border adds as many rows on each side of the output.
        top, left = (self.grown.rows - rows) // 2, (self.grown.columns - columns) // 2
        if same:
            return self.grown.adopt(self.output, (top, left))
        return [
            FadeIn(self.grown.draw((y + top, x + left), "padding1/output", y, x))
            for y, x in np.ndindex(rows, columns)
        ]

    def _visits(self, fits: bool) -> None:
        """How many windows see a pixel of the rim, and one of the middle."""
        if not fits:
            self.say()
            return
        visits, shape, corner = self.array("padding1/visits"), self.padded.shape, self.padded.corner
        most = np.argwhere(visits == visits.max())
        pixels: tuple[Place, ...] = (0, 0), (int(most[len(most) // 2][0]), int(most[len(most) // 2][1]))
        said = [self.number("padding1/visits", *pixel, form="d") for pixel in pixels]
        self.say(corner=said[0], middle=said[1])
        counts = SeriesCells(self, "padding1/visits", shape=shape, corner=corner, role="activation")
        self.play(*self.padded.turn_into(counts.like(self.padded).fill()), run_time=style.MOVE_S)
        marks = VGroup(*(self.padded.frame((y + corner[0], x + corner[1])) for y, x in pixels))
        self.play(Create(marks), run_time=style.MOVE_S)
        self.hold(style.MOVE_S)
        back = self.picture_cells(shape, corner).like(self.padded).fill()
        self.play(*self.padded.turn_into(back), FadeOut(marks), run_time=style.MOVE_S)
