"""The five beats of `backward` about the classifier: δ, weight gradients, the check, the step."""

from __future__ import annotations

from manim import (
    LEFT,
    Animation,
    AnimationGroup,
    FadeIn,
    FadeOut,
    GrowFromEdge,
    LaggedStart,
    VGroup,
)

from scenes.backward.check_table import CheckTable
from scenes.backward.delta_product import DeltaProduct
from scenes.backward.delta_table import DeltaTable
from scenes.backward.outer_product import OuterProduct
from scenes.backward.step_bars import AFTER, LOSS_AFTER, StepBars
from scenes.parts.motion import arrive, carry
from scenes.parts.place import CENTRE_X, at
from scenes.stage import style
from scenes.stage.network_stage import NetworkStage
from scenes.stage.provenance import format_value


class NetBeats(NetworkStage):
    """Beats drawn on the recorded classifier."""

    prefix = "net/"

    def leave_graph(self) -> list[Animation]:
        """Animations that take the graph off the stage."""
        return []

    def delta_out(self) -> None:
        """The network after its forward pass; p − y at the output."""
        self.say(data=self.name("net/data/name"))
        self.play(*self.leave_graph(), *self.no_formula(), run_time=style.MOVE_S)
        self.build_network()
        labels = [self.set_column(0, "net/sample/input", "input")]
        labels += [self.set_column(n, self.of(n, "a"), "activation") for n in range(1, self.depth + 1)]
        self.play(FadeIn(self.net, self.names, *labels), run_time=style.MOVE_S)
        label = int(self.array("sample/label"))
        self.play(*self.mark_truth(label), run_time=style.QUICK_S)
        self.say()
        table = DeltaTable(self)
        last = self.depth
        rule = self.formula(f"delta^(({last})) = (partial loss(L)) / (partial z^(({last}))) = p - y", 40)
        self.play(*rule, FadeIn(*table.names, *table.heads), run_time=style.MOVE_S)
        sources = [self.net.values[last, c] for c in self.net.folds[-1].shown]
        self.play(self.copies(sources, table.p), FadeIn(*table.y, table.signs), run_time=style.SLOW_S)
        self.play(LaggedStart(*(FadeIn(cell, shift=at(0.15, 0)) for cell in table.delta), lag_ratio=0.3))
        self.play(self._delta_column(last), run_time=style.SLOW_S)
        self.panel = table

    def _delta_column(self, column: int) -> LaggedStart:
        return self.fill_column(column, self.of(column, "delta"), "gradient")

    def delta_hidden(self) -> None:
        """Wᵀδ ⊙ f'(z), layer after layer towards the input."""
        layer = self.depth - 1
        off = int(self.array(f"layer{layer}/cut_off")) if self.function == "relu" else 0
        if off == 0:
            self.variant("all_on")
        self.say()
        product = DeltaProduct(self, layer, (self.strong_unit(), self.weak_unit()) if layer == 1 else ())
        source = f"delta^(({layer})) = (W^(({layer + 1})))^top delta^(({layer + 1})) ⊙ f'(z^(({layer})))"
        self.play(*self.clear_panel(), *self.formula(source, 40), run_time=style.MOVE_S)
        self.play(FadeIn(product.weight, product.delta_after, product.signs[0]), run_time=style.MOVE_S)
        self.play(self.net.flash(layer, "gradient", reverse=True), run_time=style.PULSE_S)
        self.play(FadeIn(product.upstream, product.signs[1], shift=at(0.2, 0)), run_time=style.MOVE_S)
        self.say()
        self.play(FadeIn(product.slope, product.signs[2]), run_time=style.MOVE_S)
        self.play(FadeIn(product.delta.frame_only, product.signs[3]), run_time=style.QUICK_S)
        cells = product.delta.cells.values()
        self.play(
            LaggedStart(*(FadeIn(cell) for cell in cells), lag_ratio=0.2),
            self._delta_column(layer),
            run_time=style.SLOW_S,
        )
        self.say(off=self.number(self.of(layer, "cut_off"), form="d") if off else "")
        if off:
            self.play(*self._silence(layer, product), run_time=style.MOVE_S)
        for lower in range(layer - 1, 0, -1):
            self.play(self.net.flash(lower, "gradient", reverse=True), run_time=style.PULSE_S)
            self.play(self._delta_column(lower), run_time=style.MOVE_S)
        self.panel = product

    def _silence(self, layer: int, product: DeltaProduct) -> list[Animation]:
        """Wires into and rows of units that are cut off fade: nothing passes there."""
        slope = self.array(f"layer{layer}/slope")
        wires = [line for (unit, _), line in self.net.edges[layer - 1].items() if slope[unit] == 0]
        rows = [
            grid.cells[unit, 0]
            for unit in product.rows.shown
            if slope[unit] == 0
            for grid in (product.upstream, product.slope, product.delta)
        ]
        return [line.animate.set_stroke(opacity=0.06) for line in wires] + [
            row.animate.set_color(self.look.muted) for row in rows
        ]

    def weight_gradient(self) -> None:
        """δ aᵀ as a heatmap; the wires take the gradient's colour."""
        layer = self.depth
        self.say()
        outer = OuterProduct(self, layer, (int(self.array("sample/label")),))
        before = f"a^(({layer - 1}))" if layer > 1 else "x"
        source = f"(partial loss(L)) / (partial W^(({layer}))) = delta^(({layer})) ({before})^top"
        self.play(*self.clear_panel(), *self.formula(source, 40), run_time=style.MOVE_S)
        self.play(FadeIn(*outer.delta.values(), *outer.a.values(), outer.names), run_time=style.MOVE_S)
        row, column = outer.rows.shown[0], outer.columns.shown[0]
        self.play(self._product(outer, row, column), run_time=style.MOVE_S)
        self.say()
        rest = [key for key in outer.cells if key != (row, column)]
        self.play(
            LaggedStart(*(self._product(outer, *key) for key in rest), lag_ratio=0.08),
            run_time=2 * style.SLOW_S,
        )
        self.play(*([FadeIn(outer.dots)] if len(outer.dots) else []), run_time=style.QUICK_S)
        self.say()
        for n in range(self.depth, 0, -1):
            self.play(*self._repaint(n, "weight_grad", "gradient"), run_time=style.MOVE_S)
        self.panel = outer

    @staticmethod
    def _product(outer: OuterProduct, unit: int, source: int) -> AnimationGroup:
        """δ comes from the left and becomes the product's cell."""
        box, number = outer.cells[unit, source]
        return AnimationGroup(FadeIn(box), carry(outer.delta[unit], number))

    def _repaint(self, layer: int, series: str, role: str = "") -> list[Animation]:
        """Wires of a weight layer drawn after another of its series."""
        wires = self.net.edges[layer - 1]
        target = {key: line.copy() for key, line in wires.items()}
        self.net.paint(target, self.array(f"layer{layer}/{series}"), role)
        return [line.animate.become(target[key]) for key, line in wires.items()]

    def check(self) -> None:
        """Autograd and finite differences, digit for digit."""
        self.say()
        table = CheckTable(self)
        source = (
            "(partial loss(L)) / (partial w) approx (L(w + epsilon) - L(w - epsilon)) / (rule(2) epsilon)"
        )
        self.play(*self.clear_panel(), *self.formula(source, 38), arrive(table.heads), run_time=style.MOVE_S)
        for i, (name, exact, measured) in enumerate(table.rows):
            if i == 1:
                self.say()
            self.play(FadeIn(name, exact), run_time=style.QUICK_S)
            self.play(FadeIn(measured, shift=at(0.2, 0)), run_time=style.QUICK_S)
        worst = self.label(
            "worst",
            count=self.number("net/parameters/total", form="d"),
            error=self.number("net/check/error_bound", form="decade"),
        )
        line = self.words(worst, style.LABEL_PX).move_to(at(CENTRE_X, -1.12))
        self.play(FadeIn(line), run_time=style.MOVE_S)
        self.panel = VGroup(table, line)

    def step(self) -> None:
        """Every parameter moves against its gradient, and the loss falls."""
        label = int(self.array("sample/label"))
        form, loss_form = self.share_form(AFTER), self.net_loss_form(LOSS_AFTER)
        losses = [float(self.array(name)) for name in ("loss/value", LOSS_AFTER)]
        shares = [float(self.array(name)[label]) for name in (f"layer{self.depth}/a", AFTER)]
        rises, little = losses[1] >= losses[0], _alike(shares) or _alike(losses)
        if rises or little:
            self.variant("_".join(["rises"] * rises + ["little"] * little))
        self.say(count=self.number("net/parameters/total", form="d"))
        lr = self.number("net/step/learning_rate")
        rules = [f"{p} arrow.l {p} - eta (partial loss(L)) / (partial {p})" for p in "Wb"]
        source = ", quad ".join([*rules, "eta = {lr}"])
        hidden = [self.net.values.pop((n, u)) for n in range(1, self.depth) for u in self.net.folds[n].shown]
        self.play(
            *self.clear_panel(), *self.formula(source, 38, lr=lr), FadeOut(*hidden), run_time=style.MOVE_S
        )
        moves = [move for n in range(1, self.depth + 1) for move in self._repaint(n, "weight_after")]
        calm = [
            node.animate.set_fill(self.look.surface).set_stroke(self.look.muted, width=style.LINE)
            for column in self.net.nodes[1:-1]
            for node in column.values()
        ]
        self.play(*moves, *calm, run_time=style.SLOW_S)
        before = self.number(self.of(self.depth, "a"), label, form=form)
        after = self.number("net/step/probabilities_after", label, form=form)
        self.say(before=before, after=after)
        bars = StepBars(self)
        self.play(
            FadeIn(*bars.names, *bars.before, bars.key[0], bars.loss_name, bars.loss_before),
            run_time=style.MOVE_S,
        )
        for n in range(self.depth):
            self.play(self.net.flash(n, "activation"), run_time=style.PULSE_S)
        p = self.fill_column(self.depth, "net/step/probabilities_after", "activation")
        grow = LaggedStart(*(GrowFromEdge(bar, LEFT) for bar, _ in bars.after), lag_ratio=0.1)
        self.play(p, grow, FadeIn(bars.key[1], *(value for _, value in bars.after)), run_time=style.SLOW_S)
        loss, loss_after = (
            self.number("net/loss/value", form=loss_form),
            self.number("net/step/loss_after", form=loss_form),
        )
        self.say(loss=loss, loss_after=loss_after)
        self.play(FadeIn(bars.loss_after, shift=at(0.2, 0)), run_time=style.MOVE_S)
        self.panel = bars


def _alike(values: list[float]) -> bool:
    """Whether the usual digits show them as one number: a caption has no room for more, the panel has."""
    return len({format_value(value, ".3f") for value in values}) == 1
