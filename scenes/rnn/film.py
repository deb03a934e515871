"""A recurrent net: one cell, unrolled through time, its memory, and its gradient on the way back."""

from __future__ import annotations

from functools import partial

import numpy as np
from manim import Create, FadeIn, ReplacementTransform, ShowPassingFlash, VGroup

from scenes.parts.backward_chart import BackwardChart
from scenes.parts.glyphs import require
from scenes.parts.held_state import legend
from scenes.parts.layout import fit
from scenes.parts.markers import marker
from scenes.parts.motion import leave
from scenes.parts.recurrent_cell import CellBox
from scenes.parts.recurrent_row import RecurrentRow
from scenes.parts.table import Column, Table
from scenes.parts.typeset import Typeset
from scenes.rnn import CARD
from scenes.rnn.formulas import recap_lines
from scenes.rnn.forward_beats import LEFT_SHARE, RIGHT_SHARE, ForwardBeats
from scenes.rnn.memory import apart, memory_map, pair
from scenes.stage import style

ALIKE = 0.15  # two losses of gradient count as alike when their decades differ by less than this share
TICKS_ROOM, LOSS_ROOM = 0.7, 1.3  # left of the cells, and right of them
NORM = "norm(partial loss(L_T) \\/ partial h_t)"


class RecurrentFilm(ForwardBeats):
    """See scenes/rnn/text.toml for what each beat says; here are the beats on memory and on the way back."""

    card = CARD

    def prepare(self) -> None:
        """Which steps are drawn, and where."""
        require(self.array("vocabulary") if self.of_characters else [self.item("data/name")])
        self.build_row()

    def memory(self) -> None:
        """The states of all steps side by side."""
        steps = [int(t) for t in self.array("same/pair")]
        both = [self.array(f"{name}/id") for name in ("predicted", "target")] if steps else []
        right = bool(steps) and all(both[0][t] == both[1][t] for t in steps)
        if not right or self.states.dense:
            self.variant(("dense" if right else "dense_plain") if self.states.dense else "plain")
        self.say()
        left, beside = self.whole.columns(1.55 if right else 3.2, 1)
        above, middle, below = beside.rows(1, 1.5, 0.6)
        chart, signs = (
            memory_map(self, left),
            legend(self, self.states, "h", above, ("largest", "smallest")),
        )
        gone = [
            *self.row,
            *self.rest,
            *self.tiles.values(),
            *(numbers for _, numbers in self.contents.values()),
        ]
        self.play(*self.no_formula(), leave(*gone), run_time=style.MOVE_S)
        columns = {t: chart.columns([t]) for t in self.contents}
        flights = [ReplacementTransform(self.contents[t][0], one) for t, one in columns.items()]
        self.play(*flights, run_time=style.SLOW_S)
        others = [t for t in range(self.count) if t not in columns]
        rest = VGroup(chart.columns(others) if others else VGroup(), chart.frame)
        self.play(FadeIn(rest), run_time=style.MOVE_S)
        self.say()
        self.play(FadeIn(signs), run_time=style.MOVE_S)
        self.panel = VGroup(*columns.values(), rest, signs)
        if not right:
            self.say()
            self.say()
            return
        self.say(char=self.number("input/character", steps[0], form="character"))
        rows, distance = pair(self, steps, middle), apart(self, steps, below)
        states, tiles, *predictions = (rows.column(number) for number in range(len(rows.columns)))
        outlines = VGroup(*map(chart.outline, steps))
        self.play(Create(outlines), FadeIn(states, tiles, distance), run_time=style.MOVE_S)
        self.panel.add(outlines, states, tiles, distance)
        first, second = (self.number("predicted/character", t, form="character") for t in steps)
        self.say(first=first, second=second)
        self.one_by_one(predictions, style.MOVE_S)

    def back_in_time(self) -> None:
        """The gradient goes from the last step to the first; every cell as bright as its own."""
        norms, last = self.array("gradient/start_norm"), self.count - 1
        if not norms[0] < norms[last]:
            self.variant("kept")
        self.say()
        above, below = self.whole.rows(1, 2.4)
        room, cell = above.without(left=TICKS_ROOM, right=LOSS_ROOM), partial(CellBox, self.look)
        cells = RecurrentRow(self.look, room, self.row.drawn, cell, self.state_name, bare=True)
        chart = BackwardChart(
            self, below, ("step", "gradient/decades"), (self.head("step"), self.math(NORM, 34)),
            {0: ("gradient/start_norm", None)}, None if cells.drawn.gap else cells.cells.row,
        )  # fmt: skip
        loss = self.math("loss(L_T)", 38)
        ways, glows = cells.standing().back(loss), {t: chart.share(norms[t]) for t in cells.boxes}
        self.show(chart.frame, cells, loss)
        self.say()
        line = chart.marked(0)
        self.play(chart.drawn(line), cells.flows_back(ways, glows), run_time=3 * style.PULSE_S)
        self.panel.add(line, *ways)
        for field, t in (("last", last), ("first", 0)):
            self.say(**{field: self.number("gradient/start_norm", t, form=chart.form)})
            self.one_by_one([chart.end(0, t, "gradient/start_norm", 36)], style.MOVE_S)

    def long(self) -> None:
        """The same over many steps, for a plain RNN and two LSTMs."""
        series = [f"long{run + 1}/gradient_norm" for run in range(int(self.item("long/runs")))]
        if not self._alike(*map(self.array, series[:2])):
            self.variant("differ")
        self.say(length=self.number("long/length", form="d"))
        left, right = self.whole.columns(1.5, 1)
        chart = BackwardChart(
            self, left, ("long/step", "long/decades"), (self.head("step"), self.math(NORM, 34)),
            {run: (one, None) for run, one in enumerate(series)},
        )  # fmt: skip
        firsts = [self.value(one, 0, form=chart.form, px=38, colour="gradient") for one in series]
        columns = [
            Column([marker(run, self.look, "gradient") for run in chart.lines]),
            Column([self._net(run + 1, 0.55 * right.width) for run in chart.lines], align="left"),
            Column(firsts, self.head("at_first")),
        ]
        table = Table(self.look, columns, right, gap=style.GAP, pitch=1.1, up="centre")
        self.show(chart.frame, table.heads)
        bias = self.number("long/forget_bias")
        for run, field in enumerate(("rnn", "lstm", "open")):
            self.say(**{field: self.number(series[run], 0, form=chart.form)}, bias=bias)
            line, row = chart.marked(run), table.rows[run]
            self.play(chart.drawn(line), FadeIn(row), run_time=2 * style.PULSE_S)
            self.panel.add(line, row)

    def _net(self, run: int, room: float) -> Typeset:
        if not bool(self.item(f"long{run}/forget_open")):
            return self.words(self.name(f"long{run}/cell"))
        return self.fitted(self.label("opened", bias=self.number("long/forget_bias")), room)

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
        one = self.large_cell(left)
        names = one.names.add(fit(self.math("input(x_t)", 38), one.place))
        self.show(one.drawn, names)
        *forward, back = self.lines(recap_lines(self), right).rows
        self.one_by_one(forward, 3 * style.MOVE_S)
        self.say()
        self.play(FadeIn(back), run_time=style.MOVE_S)
        way = one.drawn[1].copy().set_stroke(self.look.gradient, width=style.STRONG).reverse_points()
        self.play(ShowPassingFlash(way, time_width=0.6), run_time=style.SLOW_S)
        self.say()
