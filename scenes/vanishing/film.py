"""The same deep network with different activations: why a gradient fades on its way back, and what helps."""

from __future__ import annotations

from manim import Animation, FadeIn, Transform, VGroup

from scenes.parts.loss_chart import LossChart
from scenes.parts.motion import arrive, leave
from scenes.stage import style
from scenes.vanishing import CARD
from scenes.vanishing.gradient_beats import GradientBeats
from scenes.vanishing.stage import PATH_S
from scenes.vanishing.tables import cure_table, scores
from scenes.vanishing.words import cured


class Vanishing(GradientBeats):
    """See scenes/vanishing/text.toml for what each beat says; here are the beats on trained nets."""

    card = CARD

    def training(self) -> None:
        """All are trained alike."""
        self.say(steps=self.number("training/steps", form="d"))
        left, right = self.whole.columns(2.2, 1)
        chart, table = (
            LossChart(self, left, {run: self.activation(run) for run in self.nets}),
            scores(self, right),
        )
        old = [*self.clear_panel(), leave(self.drawn_nets), *self.no_formula()]
        self.play(*old, arrive(chart.frame), run_time=style.MOVE_S)
        lines = {run: chart.marked(run) for run in self.nets}
        self.play(*map(chart.drawn, lines.values()), run_time=2 * PATH_S)
        self.play(FadeIn(*chart.labels.values()), run_time=style.QUICK_S)
        self.panel = VGroup(chart.frame, *lines.values(), *chart.labels.values())
        self.say(strong=self.learnt(self.strong, self.activation(self.strong)))
        self.one_by_one([table.frame, table.rows[self.strong - 1]], style.MOVE_S)
        self.say(weak=self.learnt(self.weak, self.activation(self.weak)))
        rest = [table.rows[run - 1] for run in self.nets if run != self.strong]
        self.panel.add(*rest)
        self.play(*map(FadeIn, rest), run_time=style.MOVE_S)

    def cures(self) -> None:
        """One change at a time, measured and trained the same way."""
        runs = list(map(int, self.array("cures")))
        left, right = self.whole.columns(1, 1)
        table = cure_table(self, left, runs)
        chart = self.norm_chart(right, {run: self.recipe(run) for run in runs})
        plain = not self.item(self.of(1, "batch_norm"))
        if not plain:
            self.variant("with_norm")
        self.say()
        self.show(chart.frame, table.frame)
        told = [{"init": cured(self, runs[1], "cure_init")}]
        told += [{"norm": cured(self, runs[2], "cure_norm")}] if plain else []
        told += [{"strong": self.activation(self.strong), "both": cured(self, runs[-1], "cure_both")}]
        pale: list[Animation] = []  # what was new before steps back
        for place, run in enumerate(runs):
            if place == 1 and not plain:
                self.say()
            if place and told:
                self.say(**told.pop(0))
            row, line, name = table.rows[place], chart.marked(run), chart.labels[run]
            self.play(*pale, FadeIn(row, name), chart.drawn(line), run_time=style.SLOW_S)
            self.panel.add(row, line, name)
            sign = table.column(0)[place]
            muted = self.sign(run, "muted").move_to(sign)
            pale = [*chart.becomes(run, line, "muted"), Transform(sign, muted)]
