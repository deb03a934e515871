"""The same deep network with different activations: why a gradient fades on its way back, and what helps."""

from __future__ import annotations

from collections.abc import Iterable

from manim import Create, FadeIn, Indicate, VGroup

from scenes.parts.arrays.table import Column
from scenes.parts.charts.layer_chart import LayerChart
from scenes.parts.room.around import around
from scenes.parts.room.layout import fit
from scenes.parts.room.motion import arrive, leave
from scenes.parts.text.layer_factors import LayerFactors
from scenes.parts.text.run_values import RunValues
from scenes.parts.text.typeset import Typeset
from scenes.stage import style
from scenes.vanishing import CARD, words
from scenes.vanishing.gradient_beats import GradientBeats
from scenes.vanishing.stage import PATH_S

BEHIND = 0.22  # of the axis: room for names and numbers behind the last layer
LEARNT = "(partial loss(L)) / (partial W^(({n}))) = (partial loss(L)) / (partial z^(({n}))) thick x^top"


class Vanishing(GradientBeats):
    """See scenes/vanishing/text.toml for what each beat says; here are the beats on what helps, and the answer."""

    card = CARD

    def cures(self) -> None:
        """One change at a time, measured and trained the same way; two at once at the end."""
        first, other, *rest = runs = list(map(int, self.array("cures")))
        left, right = self.room.without(bottom=style.GAP).columns(1.1, 1)
        chart = self.size_chart(left, dict.fromkeys(runs, ""))
        self.vary(with_norm=self.normed)
        self.say()
        self.panel.add(*[self.strips] * self.normed)  # else they have left before
        self.play(*self.clear_panel(), *self.no_formula(), FadeIn(chart.frame), run_time=style.QUICK_S)
        self.panel.add(chart.frame)
        self.chart, self.curves = chart, self.draw(chart, first)
        factors = LayerFactors(self, runs)
        head = self.head("test", test=self.number("data/test_count", form="d"))
        scores = Column([self.scored(run) for run in runs], head)
        named = {run: self.words(self.join(self.activation(run), " · ", self.change(run))) for run in runs}
        table = self.run_table(right, named, [factors.column(), scores], gap=style.GAP)
        self.panel.add(table.heads, *table.rows)
        self.say(told=words.factor_told(self, first, factors))
        named_first = FadeIn(table.heads[0], *table.rows[0][:-1])
        self.play(named_first, *factors.written(first), run_time=style.MOVE_S)
        self.say()
        self.play(FadeIn(table.heads[1], table.rows[0][-1]), run_time=style.MOVE_S)
        if self.normed:
            self.say()
            self.say()
        told = words.cures_told(self, runs, factors)
        # what a change is, before what comes of it
        means = {other: {"one": self.change(first), "other": self.change(other)}}
        for run in rest[:-2]:
            means[run] = {"stretch": self.number(self.of(run, "stretch"), form="digits:2")}
        for before, run, row in zip(runs, runs[1:], table.rows[1:], strict=False):
            self.say(**means.get(run, {"told": told[run]}))
            back = chart.becomes(before, self.curves[before], "muted")
            self.play(*back, *factors.written(run), FadeIn(row), run_time=style.MOVE_S)
            self.curves |= self.draw(chart, run)
            if run in means:
                self.say(told=told[run])

    def alike(self) -> None:
        """How far the examples stay apart on their way through the untrained nets."""
        self.vary(open=not words.alike(self, self.weak) or words.fate(self, self.weak) != "flat")
        self.say(who=self.activation(self.weak))
        ring = around(self.chart.beginning(), self.look)
        self.curves[self.weak].set_z_index(1)  # its last mark lies where the others' do
        self.play(Create(ring), *self.chart.lit(self.weak, self.curves), *self.no_formula())
        self.panel.add(ring)
        self.say()
        head = self.words(self.label("spread", z=self.inlet), style.LABEL_PX, "activation")
        axis = self.head("place", zero=self.number("place", 0, form="d"))
        names = {run: self.join(name, ": ", words.left_over(self, run)) for run, name in self.ends.items()}
        chart = LayerChart(
            self, self.whole.without(left=style.GAP), "spread", names, head=head, role="activation",
            decades="scale/spread", room=BEHIND, places="place", axis=axis, forward=True,
        )  # fmt: skip
        self.show(chart.frame, seconds=style.QUICK_S)
        self.draw(chart, self.weak)
        self.say(told=words.spread_told(self))
        self.play(Indicate(chart.labels[self.weak], 1.0, self.look.ink), run_time=style.SLOW_S)
        self.say(told=words.left_told(self))
        self.draw(chart, self.strong, self.cured)

    def answer(self) -> None:
        """What this does to the loss, beside how far the first layer moved, and what all layers leave of a gradient."""
        names, first = self.ends, self.number("layer", 0, form="d")
        self.vary(grows=max(self.item(self.of(run, "factor")) for run in names) > 1)
        left, right = self.whole.columns(1.3, 1)
        chart = self.loss_chart(left, names, behind=True)
        rule = fit(self.math(LEARNT, n=first), right)
        factors = LayerFactors(self, names)
        steps, depth = self.number("training/steps", form="d"), self.number("depth", form="d")
        trained = [run for run in names if not self.diverged(run)]
        powers, ratios = zip(*map(factors.made, names), strict=True)
        bands = [
            (self.head("size", layer=first), self._first_layer("weight_size", names)),
            (self.head("moved", layer=first, steps=steps), self._first_layer("moved", trained)),
            (self.head("powers_before", depth=depth), dict(zip(names, powers, strict=True))),
            (self.head("ratio_before"), dict(zip(names, ratios, strict=True))),
        ]
        table = RunValues(self, right, names, bands)
        sizes, moves = table.values[:2]
        self.say(layer=first)
        self.play(*self.clear_panel(), arrive(rule, chart.frame, chart.floor), run_time=style.MOVE_S)
        self.panel.add(chart.frame, chart.floor, *table.heads, *table.names.values())
        self.say(told=words.moved_told(self))
        self.play(leave(rule), arrive(*table.heads[:2], *table.names.values()), run_time=style.MOVE_S)
        self.one_by_one([one[self.weak] for one in (sizes, moves) if self.weak in one])
        self.say(told=words.end_told(self))
        self.draw(chart, self.weak)
        self.say(told=words.ends_told(self))
        for run in (self.strong, self.cured):
            own = [FadeIn(one[run]) for one in (sizes, moves) if run in one]
            self.draw(chart, run, before=own)
        self.say(depth=depth)
        self.one_by_one([table.band(2), table.band(3)])
        mark = around(VGroup(*table.values[3].values()), self.look, "gradient")
        self.play(Create(mark), run_time=PATH_S)
        self.say()

    def _first_layer(self, key: str, runs: Iterable[int]) -> dict[int, Typeset]:
        """A size of the first layer's W, by run, written to be compared with that of all of `ends`."""
        form = self.form_of(key, 0, runs=self.ends)
        return {
            run: self.value(self.of(run, key), 0, form=form, px=style.FORMULA_PX, colour="positive")
            for run in runs
        }
