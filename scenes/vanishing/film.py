"""The same deep network with different activations: why a gradient fades on its way back, and what helps."""

from __future__ import annotations

from manim import Animation, Create, FadeIn, Indicate

from scenes.parts.arrays.table import Column
from scenes.parts.charts.layer_chart import LayerChart
from scenes.parts.room.around import around
from scenes.parts.room.motion import leave
from scenes.parts.text.layer_factors import LayerFactors
from scenes.parts.text.run_values import RunValues
from scenes.stage import style
from scenes.vanishing import CARD, words
from scenes.vanishing.gradient_beats import GradientBeats
from scenes.vanishing.stage import PATH_S

NAMES = 0.5  # of the axis: room for names and numbers before the first layer
BEHIND = 0.22  # of the axis: the same behind the last layer
NAME_ROOM = 2.4  # in the table of the answer
LEARNT = "(partial loss(L)) / (partial W^(({n}))) = (partial loss(L)) / (partial z^(({n}))) thick x^top"


class Vanishing(GradientBeats):
    """See scenes/vanishing/text.toml for what each beat says; here are the beats on what helps, and the answer."""

    card = CARD

    def cures(self) -> None:
        """One change at a time, measured and trained the same way; two at once at the end."""
        runs = list(map(int, self.array("cures")))
        names = {run: self.join(self.activation(run), " · ", self.change(run)) for run in runs}
        factors = LayerFactors(self, runs)
        chart = self.size_chart(self.room, names, NAMES)
        count = self.number("data/test_count", form="d")
        scores = Column([self.scored(run) for run in runs], self.head("test", test=count))
        chart.columns(factors.column(), scores)
        self.vary(with_norm=self.normed)
        self.say()
        strips = [leave(self.strips)] if self.normed else []  # else they have left before
        self.play(*self.clear_panel(), *self.no_formula(), *strips, FadeIn(chart.frame))
        self.panel.add(chart.frame)
        if self.normed:
            self.say()
            self.say()
        self.chart, self.curves = chart, {}
        told, normed = words.cures_told(self, runs, factors), set(runs[2:-2])
        step: list[Animation] = []  # what was new before steps back
        for run in runs:
            if run in told:
                stretch = self.number(self.of(run, "stretch"), form="digits:2")
                self.say(**({"stretch": stretch} if run in normed else {"told": told[run]}))
            self.curves |= self.draw(chart, run, before=[*step, *factors.written(run)])
            if run in normed:
                self.hold(style.PULSE_S)  # its product has one part more
                self.say(told=told[run])
            heads = [chart.heads] if run == runs[0] else []
            self.one_by_one([*heads, *chart.beside[run], chart.leads[run]], style.QUICK_S)
            step = chart.becomes(run, self.curves[run], "muted")

    def alike(self) -> None:
        """How far the examples stay apart on their way through the untrained nets."""
        self.vary(open=not words.alike(self, self.weak) or words.fate(self, self.weak) != "flat")
        self.say(who=self.activation(self.weak))
        ring = around(self.chart.beginning(), self.look)
        self.curves[self.weak].set_z_index(1)  # its last mark lies where the others' do
        self.play(Create(ring), *self.chart.lit(self.weak, self.curves), *self.no_formula())
        self.panel.add(ring)
        self.say()
        head = self.words(self.label("spread"), style.LABEL_PX, "activation")
        axis = self.head("place", zero=self.number("place", 0, form="d"))
        names = {run: self.join(name, ": ", words.left_over(self, run)) for run, name in self.ends.items()}
        chart = LayerChart(
            self, self.whole.without(left=style.GAP), "spread", names, head=head, role="activation",
            decades="scale/spread", room=BEHIND, places="place", axis=axis, forward=True,
        )  # fmt: skip
        self.show(chart.frame)
        self.draw(chart, self.weak)
        self.say(told=words.spread_told(self))
        self.play(Indicate(chart.labels[self.weak], 1.0, self.look.ink), run_time=style.SLOW_S)
        self.say(told=words.left_told(self))
        self.draw(chart, self.strong, self.cured)

    def answer(self) -> None:
        """What this does to the loss, beside how far the first layer moved, and what all layers leave of a gradient."""
        names, first = self.ends, self.number("layer", 0, form="d")
        left, right = self.room.columns(1.25, 1)
        chart = self.loss_chart(left, names)
        above, below = right.rows(1, 2.4)
        fitted = {run: self.fitted(name, NAME_ROOM) for run, name in names.items()}
        box, before = below.without(right=style.GAP), self.head("untrained")
        table = LayerFactors(self, names).powers(box, fitted, head=before)
        change = self.head("moved", layer=first, steps=self.number("training/steps", form="d"))
        moved = RunValues(self, above, change, names, "moved", 0, role="positive")
        self.say(layer=first)
        self.play(*self.clear_panel(), *self.formula(LEARNT, n=first), run_time=style.MOVE_S)
        self.one_by_one([chart.frame, chart.floor], style.MOVE_S)
        self.say(told=words.end_told(self))
        self.one_by_one([moved.head, *moved.of(self.weak)], style.QUICK_S)
        self.draw(chart, self.weak)
        self.say(told=words.ends_told(self))
        for run in (self.strong, self.cured):
            self.draw(chart, run, before=[*map(FadeIn, moved.of(run))])
        self.say(depth=self.number("depth", form="d"))
        self.one_by_one([table.frame, *table.rows], style.SLOW_S)
        mark = around(table.column(4), self.look, "gradient", 1.7 * style.TIGHT)
        self.play(Create(mark), *self.no_formula(), run_time=PATH_S)
        self.say()
