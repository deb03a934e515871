"""The beats of `vanishing` on learning: who learns, and what helps."""

from __future__ import annotations

from manim import Animation, Create, FadeIn, FadeOut, LaggedStart, VGroup

from scenes.parts.motion import arrive
from scenes.parts.place import at
from scenes.stage import style
from scenes.vanishing.cures import CureTable
from scenes.vanishing.norms import NormsPlot, drawn_back
from scenes.vanishing.stage import NAMED_ABOVE, PATH_S, DeepStage
from scenes.vanishing.training import TrainingPlot
from scenes.vanishing.words import cured, diverged, learnt


class LearningBeats(DeepStage):
    """Beats on trained nets."""

    def training(self) -> None:
        """All are trained alike."""
        self.say(steps=self.number("training/steps", form="d"))
        plot = TrainingPlot(self)
        self.play(*self.clear_panel(), *self.no_formula(), arrive(plot.group), run_time=style.MOVE_S)
        lines = {run: plot.line(run) for run in self.nets}
        self.play(*(self._learn(line) for line in lines.values()), run_time=2 * PATH_S)
        accuracy = {run: self._accuracy(run) for run in self.nets}
        self.say(strong=learnt(self, self.strong))
        self.play(FadeIn(accuracy[self.strong]), run_time=style.MOVE_S)
        self.say(weak=learnt(self, self.weak))
        rest = [accuracy[run] for run in self.nets if run != self.strong]
        self.play(*(FadeIn(one) for one in rest), run_time=style.MOVE_S)
        self.scores = VGroup(*accuracy.values())
        self.panel = VGroup(plot.group, *lines.values())

    @staticmethod
    def _learn(line: VGroup) -> Animation:
        marks = LaggedStart(*(FadeIn(mark) for mark in line[1]), lag_ratio=0.8)
        curve = [Create(line[0])] if len(line[0].points) else []
        return LaggedStart(*curve, marks, *(FadeIn(note) for note in line[2:]), lag_ratio=0)

    def _accuracy(self, run: int) -> VGroup:
        """The accuracy on the test set, on the line of the strip's name."""
        y = self.names[run][1].strut.get_center()[1]
        if diverged(self, run):
            return VGroup(self.words(self.label("diverged"), style.SMALL_PX, "loss").right_at(at(-0.5, y)))
        value = self.value(
            self.of(run, "test_accuracy"), form=self.accuracy_form, px=style.NUMBER_PX + 4
        ).right_at(at(-0.5, y))
        if len(self.nets) > NAMED_ABOVE:
            return VGroup(value)
        name = self.words(self.label("accuracy"), style.SMALL_PX, "muted")
        return VGroup(name.right_at(value.strut.get_left() + at(-0.2, 0)), value)

    def cures(self) -> None:
        """One change at a time, measured and trained the same way."""
        table = CureTable(self)
        plain = not bool(self.array(self.of(1, "batch_norm")))
        if not plain:
            self.variant("with_norm")
        self.say()
        graph = NormsPlot(self)
        strips = VGroup(*self.strips.values(), *self.names.values(), self.scores)
        self.play(*self.clear_panel(), FadeOut(strips), run_time=style.MOVE_S)
        self.play(FadeIn(graph.group, table.heads), run_time=style.MOVE_S)
        self._show(graph, table, 0)
        if not plain:
            self.say()
        steps = iter(range(1, len(table.runs)))
        self.say(init=cured(self, table.runs[1], "cure_init"))
        self._show(graph, table, next(steps))
        if plain:
            self.say(norm=cured(self, table.runs[2], "cure_norm"))
            self._show(graph, table, next(steps))
        self.say(strong=self.activation(self.strong), both=cured(self, table.runs[-1], "cure_both"))
        for place in steps:
            self._show(graph, table, place)

    def _show(self, graph: NormsPlot, table: CureTable, place: int) -> None:
        """One row of the table and its line."""
        line = graph.line(table.runs[place], style.LINE)
        self.play(FadeIn(table.rows[place]), drawn_back(line), run_time=style.SLOW_S)
