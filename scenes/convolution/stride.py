"""Larger steps make a smaller output: its sizes, the formula, and the notes' example as a row of cells."""

from __future__ import annotations

import numpy as np
from manim import Create, FadeIn, LaggedStart, VGroup

from scenes.convolution.stage import ConvStage
from scenes.parts.arrays.filling import Filling
from scenes.parts.arrays.series_cells import SeriesCells
from scenes.parts.arrays.signal import Signal
from scenes.parts.room.motion import leave
from scenes.parts.room.standing import SMALLEST
from scenes.stage import style

NAMED = {"n": "input", "f": "filter", "s": "stride", "p": "padding", "o": "output", "d": "dilation"}  # labels
SERIES = {
    "n": "size/input",
    "f": "size/kernel",
    "s": "size/stride",
    "p": "size/padding",
    "d": "size/dilation",
}
EXAMPLE = 2  # the stride that is shown when the run itself takes every place
STOP_S = (0.5, 0.35, 0.25)
NOTES_S = 2.6
PX, RULE_PX = 40, 38
SIZE = "floor((n + rule(2) p - f) / s) + rule(1) = floor(({n} + rule(2) dot {p} - {f}) / {s}) + rule(1)"
SPREAD = (  # with a dilation d
    "floor((n + rule(2) p - d(f - rule(1)) - rule(1)) / s) + rule(1) = "
    "floor(({n} + rule(2) dot {p} - {d} dot ({f} - rule(1)) - rule(1)) / {s}) + rule(1)"
)


class Stride(ConvStage):
    """The beat on padding left its picture `padded`, with `amount` of a border, and what stands `between`."""

    padded: SeriesCells
    amount: int
    between: VGroup

    def stride(self) -> None:
        """The window jumps; how many places are left; the size as a formula, and the notes' example."""
        step = max(int(self.array("size/stride")[0]), EXAMPLE)
        s = f"stride{step}"
        letters = ("n", "f", "s", "p", "d") if self.dilation > 1 else ("n", "f", "s", "p")
        told = {one: self.number(SERIES[one], 1) for one in letters} | {"s": self.number(f"{s}/stride")}
        self.variant("" if int(self.item(f"{s}/unread")) else "all")
        self.say(stride=told["s"])
        back = self.input.adopt(self.padded, (self.border[0] - self.amount, self.border[1] - self.amount))
        self.play(*self.clear_panel(), leave(self.between), *back, run_time=style.MOVE_S)
        cells = SeriesCells(self, f"{s}/output", limit=float(self.item("slide/limit")))
        cells.into(self.side, most=max(self.input.pitch[1], SMALLEST))
        tops, lefts = (range(0, side, step) for side in self.input.shape)
        walk = Filling(self, self.input, cells, tops=tops, lefts=lefts, **self.reach)
        sides = (self.input, self.input_text()), (cells, self.output_text(f"{s}/size"))
        names = [self.over(side.box, text) for side, text in sides]
        self.play(*walk.enter(), FadeIn(walk.hollow, *names), run_time=style.MOVE_S)
        walk.each(seconds=STOP_S)
        self.play(walk.end(), run_time=style.QUICK_S)
        self.panel = VGroup(self.input.all(), walk.hollow, cells, *names)
        unread = np.argwhere(self.array(f"{s}/visits") == 0).tolist()
        self.say(**({"unread": self.number(f"{s}/unread", form="d")} if unread else {}))
        struck = self.input.strike((y + self.border[0], x + self.border[1]) for y, x in unread)
        if unread:
            self.panel.add(struck)
            self.play(LaggedStart(*map(Create, struck), lag_ratio=0.1), run_time=style.MOVE_S)
        told["o"] = self.number(f"{s}/size", 1)
        rows = {sign: (NAMED[sign], self.words(text, PX)) for sign, text in told.items()}
        table = self.symbols(rows, self.middle, PX)
        self.play(LaggedStart(*map(FadeIn, table.rows), lag_ratio=0.4), run_time=style.SLOW_S)
        self.say()
        source = f"o = {SPREAD if self.dilation > 1 else SIZE} = {{o}}"
        self.play(*self.formula(source, RULE_PX, **told), run_time=style.MOVE_S)
        self.panel.add(table)
        self._notes()

    def _notes(self) -> None:
        """One row of the lecture notes' picture: as many windows as the formula says, an output cell for each."""
        keys = {key: name for key, name in NAMED.items() if key != "d"} | {"f": "kernel"}
        told = {sign: self.number(f"notes/{key}", form="d") for sign, key in keys.items()}
        self.say(n=told["n"], f=told["f"], s=told["s"])
        ends = (("input", "n"), ("output", "o"))
        names = [self.words(self.join(self.label(key), " ", told[sign]), PX) for key, sign in ends]
        count, kernel = (int(self.item(f"notes/{key}")) for key in ("input", "kernel"))
        signal = Signal((names[0], names[1]), self.room, count, kernel, self.array("notes/left").tolist())
        self.play(*self.clear_panel(), *self.no_formula(), run_time=style.QUICK_S)
        self.play(FadeIn(signal.row, names[0]), run_time=style.MOVE_S)
        source = f"o = {SIZE} = {{q}} + rule(1) = {{o}}"
        rule = self.formula(source, RULE_PX, q=self.number("notes/quotient"), **told)
        self.play(*rule, Create(signal.window), run_time=style.MOVE_S)
        self.play(*signal.run(), run_time=NOTES_S)
        self.say(output=told["o"])
        first = signal.stops[0][1].animate.set_stroke(self.look.ink, style.STRONG)
        self.play(FadeIn(names[1]), first, run_time=style.MOVE_S)
        self.panel = VGroup(signal)
