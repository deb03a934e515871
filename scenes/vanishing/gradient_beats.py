"""The beats of `vanishing` on the gradient: the nets, the slopes, the way back, its size by layer."""

from __future__ import annotations

import numpy as np
from manim import Animation, Create, FadeIn, LaggedStart, ShowPassingFlash, VGroup

from scenes.parts.motion import arrive
from scenes.parts.place import at
from scenes.stage import style
from scenes.stage.comparing import comparable
from scenes.vanishing.back import brightness_key, end_values
from scenes.vanishing.facts import CommonFacts
from scenes.vanishing.norms import NormsPlot, drawn_back
from scenes.vanishing.slopes import SlopePlot
from scenes.vanishing.stage import PATH_S, DeepStage
from scenes.vanishing.words import passing

DIM = 0.3  # opacity of lines that are not spoken of


class GradientBeats(DeepStage):
    """Beats before any training."""

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
        highest = self.form_of("slope_max")
        span = comparable([self.item(f"{strong}slope_{end}") for end in ("min", "max")], form=highest)
        plots = {run: SlopePlot(self, run) for run in self.nets}
        self.play(*self.clear_panel(), *(arrive(plots[run].plot) for run in self.nets), run_time=style.MOVE_S)
        self.play(*(Create(plots[run].curve) for run in self.nets), run_time=style.SLOW_S)
        self.say(weak=self.activation(self.weak), weak_max=self.number(f"{weak}slope_max", form=highest))
        self.play(FadeIn(plots[self.weak].values[0]), run_time=style.MOVE_S)
        self.say(
            strong=self.activation(self.strong),
            strong_min=self.number(f"{strong}slope_min", form=span),
            strong_max=self.number(f"{strong}slope_max", form=highest),
        )
        rest = [plots[run].values[0] for run in self.nets if run != self.weak]
        self.play(*(FadeIn(one) for one in rest), run_time=style.MOVE_S)
        self.say()
        seen = [plots[run].dots for run in self.nets if len(plots[run].dots)]
        if seen:  # a z beyond the curve has no dot
            self.play(
                *(LaggedStart(*map(FadeIn, dots), lag_ratio=0.1) for dots in seen), run_time=style.SLOW_S
            )
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
        form = self.form_of("gradient_norm", 0, len(self.array("layer")) - 1)
        for who, run in (("weak", self.weak), ("strong", self.strong)):
            norm = self.number(self.of(run, "gradient_norm"), 0, form=form)
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
        self.play(*(drawn_back(lines[run]) for run in self.nets if run != self.weak), run_time=PATH_S)
        self.say(weak=self.activation(self.weak), strong=self.activation(self.strong))
        self.play(drawn_back(lines[self.weak]), run_time=PATH_S)
        self.lines = VGroup(*lines.values())
        self.panel = VGroup(self.graph.group, self.lines)

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
        ratios = [self.item(self.of(run, key)) for key in ("ideal_ratio", *(["ratio"] if defined else []))]
        form = comparable(ratios, form="short")
        fields = {
            "f": self.number(self.of(run, "slope_max"), form="short"),
            "n": self.number("depth", form="d"),
            "p": self.number(self.of(run, "ideal_ratio"), form=form),
        }
        rule = self.formula(
            f'(max f\')^n = {{f}}^{{n}} = {{p}} quad word("({self.label("ideal")})")', 40, **fields
        )
        others = [line for one, line in zip(self.nets, self.lines, strict=True) if one != run]
        dim: list[Animation] = [line[0].animate.set_stroke(opacity=DIM) for line in others]
        dim += [line[1].animate.set_opacity(DIM) for line in others]
        self.play(*rule, *dim, run_time=style.MOVE_S)
        self.play(Create(ideal), run_time=PATH_S)
        self.say()
        self.panel.add(ideal)
        shown = {"ideal": fields["p"], "ratio": ""}
        if defined:
            ratio = self.number(self.of(run, "ratio"), form=form)
            last = len(self.array("layer"))
            source = (
                f'{{f}}^{{n}} = {{p}} quad word("({self.label("ideal")})") wide '
                "norm(partial loss(L) \\/ partial W^((1))) / "
                f"norm(partial loss(L) \\/ partial W^(({last}))) = gradient({{r}}) "
                f'quad word("({self.label("measured")})")'
            )
            self.play(*self.formula(source, 38, r=ratio, **fields), run_time=style.MOVE_S)
            shown["ratio"] = ratio
        self.say(**shown)
