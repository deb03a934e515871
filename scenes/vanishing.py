"""The same deep network with different activations: why a gradient fades on its way back, and what helps."""

from __future__ import annotations

import numpy as np
from manim import Animation, Create, FadeIn, FadeOut, LaggedStart, ShowPassingFlash, VGroup

from engine.trace import Trace
from scenes import SCENES, style
from scenes.deep_stage import NAMED_ABOVE, DeepStage
from scenes.deep_words import cured, diverged, learnt, passing
from scenes.panels.place import at
from scenes.panels.vanishing_back import brightness_key, end_values
from scenes.panels.vanishing_cures import CureTable
from scenes.panels.vanishing_facts import CommonFacts
from scenes.panels.vanishing_norms import NormsPlot
from scenes.panels.vanishing_slopes import SlopePlot
from scenes.panels.vanishing_training import TrainingPlot
from scenes.parts.motion import arrive

RUN_SERIES = (
    "activation",
    "initialisation",
    "batch_norm",
    "curve_x",
    "curve_slope",
    "slope_min",
    "slope_max",
    "slope_mean_all",
    "z_quantile",
    "slope_quantile",
    "gradient_norm",
    "ideal_norm",
    "ideal_ratio",
    "ratio",
    "ratio_defined",
    "underflown",
    "loss",
    "diverged",
    "diverged_step",
    "test_accuracy",
)
PATH_S = 2.4
DIM = 0.3  # opacity of lines that are not spoken of


