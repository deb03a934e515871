"""The memory of a recurrent net, its gradient back in time, and the recap: the beats from `memory` on."""

from __future__ import annotations

import numpy as np
from manim import (
    Create,
    FadeIn,
    LaggedStart,
    ReplacementTransform,
    ShowPassingFlash,
    VGroup,
)

from scenes.parts.layout import fit
from scenes.parts.motion import leave
from scenes.rnn.formulas import recap_lines
from scenes.rnn.forward_beats import ForwardBeats
from scenes.rnn.gradient import BackInTime, LongChart
from scenes.rnn.memory import MemoryMap
from scenes.rnn.stage import LEFT_SHARE, RIGHT_SHARE
from scenes.stage import style

ALIKE = 0.15  # two losses of gradient count as alike when their decades differ by less than this share


class BackwardBeats(ForwardBeats):
    """The states side by side, the gradient over a few steps and over many."""

    def memory(self) -> None:
        """The states of all steps side by side."""
        pair = [int(t) for t in self.array("same/pair")]
        right = len(pair) == 2 and all(
            self.array("predicted/id")[t] == self.array("target/id")[t] for t in pair
        )
        if not right or self.states.dense:
            self.variant(("dense" if right else "dense_plain") if self.states.dense else "plain")
        self.say()
        chart = MemoryMap(self, self.whole, alone=not right)
        self._to_columns(chart)
        self.say()
        self.play(FadeIn(chart.key), run_time=style.MOVE_S)
        self.panel.add(chart.key)
        if not right:
            self.say()
            self.say()
            return
        self.say(char=self.number("input/character", pair[0], form="character"))
        rows, apart = chart.pair(*pair), chart.apart(*pair)
        states, tiles, *predictions = (rows.column(number) for number in range(len(rows.columns)))
        outlines = VGroup(*(chart.outline(t) for t in pair))
        self.play(Create(outlines), FadeIn(states, tiles, apart), run_time=style.MOVE_S)
        self.panel.add(outlines, states, tiles, apart)
        first, second = (self.number("predicted/character", t, form="character") for t in pair)
        self.say(first=first, second=second)
        self.one_by_one(predictions, style.MOVE_S)

    def _to_columns(self, chart: MemoryMap) -> None:
        """Each cell's strip becomes its column, and the others come."""
        gone = [*self.row, *self.tiles.values(), *(numbers for _, numbers in self.contents.values())]
        self.play(*self.no_formula(), leave(*gone), run_time=style.MOVE_S)
        columns = {t: chart.columns([t]) for t in self.contents}
        flights = [ReplacementTransform(self.contents[t][0], one) for t, one in columns.items()]
        self.play(*flights, run_time=style.SLOW_S)
        others = [t for t in range(self.count) if t not in columns]
        rest = VGroup(chart.columns(others) if others else VGroup(), chart.frame)
        self.play(FadeIn(rest), run_time=style.MOVE_S)
        self.panel = VGroup(*columns.values(), rest)

    def back_in_time(self) -> None:
        """One pulse from the last step to the first; every cell as bright as its gradient."""
        norms = self.array("gradient/start_norm")
        if not norms[0] < norms[-1]:
            self.variant("kept")
        self.say()
        chart = BackInTime(self, self.whole)
        self.show(chart.frame, chart.loss)
        self.say()
        parts = [(FadeIn, chart.cells), (FadeIn, chart.dots), (Create, chart.arrows)]
        waves = [LaggedStart(*map(show, part), lag_ratio=0.6) for show, part in parts]
        self.play(Create(chart.curve), *waves, run_time=3 * style.PULSE_S)
        self.panel.add(chart.curve, chart.cells, chart.dots, chart.arrows)
        for field, t in (("last", self.count - 1), ("first", 0)):
            self.say(**{field: self.number("gradient/start_norm", t, form=chart.form)})
            self.one_by_one([chart.value(t)], style.MOVE_S)

    def long(self) -> None:
        """The same over many steps, for a plain RNN and two LSTMs."""
        if not self._alike(*(self.array(f"long{run}/gradient_norm") for run in (1, 2))):
            self.variant("differ")
        self.say(length=self.number("long/length", form="d"))
        chart = LongChart(self, self.whole)
        self.show(chart.frame, chart.table.heads)
        bias = self.number("long/forget_bias")
        for run, ((curve, marks), row) in enumerate(zip(chart.lines, chart.table.rows, strict=True)):
            first = self.number(f"long{run + 1}/gradient_norm", 0, form=chart.form)
            self.say(**{("rnn", "lstm", "open")[run]: first}, bias=bias)
            signs = LaggedStart(*(FadeIn(mark) for mark in marks), lag_ratio=0.8)
            self.play(Create(curve), signs, FadeIn(row[:2]), run_time=2 * style.PULSE_S)
            self.play(FadeIn(row[2]), run_time=style.QUICK_S)
            self.panel.add(curve, marks, row)

    @staticmethod
    def _alike(one: np.ndarray, other: np.ndarray) -> bool:
        """Whether two gradients lose about as many decades on the way."""
        if min(one[0], other[0], one[-1], other[-1]) == 0:
            return bool(one[0] == other[0] and one[-1] == other[-1])
        lost = [float(np.log10(norms[-1]) - np.log10(norms[0])) for norms in (one, other)]
        return abs(lost[0] - lost[1]) <= ALIKE * max(abs(lost[0]), abs(lost[1]))

    def recap(self) -> None:
        """The cell with its loop, and the net in formulas."""
        self.say()
        left, right = self.whole.columns(LEFT_SHARE, RIGHT_SHARE)
        cell, names, place = self.one_cell(left)
        names.add(fit(self.math("input(x_t)", 38), place))
        self.show(cell, names)
        *forward, back = self.lines(recap_lines(self), right).rows
        self.one_by_one(forward, 3 * style.MOVE_S)
        self.say()
        self.play(FadeIn(back), run_time=style.MOVE_S)
        way = cell[1].copy().set_stroke(self.look.gradient, width=style.STRONG).reverse_points()
        self.play(ShowPassingFlash(way, time_width=0.6), run_time=style.SLOW_S)
        self.say()
