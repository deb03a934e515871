"""The forward pass of a trained classifier on one real sample, from its measurements to its loss."""

from __future__ import annotations

from manim import (
    LEFT,
    Animation,
    AnimationGroup,
    Create,
    FadeIn,
    FadeOut,
    GrowFromCenter,
    GrowFromEdge,
    LaggedStart,
    Line,
    VGroup,
)

from scenes.forward import CARD
from scenes.forward.activation_plot import ActivationPlot, activation_rule
from scenes.forward.feature_table import FeatureTable
from scenes.forward.layer_columns import LayerColumns
from scenes.forward.loss_curve import LossCurve
from scenes.forward.recap_lines import recap_lines
from scenes.forward.softmax_table import SoftmaxTable
from scenes.forward.weighted_sum import WeightedSum
from scenes.parts.matrix_product import MatrixProduct
from scenes.parts.motion import arrive, carry
from scenes.parts.place import at
from scenes.stage import style
from scenes.stage.comparing import beside, comparable
from scenes.stage.declare import allow
from scenes.stage.network_stage import CENTRED, NetworkStage

FINE = 0.1  # of a difference: what rounding may move what is subtracted


class Forward(NetworkStage):
    """See scenes/forward/text.toml for what each beat says."""

    card = CARD

    def prepare(self) -> None:
        """The network is the same object in every beat."""
        self.build_network()
        self.strong, self.weak = self.strong_unit(), self.weak_unit()
        self.truth_unit = int(self.array("sample/label"))

    # -- beats -----------------------------------------------------------------------------------------------------

    def network(self) -> None:
        """The trained network draws itself."""
        VGroup(self.net, self.names).shift(CENTRED)
        self.say(data=self.name("data/name"))
        for column, name in zip(self.net.nodes, self.column_names, strict=True):
            grow = LaggedStart(*(GrowFromCenter(node) for node in column.values()), lag_ratio=0.15)
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
        rows = VGroup()
        for i, sign in enumerate(("positive", "negative")):
            y = 2.2 - i * 0.5
            line = Line(at(4.2, y), at(4.7, y), stroke_width=style.EDGE_MAX, color=self.look.colour(sign))
            name = self.words(self.label(f"weight_{sign}"), style.LABEL_PX, "muted").left_at(at(4.85, y))
            rows.add(VGroup(line, name))
        return rows.shift(at(style.RIGHT - rows.get_right()[0], 0))

    def _count_parameters(self) -> list[Animation]:
        """Weights and biases of each layer, and their sum, as recorded."""
        terms, fields = [], {}
        for n in range(1, self.depth + 1):
            fields[f"w{n}"] = self.number("parameters/weights", n - 1, form="d")
            fields[f"b{n}"] = self.number("parameters/biases", n - 1, form="d")
            terms.append(f"underbrace({{w{n}}}, W^(({n}))) + underbrace({{b{n}}}, b^(({n})))")
        total = self.number("parameters/total", form="d")
        return self.formula(" + ".join(terms) + " = {total}", 42, total=total, **fields)

    def features(self) -> None:
        """Measured, standardised, and into the input units."""
        self.say(index=self.number("sample/index", form="d"), count=self.number("widths", 0, form="d"))
        table = FeatureTable(self)
        aside = VGroup(self.net, self.names).animate.shift(-CENTRED)
        self.play(*self.clear_panel(), *self.no_formula(), aside, run_time=style.MOVE_S)
        self.play(FadeIn(*table.heads[:2], table.dots), run_time=style.QUICK_S)
        rows = zip(table.rows, table.measured, strict=True)
        self.play(
            LaggedStart(*(FadeIn(name, raw) for name, raw in rows), lag_ratio=0.3), run_time=style.SLOW_S
        )
        self.say()
        self.play(*self._standardise(), FadeIn(table.heads[2]), run_time=style.MOVE_S)
        self.play(LaggedStart(*(FadeIn(cell) for cell in table.scaled), lag_ratio=0.3), run_time=style.SLOW_S)
        self.say()
        moves = []
        for cell, unit in zip(table.scaled, self.net.folds[0].shown, strict=True):
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
        self.play(
            *self.clear_panel(), *self.no_formula(), *self.light_unit(self.strong), run_time=style.MOVE_S
        )
        total = WeightedSum(self, self.strong)
        rule = self.formula("z_j = sum_i w_(j i) x_i + b_j", 40)
        self.play(*rule, FadeIn(total.heads), Create(total.bars.axis), run_time=style.MOVE_S)
        for i, row in enumerate(total.rows):
            if i == 1:
                self.say()
            if i == len(total.rows) - 1:
                self.say(z=self.number("layer1/z", self.strong, form=".2f"))
            self.play(FadeIn(row, shift=at(0.15, 0)), total.bars.grow(i), run_time=0.8)
        self.play(FadeIn(total.total), run_time=style.QUICK_S)
        label, tint = self.filled(1, self.strong, "layer1/z", "activation")
        self.play(tint, carry(total.total[2], label), run_time=style.MOVE_S)
        self.panel = VGroup(*total.rows, total.bars, total.heads, total.total)

    def activation(self) -> None:
        """z onto the curve: a unit that is on, then the weakest."""
        if not self.cut_off:
            self.variant("smooth")
        self.say(name=self.name("activation"))
        plot = ActivationPlot(self)
        self.play(*self.clear_panel(), *activation_rule(self), arrive(plot.group), run_time=style.MOVE_S)
        z, a = (self.number(f"layer1/{name}", self.strong, form=".2f") for name in ("z", "a"))
        self.say(z=z, a=a)
        first = plot.drop(self.strong)
        self.play(self.fill_unit(1, self.strong, "layer1/a", "activation"), run_time=style.QUICK_S)
        weak_z, weak_a = (self.number(f"layer1/{name}", self.weak, form=".2f") for name in ("z", "a"))
        self.say(zero=self.number("layer1/a", self.weak), weak_z=weak_z, weak_a=weak_a)
        self.play(*self.light_unit(self.weak), *plot.recede(first), run_time=style.MOVE_S)
        second = plot.drop(self.weak)
        self.play(self.fill_unit(1, self.weak, "layer1/a", "activation"), run_time=style.QUICK_S)
        self.panel = VGroup(plot.group, first, second)

    def matrix(self) -> None:
        """The same sum for every unit at once: rows of W."""
        self.say()
        product = MatrixProduct(self, (self.strong, self.weak))
        rule = self.formula("z^((1)) = W^((1)) x + b^((1))", 40)
        self.play(*self.clear_panel(), *rule, arrive(product.before), run_time=style.MOVE_S)
        first = product.rows.shown[0]
        frames = product.weight.row_frame(first, "ink"), product.bias.row_frame(first, "ink")
        for frame in frames:
            allow(frame, "text-over-line", "the frame slides from row to row", moving=True)
        box = product.x.frame("input")
        self.play(
            *(Create(frame) for frame in (*frames, box)), *self.light_unit(first), run_time=style.MOVE_S
        )
        self.say()
        for place, unit in enumerate(product.rows.shown):
            slow = style.MOVE_S if place == 0 else style.QUICK_S
            if place:
                grids = zip(frames, (product.weight, product.bias), strict=True)
                moves = [frame.animate.move_to(grid.row_frame(unit, "ink")) for frame, grid in grids]
                self.play(*moves, *self.light_unit(unit), run_time=0.4)
            cell = FadeIn(product.z.cells[unit, 0], shift=at(0.2, 0))
            self.play(cell, self.fill_unit(1, unit, "layer1/z", "activation"), run_time=slow)
        self.say(units=self.number("widths", 1, form="d"))
        self.play(*(FadeOut(frame) for frame in (*frames, box)), *self.light_all(), run_time=style.MOVE_S)
        self.panel = product

    def layer(self) -> None:
        """z to a, and on to the output's z."""
        if not self.cut_off:
            self.variant("all_on")
        self.say(name=self.name("activation"))
        columns = LayerColumns(self, (self.strong, self.weak))
        self.play(*self.clear_panel(), *activation_rule(self), arrive(columns.z), run_time=style.MOVE_S)
        self.play(FadeIn(columns.arrows[0], columns.a.frame_only), run_time=style.QUICK_S)
        cells = zip(columns.z.cells.values(), columns.a.cells.values(), strict=True)
        flow = LaggedStart(*(carry(z, a) for z, a in cells), lag_ratio=0.1)
        self.play(flow, self.fill_column(1, "layer1/a", "activation"), run_time=style.SLOW_S)
        self.say(off=self.number("layer1/cut_off", form="d") if self.cut_off else "")
        self.play(*self._silence(1, columns), run_time=style.MOVE_S)
        self.say()
        last = self.depth
        self.play(*self.formula(f"z^(({last})) = W^(({last})) a^(({last - 1})) + b^(({last}))", 40))
        for column in range(2, last + 1):
            self.play(self.net.flash(column - 1, "activation"), run_time=style.PULSE_S)
            series = f"layer{column}/{'z' if column == last else 'a'}"
            self.play(self.fill_column(column, series, "activation"), run_time=style.MOVE_S)
        self.play(FadeIn(columns.arrows[1], columns.out), run_time=style.MOVE_S)
        self.panel = columns

    def _silence(self, layer: int, columns: LayerColumns) -> list[Animation]:
        """What is cut off fades: its cell, and the wires that carry nothing."""
        a = self.array(f"layer{layer}/a")
        wires = [line for (_, source), line in self.net.edges[layer].items() if a[source] == 0]
        cells = [cell for (unit, _), cell in columns.a.cells.items() if a[unit] == 0]
        return [line.animate.set_stroke(opacity=0.08) for line in wires] + [
            cell.animate.set_color(self.look.muted) for cell in cells
        ]

    def softmax(self) -> None:
        """Scores, their exponentials, and shares of the sum."""
        self.say()
        table = SoftmaxTable(self)
        self.play(
            *self.clear_panel(),
            *self.no_formula(),
            arrive(*table.names, table.heads[0]),
            run_time=style.MOVE_S,
        )
        sources = [self.net.values[self.depth, c] for c in self.net.folds[-1].shown]
        self.play(self.copies(sources, table.scores), run_time=style.MOVE_S)
        self.say()
        self.play(FadeIn(table.heads[1]), self.copies(table.scores, table.exps), run_time=style.SLOW_S)
        self.play(FadeIn(table.sum), run_time=style.QUICK_S)
        self.say(sum=self.number("softmax/sum"))
        self.play(
            *self.formula("p_k = e^(z_k) / (sum_j e^(z_j))", 40),
            FadeIn(table.heads[2]),
            run_time=style.MOVE_S,
        )
        bars = LaggedStart(*(GrowFromEdge(bar, LEFT) for bar in table.bars), lag_ratio=0.2)
        self.play(bars, self.copies(table.exps, table.shares), run_time=style.SLOW_S)
        p = self.fill_column(self.depth, f"layer{self.depth}/a", "activation")
        self.play(FadeIn(table.one), p, run_time=style.MOVE_S)
        self.panel = table

    def loss(self) -> None:
        """−log of the true class's probability."""
        label = self.truth_unit
        self.say(label=self.name("data/classes", label))
        self.play(*self.mark_truth(label), run_time=style.MOVE_S)
        self.say()
        curve = LossCurve(self, label)
        self.play(
            *self.clear_panel(),
            *self.formula("loss(L) = -log p_y", 42),
            arrive(curve.plot),
            run_time=style.MOVE_S,
        )
        self.play(Create(curve.curve), run_time=style.SLOW_S)
        p, loss = (
            self.number(self.of(self.depth, "a"), label, form=self.share_form()),
            self.number("loss/value", form=self.net_loss_form()),
        )
        self.say(p=p, loss=loss)
        points = curve.read_off()
        self.play(
            *self.formula("loss(L) = -log p_y = -log {p} = loss({l})", 42, p=p, l=loss), run_time=style.MOVE_S
        )
        self.panel = VGroup(curve.plot, curve.curve, points)

    def recap(self) -> None:
        """One pulse through the whole network, line by line."""
        self.say()
        lines = recap_lines(self, self.truth_unit)
        self.play(*self.clear_panel(), *self.no_formula(), *self.light_all(), run_time=style.MOVE_S)
        self.play(FadeIn(lines[0], shift=at(0.2, 0)), run_time=style.QUICK_S)
        for column in range(1, self.depth + 1):
            self.play(self.net.flash(column - 1, "activation"), run_time=style.PULSE_S)
            self.play(FadeIn(lines[column], shift=at(0.2, 0)), run_time=style.QUICK_S)
        self.play(FadeIn(lines[-2], shift=at(0.2, 0)), run_time=style.QUICK_S)
        self.say()
        self.play(FadeIn(lines[-1], shift=at(0.2, 0)), run_time=style.MOVE_S)
        self.say()
        self.panel = VGroup(*lines)
