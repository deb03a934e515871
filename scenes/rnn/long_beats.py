"""The LSTM cell, what its gates do to the gradient, and a long way back: the last beats."""

from __future__ import annotations

from manim import Create, DashedVMobject, FadeIn, LaggedStart, Line, Mobject, VGroup, linear

from scenes.parts.charts.backward_chart import BackwardChart
from scenes.parts.room.layout import fit, row
from scenes.parts.room.motion import arrive
from scenes.parts.sequences.lstm_unit import LstmUnit
from scenes.parts.sequences.recurrent_row import RecurrentRow
from scenes.parts.text.cell_rules import BELT, FORGET, KEPT, SWITCH, WHOLE
from scenes.parts.text.worked import letters, with_numbers_under
from scenes.rnn.forward_beats import ForwardBeats
from scenes.stage import style
from scenes.stage.long_stage import LongStage
from scenes.stage.recurrent_stage import NAME_ROOM

OPEN = 0.9  # a step back that leaves more than this keeps the way open
HARDLY = 0.001  # of the last step's gradient: less of it at the first step hardly arrives
PRICE = 0.5  # an input gate that lets in less than this share of what it did is a price
NOTE_PX, KEPT_PX, RULE_PX = 40, 44, 46
AGAIN_ROOM = 3.8  # for what the long runs read, beside the drawn cell
GATE_S, WHOLE_S = (
    1.6,
    2.0,
)  # a gate and what it computes, before the next one comes; the whole cell, before it changes
WIDTHS = {1: style.LINE, 2: style.LINE, 3: 2 * style.STRONG}  # of the long runs' lines; the second is dashed
DASHES = 45
FLAT = (0.65, 1.1, 0.65)  # of outputs, cells and inputs where there is little height
LOSS_ROOM = 1.3
RULE_ROOM = 0.1  # for the line between what was trained and what was not, as a share
NORM = 'word("{0}") thick norm(partial loss(L_T) \\/ partial {1}_t)'.format