class Vanishing(DeepStage):
    """See scenes/text/vanishing.toml for what each beat says."""

    card = next(card for card in SCENES if card.slug == "vanishing")
    reads = (
        "data/name",
        "widths",
        "depth",
        "width",
        "layer",
        "parameters/total",
        "nets",
        "weakest",
        "strongest",
        "cures",
        "scale/decades",
        "scale/loss",
        "scale/loss_decades",
        "scale/zero",
        "scale/smallest",
        "scale/step",
        "training/steps",
        "training/learning_rate",
        "training/constant_accuracy",
    )

    @classmethod
    def required(cls, trace: Trace) -> tuple[str, ...]:
        """The series named above and those of every run that is drawn."""
        runs = max(int(trace["nets"].values), *(int(run) for run in trace["cures"].values))
        return (*cls.reads, *(f"run{run}/{name}" for run in range(1, runs + 1) for name in RUN_SERIES))

    def prepare(self) -> None:
        """The strips are the same objects in every beat."""
        self.build_nets()

    # -- beats -----------------------------------------------------------------------------------------------------

    def two_nets(self) -> None:
        """The networks draw themselves; beside them what they have in common."""
        if self.array(self.of(1, "initialisation")) == "zeros":
            self.variant("zeros")
        self.say(depth=self.number("depth", form="d"))
        for run in self.nets:
            net = self.strips[run]
            columns = LaggedStart(*(FadeIn(column) for column in net.columns), lag_ratio=0.1)
            wires = LaggedStart(*(Create(wire) for wire in net.wires), lag_ratio=0.1)
            self.play(columns, wires, run_time=style.SLOW_S)
        self.say()
        names = [FadeIn(self.names[run], shift=at(0.1, 0)) for run in self.nets]
        self.play(LaggedStart(*names, lag_ratio=0.3), run_time=style.MOVE_S)
        facts = CommonFacts(self)
        self.play(LaggedStart(*(FadeIn(row) for row in facts.rows), lag_ratio=0.25), run_time=PATH_S)
        self.say()
        self.play(*(self._forward(run) for run in self.nets), run_time=style.SLOW_S)
        self.panel = facts

    def _forward(self, run: int) -> Animation:
        """One pulse from the input to the output."""
        return LaggedStart(
            *(
                ShowPassingFlash(
                    wire.copy().set_stroke(self.look.activation, width=style.LINE, opacity=1), time_width=0.6
                )
                for wire in self.strips[run].wires
            ),
            lag_ratio=0.5,
        )

    def slope(self) -> None:
        """f' of each activation with the run's own z on it."""
        weak, strong = self.of(self.weak, ""), self.of(self.strong, "")
        if len(np.unique(self.array(f"{strong}curve_slope"))) > 2:
            self.variant("smooth")
        self.say()
        plots = {run: SlopePlot(self, run) for run in self.nets}
        self.play(*self.clear_panel(), *(arrive(plots[run].plot) for run in self.nets), run_time=style.MOVE_S)
        self.play(*(Create(plots[run].curve) for run in self.nets), run_time=style.SLOW_S)
        self.say(weak=self.activation(self.weak), weak_max=self.number(f"{weak}slope_max", form="short"))
        self.play(FadeIn(plots[self.weak].values[0]), run_time=style.MOVE_S)
        self.say(
            strong=self.activation(self.strong),
            strong_min=self.number(f"{strong}slope_min", form="short"),
            strong_max=self.number(f"{strong}slope_max", form="short"),
        )
        rest = [plots[run].values[0] for run in self.nets if run != self.weak]
        self.play(*(FadeIn(one) for one in rest), run_time=style.MOVE_S)
        self.say()
        dots = [LaggedStart(*map(FadeIn, plots[run].dots), lag_ratio=0.1) for run in self.nets]
        self.play(*dots, run_time=style.SLOW_S)
        self.play(*(FadeIn(plots[run].values[1]) for run in self.nets), run_time=style.MOVE_S)
        self.panel = VGroup(*(plot.group for plot in plots.values()))

    def backward(self) -> None:
        """One pulse back; every layer's wires as bright as its gradient."""
        self.variant("mild" if passing(self) else "")
        self.say()
        rule = self.formula(
            "(partial loss(L)) / (partial z^((l))) = (W^((l+rule(1))))^top "
            "(partial loss(L)) / (partial z^((l+rule(1)))) dot.o f' (z^((l)))",
            36,
        )
        self.play(*self.clear_panel(), *rule, run_time=style.MOVE_S)
        self.say()
        key = brightness_key(self)
        self.play(FadeIn(key), run_time=style.QUICK_S)
        self.play(*(self._back(run) for run in self.nets), run_time=2 * PATH_S)
        self.panel = VGroup(key)
        for who, run in (("weak", self.weak), ("strong", self.strong)):
            norm = self.number(self.of(run, "gradient_norm"), 0, form="short")
            self.say(**{who: self.activation(run), f"{who}_norm": norm})
            values = end_values(self, run)
            self.panel.add(values)
            self.play(FadeIn(values), run_time=style.MOVE_S)
        others = [end_values(self, run) for run in self.nets if run not in (self.weak, self.strong)]
        self.panel.add(*others)
        self.play(*(FadeIn(one) for one in others), run_time=style.MOVE_S)

    def _back(self, run: int) -> Animation:
        """The wires of each layer take their brightness, last layer first."""
        net, norms = self.strips[run], self.array(self.of(run, "gradient_norm"))
        lit = [
            wire.animate.become(net.glow(layer, "gradient", self.share(float(norms[layer]))))
            for layer, wire in enumerate(net.wires)
        ]
        return LaggedStart(*reversed(lit), lag_ratio=0.6)

    def norms(self) -> None:
        """The same sizes on a graph."""
        self.variant(passing(self))
        self.say()
        self.graph = NormsPlot(self)
        self.play(*self.clear_panel(), *self.no_formula(), arrive(self.graph.group), run_time=style.MOVE_S)
        self.say()
        lines = {run: self.graph.line(run) for run in self.nets}
        self.play(*(self._draw(lines[run]) for run in self.nets if run != self.weak), run_time=PATH_S)
        self.say(weak=self.activation(self.weak), strong=self.activation(self.strong))
        self.play(self._draw(lines[self.weak]), run_time=PATH_S)
        self.lines = VGroup(*lines.values())
        self.panel = VGroup(self.graph.group, self.lines)

    @staticmethod
    def _draw(line: VGroup) -> Animation:
        """From the last layer to the first, as the gradient runs."""
        curve, marks = line[0], line[1]
        curve.reverse_points()
        return LaggedStart(
            Create(curve),
            LaggedStart(*(FadeIn(mark) for mark in reversed(marks)), lag_ratio=0.5),
            lag_ratio=0,
        )

    def product(self) -> None:
        """The ideal product of the largest slopes beside the measured ratio."""
        run = self.weak
        defined = bool(self.array(self.of(run, "ratio_defined")))
        if not defined:
            self.variant("none")
        elif passing(self) == "underflow":
            self.variant("underflow")
        self.say()
        ideal = self.graph.ideal(run)
        fields = {
            "f": self.number(self.of(run, "slope_max"), form="short"),
            "n": self.number("depth", form="d"),
            "p": self.number(self.of(run, "ideal_ratio"), form="short"),
        }
        rule = self.formula(f'(max f\')^n = {{f}}^{{n}} = {{p}} quad ("{self.label("ideal")}")', 40, **fields)
        others = [line for one, line in zip(self.nets, self.lines, strict=True) if one != run]
        dim: list[Animation] = [line[0].animate.set_stroke(opacity=DIM) for line in others]
        dim += [line[1].animate.set_opacity(DIM) for line in others]
        self.play(*rule, *dim, run_time=style.MOVE_S)
        self.play(Create(ideal), run_time=PATH_S)
        self.say()
        self.panel.add(ideal)
        shown = {"ideal": fields["p"], "ratio": ""}
        if defined:
            ratio = self.number(self.of(run, "ratio"), form="short")
            last = len(self.array("layer"))
            source = (
                f'{{f}}^{{n}} = {{p}} quad ("{self.label("ideal")}") wide '
                "norm(partial loss(L) \\/ partial W^((1))) / "
                f'norm(partial loss(L) \\/ partial W^(({last}))) = gradient({{r}}) quad ("{self.label("measured")}")'
            )
            self.play(*self.formula(source, 38, r=ratio, **fields), run_time=style.MOVE_S)
            shown["ratio"] = ratio
        self.say(**shown)

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
        value = self.value(self.of(run, "test_accuracy"), form=".0%", px=style.NUMBER_PX + 4).right_at(
            at(-0.5, y)
        )
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
        self.play(FadeIn(table.rows[place]), self._draw(line), run_time=style.SLOW_S)
