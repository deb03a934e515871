"""The same deep network with different activations: why a gradient fades on its way back, and what helps."""

from __future__ import annotations

from manim import Animation, FadeIn, VGroup

from scenes.parts.charts.layer_chart import LayerChart
from scenes.parts.charts.loss_chart import LossChart
from scenes.parts.room.motion import leave
from scenes.stage import style
from scenes.vanishing import CARD
from scenes.vanishing.gradient_beats import GradientBeats
from scenes.vanishing.stage import PATH_S
from scenes.vanishing.words import cured, moved_told

NAMES = 0.32  # of the axis: room for names before the first layer
STEP = (
    "W^((l)) <- W^((l)) - eta (partial loss(L)) / (partial z^((l))) (a^((l-rule(1))))^top, quad eta = {rate}"
)


class Vanishing(GradientBeats):
    """See scenes/vanishing/text.toml for what each beat says; here are the beats on what helps."""

    card = CARD

    def cures(self) -> None:
        """One change at a time, measured and trained the same way."""
        runs = list(map(int, self.array("cures")))
        names = {run: self._named(run) for run in runs}
        chart = self.size_chart(self.whole, names, NAMES)
        if self.normed:
            self.variant("with_norm")
        self.say()
        gone = [*self.clear_panel(), *self.no_formula(), leave(self.drawn_nets)]
        self.play(*gone, run_time=style.QUICK_S)
        self.show(chart.frame)
        init = self.name(self.of(runs[1], "initialisation"))
        told = [{"name": init, "init": cured(self, runs[1], runs[0], "cure")}]
        told += [] if self.normed else [{"norm": cured(self, runs[2], runs[0], "cure")}]
        both = cured(self, runs[-1], self.strong, "both")
        told += [{"strong": self.activation(self.strong), "both": both}]
        pale: list[Animation] = []  # what was new before steps back
        for place, run in enumerate(runs):
            if place == 1 and self.normed:
                self.say()
            if place and told:
                self.say(**told.pop(0))
            line, name = chart.marked(run), VGroup(chart.labels[run], chart.leads[run])
            self.play(*pale, FadeIn(name), chart.drawn(line), run_time=style.SLOW_S)
            self.panel.add(line, name)
            pale = chart.becomes(run, line, "muted")

    def _named(self, run: int) -> str:
        """A run's set-up and what its training came to."""
        end = self.label("diverged") if self.diverged(run) else self.percent(run)
        return self.join(self.activation(run), " · ", self.change(run), " · ", end)

    def answer(self) -> None:
        """What the gradients did to the weights, beside the loss of the beginning."""
        best = int(self.item("cured"))
        who = {self.weak: self.activation(self.weak), best: self.change(best)}
        names = {self.weak: who[self.weak], best: self.join(who[self.weak], " · ", who[best])}
        left, right = self.room.columns(1, 1)
        head = self.words(self.label("moved"), style.SMALL_PX, "positive")
        moves = LayerChart(self, left, "moved", names, head=head, decades="scale/moved", role="positive")
        losses = LossChart(self, right, names)
        self.say()
        self.show(moves.frame, losses.frame)
        self.play(*self.formula(STEP, 38, rate=self.number("training/learning_rate")), run_time=style.MOVE_S)
        pale: list[Animation] = []
        for run in names:
            told = moved_told(self, run, who[run])
            for chart, sentence in zip((moves, losses), told, strict=True):
                self.say(told=sentence)
                if chart is moves and self.diverged(run):
                    continue
                line = chart.marked(run)
                self.play(*pale, chart.drawn(line), FadeIn(chart.labels[run]), run_time=PATH_S)
                self.panel.add(line, chart.labels[run])
                pale = []
            pale = []
