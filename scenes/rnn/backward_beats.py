"""The memory of a recurrent net, its gradient back in time, and the recap: the beats from `memory` on."""

from __future__ import annotations

import numpy as np
from manim import (
    Animation,
    Create,
    FadeIn,
    LaggedStart,
    ReplacementTransform,
    ShowPassingFlash,
    VGroup,
)

from scenes.parts.layout import fit
from scenes.parts.motion import arrive, leave
from scenes.rnn.forward_beats import ForwardBeats
from scenes.rnn.gradient import BackInTime, LongChart
from scenes.rnn.memory import MemoryMap
from scenes.rnn.recap import recap_lines
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
        if not right or self.dense:
            self.variant(("dense" if right else "dense_plain") if self.dense else "plain")
        self.say()
        self.map = MemoryMap(self, self.whole)
        self._to_columns()
        self.say()
        self.play(FadeIn(self.map.key), run_time=style.MOVE_S)
        self.panel = VGroup(self.map.units, self.map.ground, self.map.key)
        if not right:
            self.say()
            self.say()
            return
        early, late = pair
        self.say(char=self.number("input/character", early, form="character"))
        rows, apart = self.map.pair(early, late), self.map.apart(early, late)
        frames = VGroup(*(self.map.frame(t) for t in pair))
        states, tiles, *predictions = (rows.column(number) for number in range(len(rows.columns)))
        self.play(Create(frames), FadeIn(states, tiles, apart), run_time=style.MOVE_S)
        self.say(
            first=self.number("predicted/character", early, form="character"),
            second=self.number("predicted/character", late, form="character"),
        )
        self.play(FadeIn(*predictions), run_time=style.MOVE_S)
        self.panel.add(rows, apart, frames)

    def _to_columns(self) -> None:
        """Each cell's strip becomes its column; the inputs move under the columns."""
        labels = self.map.labels()
        kept = self.contents if self.map.names_inputs else ()
        gone = [tile for t, tile in self.tiles.items() if t not in kept]
        gone += [numbers for _, numbers in self.contents.values()]
        self.play(*self.clear_panel(), *self.no_formula(), leave(self.row, *gone), run_time=style.MOVE_S)
        self.columns = {t: self.map.states([t]) for t in self.contents}
        flights = [ReplacementTransform(self.contents[t][0], one) for t, one in self.columns.items()]
        flights += [ReplacementTransform(self.tiles[t], labels[t]) for t in kept]
        self.play(FadeIn(self.map.ground), *flights, run_time=style.SLOW_S)
        others = [t for t in range(self.count) if t not in self.columns]
        self.others = self.map.states(others) if others else VGroup()
        self.labels = VGroup(*labels.values())
        rest = [text for t, text in labels.items() if t not in kept]
        self.play(FadeIn(self.others, *rest, self.map.units), run_time=style.MOVE_S)

    def back_in_time(self) -> None:
        """One pulse from the last step to the first; every cell as bright as its gradient."""
        norms = self.array("gradient/start_norm")
        if not norms[0] < norms[-1]:
            self.variant("kept")
        self.say()
        graph = BackInTime(self, self.whole)
        others = [cell for t, cell in enumerate(graph.cells) if t not in self.columns]
        self.play(*self.clear_panel(), leave(self.labels, self.others), run_time=style.MOVE_S)
        flights = [ReplacementTransform(one, VGroup(graph.cells[t])) for t, one in self.columns.items()]
        self.play(*flights, *([FadeIn(*others)] if others else []), run_time=style.SLOW_S)
        self.play(FadeIn(graph.frame, graph.arrows[:2]), run_time=style.MOVE_S)
        self.say()
        lights = [graph.cells[t].animate.become(graph.lit(t)) for t in reversed(range(self.count))]
        parts = [lights, [FadeIn(dot) for dot in graph.dots], [Create(one) for one in graph.arrows[2:]]]
        waves = [LaggedStart(*one, lag_ratio=0.6) for one in parts if one]
        self.play(Create(graph.curve), *waves, run_time=3 * style.PULSE_S)
        self.say(last=self.number("gradient/start_norm", self.count - 1, form=graph.form))
        last = graph.value(self.count - 1)
        self.play(FadeIn(last), run_time=style.MOVE_S)
        self.say(first=self.number("gradient/start_norm", 0, form=graph.form))
        first = graph.value(0)
        self.play(FadeIn(first), run_time=style.MOVE_S)
        self.panel = VGroup(graph.frame, graph.curve, graph.dots, graph.arrows, last, first, *graph.cells)

    def long(self) -> None:
        """The same over many steps, for a plain RNN and two LSTMs."""
        if not self._alike(*(self.array(f"long{run}/gradient_norm") for run in (1, 2))):
            self.variant("differ")
        self.say(length=self.number("long/length", form="d"))
        chart = LongChart(self, self.whole)
        self.show(chart.frame)
        self.play(FadeIn(chart.table.heads), run_time=style.QUICK_S)
        self.panel.add(chart.table.heads)
        for run, field in zip(chart.runs, ("rnn", "lstm", "open"), strict=False):
            said = {field: self.number(f"long{run}/gradient_norm", 0, form=chart.form)}
            if bool(self.item(f"long{run}/forget_open")):
                said["bias"] = self.number("long/forget_bias")
            self.say(**said)
            (curve, marks), row = chart.lines[run - 1], chart.table.rows[run - 1]
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
        for line in forward:
            self.play(FadeIn(line), run_time=style.MOVE_S)
        self.say()
        self.play(FadeIn(back), run_time=style.MOVE_S)
        way = cell[1].copy().set_stroke(self.look.gradient, width=style.STRONG)
        flashes: list[Animation] = [
            ShowPassingFlash(one.reverse_points(), time_width=0.6) for one in way.split()
        ]
        self.play(*flashes, run_time=style.SLOW_S)
        self.say()
