"""The beats of `forward` up to one unit's output: the network, its input, one weighted sum, the activation."""

from __future__ import annotations

from manim import RIGHT, Animation, AnimationGroup, Create, FadeIn, GrowFromCenter, LaggedStart, Line, VGroup

from scenes.forward.curves import activate, activation_curve, activation_rule
from scenes.forward.tables import feature_table, weighted_sum
from scenes.parts.layout import column, fit, row
from scenes.parts.motion import arrive, carry
from scenes.stage import style
from scenes.stage.comparing import beside, comparable
from scenes.stage.network_stage import NetworkStage

FINE = 0.1  # of a difference: what rounding may move what is subtracted
STEP_S = 0.8  # for one term of a sum


class InputBeats(NetworkStage):
    """From measurements to the first activation."""

    def network(self) -> None:
        """The trained network draws itself."""
        self.say(data=self.name("data/name"))
        for layer, name in zip(self.net.nodes, self.column_names, strict=True):
            grow = LaggedStart(*(GrowFromCenter(node) for node in layer.values()), lag_ratio=0.15)
            self.play(grow, FadeIn(name), run_time=style.MOVE_S)
        self.play(FadeIn(self.net.gaps, self.feature_names, self.class_names), run_time=style.QUICK_S)
        self.say()
        for wires in self.net.edges:
            lines = LaggedStart(*(Create(line) for line in wires.values()), lag_ratio=0.03)
            self.play(lines, run_time=style.SLOW_S)
        key = self._edge_key()
        self.play(FadeIn(key), run_time=style.QUICK_S)
        self.say(total=self.number("parameters/total", form="d"))
        self.play(*self._count_parameters(), run_time=style.MOVE_S)
        self.panel = key

    def _edge_key(self) -> VGroup:
        """What the colours of the wires mean."""
        rows = []
        for sign in ("positive", "negative"):
            colour = self.look.colour(sign)
            line = Line([0, 0, 0], [style.WIDE, 0, 0], color=colour, stroke_width=style.EDGE_MAX)
            rows.append(row([line, self.head(f"weight_{sign}")], style.TIGHT))
        return fit(column(rows), self.side, "right", "top")

    def _count_parameters(self) -> list[Animation]:
        """Weights and biases of each layer, and their sum, as recorded."""
        terms: list[str] = []
        fields: dict[str, str] = {}
        for n in range(1, self.depth + 1):
            fields[f"w{n}"] = self.number("parameters/weights", n - 1, form="d")
            fields[f"b{n}"] = self.number("parameters/biases", n - 1, form="d")
            terms.append(f"underbrace({{w{n}}}, W^({self.nth(n)})) + underbrace({{b{n}}}, b^({self.nth(n)}))")
        total = self.number("parameters/total", form="d")
        return self.formula(" + ".join(terms) + " = {total}", style.FORMULA_PX, total=total, **fields)

    def features(self) -> None:
        """Measured, standardised, and into the input units."""
        self.say(index=self.number("sample/index", form="d"), count=self.number("widths", 0, form="d"))
        aside = self.move_network(self.half(self.room))
        table = feature_table(self, self.side)
        names, measured, scaled = table.cells
        self.play(*self.clear_panel(), *self.no_formula(), *aside, run_time=style.MOVE_S)
        self.play(FadeIn(*table.heads[:2], table.ellipsis), run_time=style.QUICK_S)
        rows = zip(names, measured, strict=True)
        self.play(LaggedStart(*(FadeIn(*pair) for pair in rows), lag_ratio=0.3), run_time=style.SLOW_S)
        self.say()
        self.play(*self._standardise(), FadeIn(table.heads[2]), run_time=style.MOVE_S)
        self.play(LaggedStart(*map(FadeIn, scaled), lag_ratio=0.3), run_time=style.SLOW_S)
        self.say()
        moves = []
        for cell, unit in zip(scaled, self.net.folds[0].shown, strict=True):
            label, tint = self.filled(0, unit, "sample/input", "input")
            moves.append(AnimationGroup(tint, carry(cell, label)))
        self.play(LaggedStart(*moves, lag_ratio=0.25), run_time=2 * style.MOVE_S)
        self.panel = table

    def _standardise(self) -> list[Animation]:
        scaled = self.array("sample/input")
        first = max(self.net.folds[0].shown, key=lambda i: abs(scaled[i]))
        raw, mean = (float(self.array(name)[first]) for name in ("sample/raw", "data/mean"))
        fine = FINE * abs(raw - mean)
        form = comparable(raw, fine=fine)
        fields = {
            "m": self.number("sample/raw", first, form=form),
            "mean": self.number("data/mean", first, form=comparable(mean, form="short", fine=fine)),
            "std": self.number("data/std", first, form=beside(form, float(self.array("data/std")[first]))),
            "x": self.number("sample/input", first, form=".2f"),
        }
        return self.formula(
            "x_i = (m_i - mu_i) / sigma_i = ({m} - {mean}) / {std} = input({x})", 38, **fields
        )

    def neuron(self) -> None:
        """One unit adds up, term by term."""
        self.say()
        aside = self.move_network(self.corner(self.room), named=False)
        self.play(*self.clear_panel(), *self.no_formula(), *aside, run_time=style.MOVE_S)
        total = weighted_sum(self, self.strong, self.side)
        rule = self.formula("z_j = sum_i w_(j i) x_i + b_j", 40)
        self.play(*rule, *self.light_unit(self.strong), FadeIn(total.frame), run_time=style.MOVE_S)
        for i, step in enumerate(total.steps):
            if i == 1:
                self.say()
            if i == len(total.steps) - 1:
                self.say(z=self.number("layer1/z", self.strong, form=".2f"))
            self.play(FadeIn(step, shift=0.15 * RIGHT), total.bars.grow(i), run_time=STEP_S)
        self.play(FadeIn(total.last), run_time=style.QUICK_S)
        label, tint = self.filled(1, self.strong, "layer1/z", "activation")
        self.play(tint, carry(total.table.cells[-1][-1], label), run_time=style.MOVE_S)
        self.panel = total

    def activation(self) -> None:
        """z onto the curve: a unit that is on, then the weakest."""
        if not self.cut_off:
            self.variant("smooth")
        self.say(name=self.name("activation"))
        chart = activation_curve(self, self.side)
        shown = VGroup(chart.frame, chart.curve)
        self.play(*self.clear_panel(), *activation_rule(self), arrive(shown), run_time=style.MOVE_S)
        z, a = (self.number(f"layer1/{name}", self.strong, form=".2f") for name in ("z", "a"))
        self.say(z=z, a=a)
        first = activate(self, chart, self.strong)
        self.play(self.fill_unit(1, self.strong, "layer1/a", "activation"), run_time=style.QUICK_S)
        weak_z, weak_a = (self.number(f"layer1/{name}", self.weak, form=".2f") for name in ("z", "a"))
        self.say(zero=self.number("layer1/a", self.weak), weak_z=weak_z, weak_a=weak_a)
        self.play(
            *self.light_unit(self.weak),
            *(part.animate.set_color(self.look.muted) for part in first),
            run_time=style.MOVE_S,
        )
        second = activate(self, chart, self.weak)
        self.play(self.fill_unit(1, self.weak, "layer1/a", "activation"), run_time=style.QUICK_S)
        self.panel = VGroup(shown, first, second)
