"""A recurrent net: one cell, unrolled through time, its memory, and its gradient on the way back."""

from __future__ import annotations

from functools import partial

from manim import Create, FadeIn, LaggedStart, ReplacementTransform, VGroup

from scenes.parts.arrays.table import Column, Table
from scenes.parts.charts.backward_chart import BackwardChart
from scenes.parts.charts.markers import marker
from scenes.parts.room.motion import leave
from scenes.parts.sequences.held_state import legend
from scenes.parts.sequences.lstm_cell import LstmCell
from scenes.parts.sequences.recurrent_cell import CellBox
from scenes.parts.sequences.recurrent_row import RecurrentRow
from scenes.parts.text.glyphs import require
from scenes.parts.text.typeset import Typeset
from scenes.parts.text.worked import with_numbers_under
from scenes.rnn import CARD
from scenes.rnn.formulas import BACKS, BELT, KEPT, SAME_WEIGHTS, recap_lines
from scenes.rnn.forward_beats import ForwardBeats
from scenes.rnn.memory import apart, memory_map, pair
from scenes.stage import style

OPEN = 0.9  # a step back that leaves more than this keeps the way open
NUMBER_PX = 30
FLAT = (0.65, 1.2, 0.65)  # of outputs, cells and inputs where there is little height
TICKS_ROOM, LOSS_ROOM, NAMES_ROOM = 0.7, 1.3, 0.35  # left of the cells, right of them and below


