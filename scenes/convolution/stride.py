"""Larger steps make a smaller output: its sizes, the formula, and the notes' example as a row of cells."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from manim import Animation, Create, FadeIn, FadeOut, LaggedStart, Line, VGroup, linear

from scenes.convolution.stage import SMALLEST, ConvStage
from scenes.parts.cells import Cells
from scenes.parts.layout import fit
from scenes.parts.motion import leave
from scenes.parts.series_cells import SeriesCells
from scenes.parts.table import Column, Table
from scenes.parts.walk import Walk
from scenes.stage import style
from scenes.stage.declare import allow

STRIDES = (1, 2, 3, 4)
EXAMPLE = 2  # shown when the run itself takes every place
STOP_S, STOPS, SHORTEST_S = (0.5, 0.5, 0.5, 0.35, 0.25), 16, 0.07  # at a place of so many; at least
NOTES_S = 4.5
PX, RULE_PX = 40, 38
TINT = 0.6  # share of a tint, where a tile has no value
SIZE = "floor((n + rule(2) p - {span}) / s) + rule(1)"
SIZE_FILLED = "floor(({n} + rule(2) dot {p} - {f}) / {s}) + rule(1)"


class Stride(ConvStage):
    """The beat on padding left its picture `padded`, with `amount` of a border, and what stands `between`."""

    padded: SeriesCells
    amount: int
    between: VGroup

    def stride(self) -> None:
        """The window jumps; how many places are left; the size as a formula, and the notes' example."""
        own = int(self.array("size/stride")[0])
        s = own if own > 1 else EXAMPLE
        self.say(stride=self.number(f"stride{s}/stride"))
        back = self.input.adopt(self.padded, (self.border[0] - self.amount, self.border[1] - self.amount))
        self.play(*self.clear_panel(), leave(self.between), *back, run_time=style.MOVE_S)
        table = self._sizes(s)
        self.play(FadeIn(table.frame, table.rows[0]), run_time=style.QUICK_S)
        result, walk = self._jump(s)
        self.play(FadeOut(walk.window, walk.mark), FadeIn(table.rows[s - 1]), run_time=style.QUICK_S)
        self.say(size=self.size_text(f"stride{s}/size"))
        others = [row for k, row in enumerate(table.rows, start=1) if k not in (1, s)]
        self.play(LaggedStart(*map(FadeIn, others), lag_ratio=0.4), run_time=style.MOVE_S)
        self.say()
        self.play(*self._size_formula(s), run_time=style.MOVE_S)
        self.panel = VGroup(self.input.all(), table, result)
        self._notes()

    def _sizes(self, chosen: int) -> Table:
        """One row for each stride: its size of output."""
        roles = {s: "ink" if s == chosen else "muted" for s in STRIDES}
        steps = [self.value(f"stride{s}/stride", px=PX, colour=role) for s, role in roles.items()]
        sizes = [self.words(self.size_text(f"stride{s}/size"), PX, role) for s, role in roles.items()]
        columns = [Column(steps, self.head("stride"), "centre"), Column(sizes, self.head("output"), "centre")]
        return Table(self.look, columns, self.middle, gap=style.WIDE, up="centre")

    def _jump(self, s: int) -> tuple[VGroup, Walk]:
        """The window in steps of `s`; every stop writes a cell of a smaller output."""
        cells = SeriesCells(self, f"stride{s}/output", limit=float(self.item("slide/limit")))
        cells.into(self.side, most=max(self.input.pitch[1], SMALLEST))
        walk = self.walking(self.input, cells, s * np.arange(cells.rows), s * np.arange(cells.columns))
        name, hollow = self.over(cells.box, self.output_text(f"stride{s}/size")), cells.outlines()
        self.play(Create(walk.window), Create(walk.mark), FadeIn(hollow, name), run_time=style.MOVE_S)
        places = list(cells.places())
        for k, place in enumerate(places):
            seconds = STOP_S[min(k, len(STOP_S) - 1)] * min(1.0, STOPS / len(places))
            moves = walk.go(place) if k else []
            self.play(*moves, FadeIn(cells.draw(place)), run_time=max(seconds, SHORTEST_S))
        return VGroup(hollow, name, cells), walk

    def _size_formula(self, s: int) -> list[Animation]:
        """The formula with this run's numbers, along the width."""
        fields = {
            "n": self.number("size/input", 1),
            "p": self.number("size/padding", 1),
            "f": self.number("size/span" if self.dilation > 1 else "size/kernel", 1),
            "s": self.number(f"stride{s}/stride"),
            "o": self.number(f"stride{s}/size", 1),
        }
        span = "(d(f - rule(1)) + rule(1))" if self.dilation > 1 else "f"
        return self.formula(f"{SIZE.format(span=span)} = {SIZE_FILLED} = {{o}}", RULE_PX, **fields)

    def _notes(self) -> None:
        """One row of the lecture notes' picture: as many windows as the formula says, an output cell for each."""
        n, f, s, p, o = (
            self.number(f"notes/{key}", form="d")
            for key in ("input", "kernel", "stride", "padding", "output")
        )
        self.say(n=n, f=f, s=s)
        upper, above, below, lower = self.room.rows(0.5, 1, 1.8, 0.5)
        count, kernel = (int(self.item(f"notes/{key}")) for key in ("input", "kernel"))
        cells = Cells(self.look, (1, count)).into(above, up=1)
        row = VGroup(*(cells.tile(place, "input", TINT) for place in cells.places()))
        lefts = [int(left) for left in self.array("notes/left")]
        frame = cells.frame((0, lefts[0]), (1, kernel))
        allow(frame, "text-over-line", "the window walks along the row", moving=True)
        middles = [cells.place(0, left + (kernel - 1) / 2) for left in lefts]
        half = (middles[-1][0] - middles[0][0]) / (len(lefts) - 1) / 2
        under = replace(below, left=middles[0][0] - half, right=middles[-1][0] + half)
        outputs = Cells(self.look, (1, len(lefts))).into(under, up=0)
        stops = [self._stop(top + cells.step(0.8, 0), outputs, i) for i, top in enumerate(middles)]
        names = [
            self.words(self.join(self.label(key), " ", text), PX)
            for key, text in (("input", n), ("output", o))
        ]
        fit(names[0], upper, "left", "top")
        fit(names[1], lower, "left", "bottom")
        self.play(*self.clear_panel(), *self.no_formula(), run_time=style.QUICK_S)
        self.play(FadeIn(row, names[0]), run_time=style.MOVE_S)
        source = f"{SIZE.format(span='f')} = {SIZE_FILLED} = {{q}} + rule(1) = {{o}}"
        rule = self.formula(source, RULE_PX, n=n, f=f, s=s, p=p, o=o, q=self.number("notes/quotient"))
        self.play(*rule, Create(frame), run_time=style.MOVE_S)
        walk = frame.animate.shift(middles[-1] - middles[0])
        shown = LaggedStart(*map(FadeIn, stops), lag_ratio=1.0)
        self.play(walk, shown, run_time=NOTES_S, rate_func=linear)
        self.say(output=o)
        self.play(FadeIn(names[1]), run_time=style.MOVE_S)
        self.panel = VGroup(row, frame, *stops, *names)

    def _stop(self, top: np.ndarray, outputs: Cells, number: int) -> VGroup:
        """An output, and a line to it from below the middle of its window."""
        tile = outputs.tile((0, number), "activation", TINT)
        return VGroup(Line(top, tile.get_top(), color=self.look.muted, stroke_width=style.HAIRLINE), tile)