class LongBeats(ForwardBeats, LongStage):
    """What is said of the three long runs; `unit` is the drawn cell."""

    def lstm(self) -> None:
        """The cell state goes straight through, and one gate multiplies it; so does its gradient on the way back."""
        self.say(length=self.number("long/length", form="d"))
        unit = self.unit = self._unit(2)
        shown, fields, (forget_bias, input_bias) = unit.numbers, unit.fields, unit.biases
        self._in_place(unit.frame, shown["c0"], shown["h0"], unit.of)
        self.say()
        self.one_by_one(unit.belt)
        self.say(f=fields["f"])
        self.one_by_one([unit.keeps, shown["f"], forget_bias], 2 * style.PULSE_S)
        switch = SWITCH.replace("{keep}", self.label("keep")).replace("{lose}", self.label("lose"))
        self.play(*self.formula(switch), run_time=style.QUICK_S)
        self.hold(GATE_S)
        self.say(i=fields["i"])
        self.one_by_one([unit.writes, shown["g"], shown["i"], input_bias, shown["c"]], 2 * style.PULSE_S)
        self.play(*self.formula(with_numbers_under(KEPT), KEPT_PX, **fields), run_time=style.QUICK_S)
        self.hold(GATE_S)
        self.say()
        self.one_by_one([unit.gives, shown["o"], shown["h"]], 2 * style.PULSE_S)
        self.hold(GATE_S)
        self.say(f=fields["f"])
        self.play(*self.formula(BELT.replace("{other}", self.label("other_way"))), run_time=style.MOVE_S)
        self.play(unit.flows_back(), run_time=2 * style.PULSE_S)
        self.panel = unit.standing()

    def _unit(self, run: int) -> LstmUnit:
        """The last step of a long run, in the unit whose forget gate keeps most."""
        place = self.item("long/unit")
        fields = {"unit": self.number("unit", place, form="d"), "step": self.number("long/length", form="d")}
        one = self.words(self.label("of_unit", **fields), NOTE_PX)
        of = row([self.again(AGAIN_ROOM, NOTE_PX), one], style.WIDE)
        gates = {key: self.words(self.label(f"gate_{key}"), style.LABEL_PX) for key in "figo"}
        return LstmUnit(self, self.room, gates, f"long{run}", place, of)

    def _in_place(self, *parts: Mobject) -> None:
        """Put parts in place of the panel and of the formula."""
        self.play(*self.no_formula(), *self.clear_panel(), arrive(*parts), run_time=style.MOVE_S)
        self.panel = VGroup(*parts)

    def gates(self) -> None:
        """The same cell with other biases: what it keeps, what it writes, and that gates are learned."""
        place, new = self.item("long/unit"), self._unit(3)
        forget, written, *states = (
            [abs(self.array(f"long{run}/last/{one}")[place]) for run in (2, 3)]
            for one in ("forget", "input", "before", "c")
        )
        shut, free = forget[1] <= forget[0], written[1] >= PRICE * written[0]
        small = forget[1] > OPEN and all(after < before for before, after in states)
        self.vary(shut=shut, free=free, large=not (shut or free or small))
        forget_bias, input_bias, opened, rest = self.unit.becomes(new)
        self.say(forget=self.number("long/forget_bias"))
        self.play(*self.no_formula(), *forget_bias, run_time=style.MOVE_S)
        self.hold(WHOLE_S)
        self.say(input=self.number("long/input_bias"))
        self.play(*input_bias, run_time=style.MOVE_S)
        self.say(f=new.fields["f"])
        self.play(*opened, run_time=2 * style.PULSE_S)
        self.say(i=self.number("long3/last/input", place, form=".0%"))
        worked = self.formula(with_numbers_under(KEPT), KEPT_PX, **new.fields)
        self.play(*rest, *worked, run_time=style.MOVE_S)
        self.hold(1.5 * GATE_S)
        self.panel = self.unit.standing()
        self.say()
        self.play(*self.formula(FORGET), run_time=style.MOVE_S)

    def long(self) -> None:
        """The same over many steps, for a plain RNN and two LSTMs."""
        self.vary(underflow=not self.lasts, arrives=self.lasts and self.item("long1/left") > HARDLY)
        self.say(length=self.number("long/length", form="d"))
        left, right = self.whole.columns(1.75, 1)
        axes = self.said("step"), self.math(f"{NORM('RNN', 'h')}, quad {NORM('LSTM', 'c')}", 36)
        lines = {run: (f"long{run}/gradient_norm", self.curve_name(run)) for run in self.LONG}
        chart = BackwardChart(self, left, ("long/step", "long/decades"), axes, lines)
        above, below = right.rows(1, 3)
        table = self.long_table(below)
        self._in_place(chart.frame, fit(self.setting(), above, "left"), table.heads)
        series = "per_step" if self.lasts else "gradient_norm"
        at, form = ((), ".3f") if self.lasts else ((0,), "short")
        rnn, lstm, opened = (self.number(f"long{run}/{series}", *at, form=form) for run in self.LONG)
        for run, said in zip(self.LONG, table.rows, strict=True):
            line, marks = chart.marked(run, self.TONES[run])
            line.set_stroke(width=WIDTHS[run])
            if run == self.LONG[1]:
                self.say(rnn=rnn, lstm=lstm)
            elif run == self.LONG[2]:
                biases = {one: self.number(f"long/{one}_bias") for one in ("forget", "input")}
                self.say(open=opened, **biases)
            way = Create(DashedVMobject(line, DASHES) if run == self.LONG[1] else line, rate_func=linear)
            signs = LaggedStart(*map(FadeIn, (*marks, chart.labels[run])), lag_ratio=1)
            self.play(way, signs, run_time=style.SLOW_S)
            if run == self.LONG[0]:
                self.say()
            self.play(FadeIn(said), run_time=style.QUICK_S)
            self.panel.add(way.mobject, marks, chart.labels[run], said)

    def recap(self) -> None:
        """The answer, and the way there and back."""
        told = self.told_apart() if {*self.told_apart()} <= {*self.row.drawn.shown} else []  # seen here, too
        *kept, opened = (self.item(f"long{run}/per_step") for run in self.LONG)
        lasts, mean = opened > max(OPEN, *kept), f"long{self.LONG[-1]}/forget_mean"
        self.vary(plain=not told, shut=not lasts, half=lasts and self.item(mean) <= OPEN)
        self.say(**(self.characters(char=("input", told[0])) if told else {}))
        above, middle, below = self.whole.rows(1, RULE_ROOM, 1.15, gap=style.TIGHT)
        room = above.without(left=NAME_ROOM, right=LOSS_ROOM)
        net = RecurrentRow(self.look, room, self.row.drawn, self.named_cell, self.state_name, FLAT)
        net.add(self.row_name("trained", "muted", net.cells))
        net.fill(net.inputs, lambda t, box: self.tile("input", t, box, "input"))
        given = net.fill(net.outputs, lambda t, box: self.tile("predicted", t, box, "activation"))
        line = Line(middle.at(0, 0.5), middle.at(1, 0.5), color=self.look.muted, stroke_width=style.LINE)
        left, right = below.columns(1, 1)
        rules = {"step_cell": WHOLE[self.kind], "cell_state": letters(KEPT)}
        forth = self.lines(
            ((key, self.math(one, RULE_PX)) for key, one in rules.items()), left, style.TABLE_PX
        )
        head, kept = self.what_is_left(right)
        self.show(net.standing())
        lights = LaggedStart(*(net.flash(link[0]) for link in net.links), lag_ratio=0.5)
        told_by = (net.flash(given[net.drawn.shown.index(t)][0]) for t in told)
        self.play(lights, *told_by, run_time=style.SLOW_S)
        self.one_by_one(forth.rows[:1], style.QUICK_S)
        self.say()
        loss = self.math("loss(L_T)", 44)
        ways = net.back(loss)
        self.one_by_one([loss], style.QUICK_S)
        self.play(LaggedStart(*map(Create, ways), lag_ratio=0.7), run_time=style.SLOW_S)
        self.panel.add(*ways)
        self.one_by_one([line, head, kept.frame, *kept.rows[:2]], style.MOVE_S)
        self.say(one=self.number(mean, form=".0f"), length=self.number("long/length", form="d"))
        self.one_by_one([forth.rows[1], kept.rows[2]], style.MOVE_S)
