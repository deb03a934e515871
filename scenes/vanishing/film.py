"""The same deep network with different activations: why a gradient fades on its way back, and what helps."""

from __future__ import annotations

from manim import Animation, Circumscribe, FadeIn

from scenes.parts.arrays.table import Column
from scenes.parts.charts.layer_chart import LayerChart
from scenes.parts.room.motion import leave
from scenes.stage import style
from scenes.stage.provenance import Shown
from scenes.vanishing import CARD
from scenes.vanishing.gradient_beats import GradientBeats
from scenes.vanishing.stage import PATH_S
from scenes.vanishing.words import apart_told, cured, end_told, ends_told, same_told, spread_told

NAMES = 0.42  # of the axis: room for names and numbers before the first layer
NAME_ROOM = 2.4  # in the table of the answer


class Vanishing(GradientBeats):
    """See scenes/vanishing/text.toml for what each beat says; here are the beats on what helps, and the answer."""

    card = CARD

    def cures(self) -> None:
        """One change at a time, measured and trained the same way; two at once at the end."""
        runs = list(map(int, self.array("cures")))
        names = {run: self.join(self.activation(run), " · ", self.change(run)) for run in runs}
        chart = self.size_chart(self.whole, names, NAMES)
        scores = Column([self.outcome(run, style.TABLE_PX) for run in runs], self.head("test"))
        chart.columns(self.counted("factor", runs), scores)
        self.vary(with_norm=self.normed)
        self.say(test=self.number("data/test_count", form="d"))
        strips = [leave(self.strips)] if self.normed else []  # else they have left before
        self.play(*self.clear_panel(), *self.no_formula(), *strips, FadeIn(chart.frame, chart.heads))
        self.panel.add(chart.frame, chart.heads)
        if self.normed:
            self.say()
        told = self._cures_told(runs)
        pale: list[Animation] = []  # what was new before steps back
        for run in runs:
            if run in told:
                self.say(told=told[run])
            self.draw(chart, run, before=pale)
            line = self.panel[-2]
            self.one_by_one([*chart.beside[run], chart.leads[run]], style.QUICK_S)
            pale = chart.becomes(run, line, "muted")

    def _cures_told(self, runs: list[int]) -> dict[int, Shown]:
        """A sentence for each run but the first, by what was changed."""
        weak, other, *normed, strong, both = runs
        init, name = self.item(self.of(other, "initialisation")), self.activation(self.strong)
        told = {other: cured(self, other, weak, f"cure_{init}")}
        told |= {run: cured(self, run, weak, "cure_norm") for run in normed}
        told[strong] = cured(self, strong, weak, "cure_strong", who=name)
        told[both] = cured(self, both, strong, "cure_both", who=name, init=self.change(both))
        return told

    def alike(self) -> None:
        """How far the examples stay apart on their way through the trained nets."""
        self.say(steps=self.number("training/steps", form="d"))
        head = self.words(self.label("spread"), style.LABEL_PX, "activation")
        axis = self.head("place", zero=self.number("place", 0, form="d"))
        chart = LayerChart(
            self, self.whole.without(left=style.GAP), "spread", self.closing, head=head, role="activation",
            decades="scale/spread", places="place", axis=axis, forward=True,
        )  # fmt: skip
        self.show(chart.frame)
        finite = [run for run in self.closing if not self.diverged(run)]
        self.draw(chart, *finite[: self.weak in finite])
        self.say(told=spread_told(self, self.weak))
        self.say(told=same_told(self, self.weak))
        self.say(told=apart_told(self))
        self.draw(chart, *(run for run in finite if run != self.weak))

    def answer(self) -> None:
        """What that makes of the loss, beside how far the first layer moved and the factor of a layer."""
        names = self.closing
        left, right = self.whole.columns(1.25, 1)
        chart = self.loss_chart(left, names | {self.cured: self.change(self.cured)})
        moved = self.form_of("moved", 0, runs=names)
        columns = [
            self.counted("factor", names, role="gradient"),
            self.counted("moved", names, 0, form=moved, role="positive", trained=True),
        ]
        fitted = {run: self.fitted(name, NAME_ROOM) for run, name in names.items()}
        table = self.run_table(right, fitted, columns, pitch=1.2)
        self.say(told=end_told(self, moved))
        self.show(chart.frame, chart.floor, table.frame)
        self.draw(chart, self.weak)
        self.one_by_one(table.rows[:1], style.QUICK_S)
        self.say(told=ends_told(self, moved))
        self.draw(chart, self.strong, self.cured)
        self.one_by_one(table.rows[1:], style.QUICK_S)
        self.say()
        self.play(Circumscribe(table.column(2), color=self.look.colour("gradient")), run_time=PATH_S)