class RecurrentFilm(ForwardBeats):
    """See scenes/rnn/text.toml for what each beat says; here are the beats on memory and on the way back."""

    card = CARD

    def prepare(self) -> None:
        """Which steps are drawn, and where."""
        require(self.array("vocabulary") if self.of_characters else [self.item("data/name")])
        self.build_row()

    def memory(self) -> None:
        """The states of all steps side by side."""
        right = steps = self.told_apart()
        if not right or self.states.dense:
            self.variant(("dense" if right else "dense_plain") if self.states.dense else "plain")
        self.say()
        left, beside = self.whole.columns(1.55 if right else 3.2, 1)
        above, middle, below = beside.rows(1, 1.5, 0.6)
        chart = memory_map(self, left)
        signs = legend(self, self.states, "h", above, ("largest", "smallest"))
        numbers = (one[1] for one in self.contents.values())
        gone = [*self.row, *self.rest, *self.tiles.values(), *numbers]
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
        self.say(**self.characters(char=("input", steps[0])))
        rows, distance = pair(self, steps, middle), apart(self, steps, below)
        states, tiles, *predictions = (rows.column(number) for number in range(len(rows.columns)))
        outlines = VGroup(*map(chart.outline, steps))
        self.play(Create(outlines), FadeIn(states, tiles, distance), run_time=style.MOVE_S)
        self.panel.add(outlines, states, tiles, distance)
        self.say(**self.characters(first=("predicted", steps[0]), second=("predicted", steps[1])))
        self.one_by_one(predictions, style.MOVE_S)

    def back_in_time(self) -> None:
        """The gradient goes from the last step to the first; every cell as bright as its own."""
        norms, last, series = self.array("gradient/start_norm"), self.count - 1, "gradient/start_norm"
        if not norms[0] < norms[last]:
            self.variant("kept")
        self.say()
        above, below = self.room.rows(1, 2)
        room, cell = (
            above.without(left=TICKS_ROOM, right=LOSS_ROOM, bottom=NAMES_ROOM),
            partial(CellBox, self.look),
        )
        cells = RecurrentRow(self.look, room, self.row.drawn, cell, self.state_name, bare=True)
        across = None if cells.drawn.gap else cells.cells.row
        chart = BackwardChart(
            self, below, ("step", "gradient/decades"), self._axes("h"), {0: (series, None)}, across
        )
        loss = self.math("loss(L_T)", 38)
        ways, glows = (
            cells.standing().back(loss, partial(self._times, "gradient/factor", form=".2f", px=30)),
            map(chart.share, norms),
        )
        self.show(chart.frame, cells, loss)
        self.say()
        if self.kind != "lstm":  # whose gradient of h alone no formula is drawn for
            self.play(
                *self.formula(BACKS[self.kind] + SAME_WEIGHTS * (self.kind == "rnn")), run_time=style.MOVE_S
            )
        line = chart.marked(0)
        self.play(chart.drawn(line), cells.flows_back(ways, [*glows]), run_time=4 * style.PULSE_S)
        self.panel.add(line, *ways)
        for field, t in (("last", last), ("first", 0)):
            self.say(**{field: self.number(series, t, form=chart.form)})
            self.one_by_one([chart.end(0, t, series, 36)], style.MOVE_S)

    def _axes(self, *states: str) -> tuple[Typeset, Typeset]:
        norms = (f"norm(partial loss(L_T) \\/ partial {one}_t)" for one in states)
        return self.head("step"), self.math(", thick ".join(norms), 34)

    def _times(self, series: str, *index: int, form: str = ".3f", px: float = 36) -> Typeset:
        """By how much the gradient changes on its way into a step."""
        return self.math("times {f}", px, "gradient", f=self.number(series, *index, form=form))

    def lstm(self) -> None:
        """The cell state goes straight through, and one gate multiplies it; so does its gradient on the way back."""
        self.say()
        cell = LstmCell(self, self.room, {key: self.head(f"gate_{key}") for key in "figo"})
        series = {"f": "forget", "i": "input", "g": "new", "o": "output", "c0": "before", "c": "c", "h": "h"}
        fields = {key: self.number(f"long/last/{one}", 0, form=".3f") for key, one in series.items()}
        shown = {key: cell.value(key, self.words(one, NUMBER_PX)) for key, one in fields.items()}
        self.play(*self.no_formula(), run_time=style.QUICK_S)
        self.show(cell.frame, shown["c0"])
        self.one_by_one(cell.belt)
        self.say(f=fields["f"])
        self.one_by_one([cell.keeps, shown["f"]], style.MOVE_S)
        self.one_by_one([cell.writes, shown["i"], shown["g"], shown["c"]], style.MOVE_S)
        self.play(*self.formula(with_numbers_under(KEPT), style.FORMULA_PX, **fields), run_time=style.MOVE_S)
        self.say()
        self.one_by_one([cell.gives, shown["o"], shown["h"]], style.MOVE_S)
        self.say()
        ways = cell.back()
        self.play(*self.formula(BELT.replace("{other}", self.label("other_way"))), run_time=style.MOVE_S)
        self.play(LaggedStart(*map(Create, ways), lag_ratio=0.7), run_time=2 * style.PULSE_S)
        self.panel.add(ways)

    def long(self) -> None:
        """The same over many steps, for a plain RNN and two LSTMs."""
        runs = (1, 2, 3)
        factors = {run: f"long{run}/per_step" for run in runs}
        if not all(map(self.item, factors.values())):
            self.variant("underflow")
        self.say(length=self.number("long/length", form="d"))
        left, right = self.whole.columns(1.1, 1)
        lines = {run: (f"long{run}/gradient_norm", self._net(run)) for run in runs}
        chart = BackwardChart(self, left, ("long/step", "long/decades"), self._axes("h", "c"), lines)
        gates = [None, *(self.value(f"long{run}/forget_mean", form=".3f", px=34) for run in runs[1:])]
        times = [self._times(one) if self.item(one) else None for one in factors.values()]
        firsts = [self.value(one, 0, form=chart.form, px=34, colour="gradient") for one, _ in lines.values()]
        columns = [
            Column([marker(run, self.look, "gradient") for run in runs]),
            Column(gates, self.head("forget_mean")),
            Column(times, self.head("per_step")),
            Column(firsts, self.head("at_first")),
        ]
        table = Table(self.look, columns, right, gap=style.GAP, pitch=1.1, up="centre")
        self.play(*self.no_formula(), run_time=style.QUICK_S)
        self.show(chart.frame, table.heads)
        for run in runs:
            factor, first = (
                self.number(factors[run], form=".3f"),
                self.number(lines[run][0], 0, form=chart.form),
            )
            self.say(factor=factor, first=first)
            line, row = chart.marked(run), table.rows[run - 1]
            self.play(chart.drawn(line), FadeIn(row, chart.labels[run]), run_time=2 * style.PULSE_S)
            self.panel.add(line, row, chart.labels[run])

    def _net(self, run: int) -> Typeset:
        """The name of a long run."""
        if not bool(self.item(f"long{run}/open")):
            return self.words(self.name(f"long{run}/cell"), style.LABEL_PX, "gradient")
        biases = {gate[0]: self.number(f"long/{gate}_bias") for gate in ("forget", "input")}
        return self.math('word("LSTM,") thick b_f = {f}, b_i = {i}', 34, "gradient", **biases)

    def recap(self) -> None:
        """The answer, and the way there and back."""
        told = self.told_apart() if {*self.told_apart()} <= {*self.row.drawn.shown} else []  # seen here, too
        *kept, opened = (self.item(f"long{run}/per_step") for run in (1, 2, 3))
        shut = opened <= max(OPEN, *kept)
        self.variant("_".join(["plain"] * (not told) + ["shut"] * shut))
        names = {"char": "input", "first": "predicted", "second": "predicted"}
        places = zip(names.items(), (*told[:1], *told), strict=False)
        self.say(**self.characters(**{key: (one, t) for (key, one), t in places}))
        above, below = self.whole.rows(1.35, 1)
        name = self.words(self.name("cell"), style.LABEL_PX, "positive", "bold")
        net = RecurrentRow(
            self.look, above.without(right=LOSS_ROOM), self.row.drawn,
            lambda room: CellBox(self.look, room, name.copy()), self.state_name, FLAT,
        )  # fmt: skip
        net.fill(net.inputs, lambda t, box: self.tile("input", t, box, "input"))
        given = net.fill(net.outputs, lambda t, box: self.tile("predicted", t, box, "activation"))
        forth, back = map(self.lines, recap_lines(self), below.columns(1, 1.1))
        self.show(net.standing())
        lights = LaggedStart(*(net.flash(link[0]) for link in net.links), lag_ratio=0.5)
        self.play(lights, run_time=style.SLOW_S)
        self.play(*(net.flash(given[net.drawn.shown.index(t)][0]) for t in told))
        self.one_by_one(forth.rows)
        self.say()
        loss = self.math("loss(L_T)", 38)
        ways = net.back(loss)
        self.one_by_one([loss, back.rows[0]], style.MOVE_S)
        self.play(LaggedStart(*map(Create, ways), lag_ratio=0.7), run_time=style.SLOW_S)
        self.panel.add(*ways)
        self.say()
        self.one_by_one(back.rows[1:], style.MOVE_S)
