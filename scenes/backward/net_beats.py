"""The five beats of `backward` about the classifier: δ, weight gradients, the check, the step."""

from __future__ import annotations

from manim import (
    LEFT,
    RIGHT,
    Animation,
    FadeIn,
    FadeOut,
    GrowFromEdge,
    Indicate,
    LaggedStart,
    VGroup,
)

from scenes.backward.matrices import DeltaProduct, fed_name, outer_product
from scenes.backward.tables import AFTER, LOSS_AFTER, check_table, delta_table, step_table
from scenes.parts.layout import fit
from scenes.parts.motion import arrive
from scenes.stage import style
from scenes.stage.network_stage import NetworkStage
from scenes.stage.provenance import format_value


class NetBeats(NetworkStage):
    """Beats drawn on the recorded classifier."""

    prefix = "net/"

    def delta_out(self) -> None:
        """The network after its forward pass; p − y at the output."""
        self.say(data=self.name("net/data/name"))
        self.play(*self.clear_panel(), *self.no_formula(), run_time=style.MOVE_S)
        self.build_network(self.half(self.room))
        labels = [self.set_column(0, "sample/input", "input")]
        labels += [self.set_column(n, self.of(n, "a"), "activation") for n in range(1, self.depth + 1)]
        self.play(FadeIn(self.net, self.names, *labels), run_time=style.MOVE_S)
        self.play(*self.mark_truth(), run_time=style.QUICK_S)
        self.say()
        table, last = delta_table(self, self.side), self.depth
        names, p, minus, y, equals, delta = map(table.column, range(6))
        nth = self.nth(last)
        rule = self.formula(f"delta^({nth}) = (partial loss(L)) / (partial z^({nth})) = p - y", 40)
        self.play(*rule, FadeIn(names, table.heads, table.ellipsis), run_time=style.MOVE_S)
        sources = [self.net.values[last, c] for c in self.net.folds[-1].shown]
        self.play(self.copies(sources, list(p)), FadeIn(y, minus, equals), run_time=style.SLOW_S)
        self.play(LaggedStart(*(FadeIn(cell, shift=0.15 * RIGHT) for cell in delta), lag_ratio=0.3))
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
        aside = self.move_network(self.corner(self.room), named=False)
        self.play(*self.clear_panel(), *aside, run_time=style.MOVE_S)
        product = DeltaProduct(self, layer, self.side)
        nth, after = self.nth(layer), self.nth(layer + 1)
        source = f"delta^({nth}) = (W^({after}))^top delta^({after}) ⊙ f'(z^({nth}))"
        self.play(*self.formula(source, 40), run_time=style.MOVE_S)
        self.play(FadeIn(product.weight, product.delta_after, product.signs[0]), run_time=style.MOVE_S)
        self.play(self.net.flash(layer, "gradient", reverse=True), run_time=style.PULSE_S)
        self.play(FadeIn(product.upstream, product.signs[1], shift=0.2 * RIGHT), run_time=style.MOVE_S)
        self.say()
        self.play(FadeIn(product.slope, product.signs[2]), run_time=style.MOVE_S)
        self.play(FadeIn(product.delta.frame_only, product.signs[3]), run_time=style.QUICK_S)
        cells = product.delta.cells.values()
        self.play(
            LaggedStart(*(FadeIn(cell) for cell in cells), lag_ratio=0.2),
            self._delta_column(layer),
            run_time=style.SLOW_S,
        )
        self.say(off=self.number(self.s(self.of(layer, "cut_off")), form="d") if off else "")
        if off:
            self.play(*self._silence(layer, product), run_time=style.MOVE_S)
        for lower in range(layer - 1, 0, -1):
            self.play(self.net.flash(lower, "gradient", reverse=True), run_time=style.PULSE_S)
            self.play(self._delta_column(lower), run_time=style.MOVE_S)
        self.panel = product

    def _silence(self, layer: int, product: DeltaProduct) -> list[Animation]:
        """Wires into and rows of units that are cut off fade: nothing passes there."""
        slope, columns = self.array(self.of(layer, "slope")), product.grids[2:]
        wires = [line for (unit, _), line in self.net.edges[layer - 1].items() if slope[unit] == 0]
        cells = [cell for grid in columns for (unit, _), cell in grid.cells.items() if slope[unit] == 0]
        return self.silence(wires, cells)

    def weight_gradient(self) -> None:
        """δ aᵀ as a heatmap; the wires take the gradient's colour."""
        layer = self.depth
        self.say()
        outer = outer_product(self, layer, self.side)
        nth = self.nth(layer)
        source = f"(partial loss(L)) / (partial W^({nth})) = delta^({nth}) {fed_name(self, layer)}"
        self.play(*self.clear_panel(), *self.formula(source, 40), run_time=style.MOVE_S)
        self.play(FadeIn(*outer.down.values(), *outer.across.values(), outer.names), run_time=style.MOVE_S)
        (row, column), *rest = outer.pairs
        factors = (Indicate(one, color=self.look.ink) for one in (outer.down[row], outer.across[column]))
        self.play(*factors, run_time=style.MOVE_S)
        self.play(outer.pair(row, column), run_time=style.MOVE_S)
        self.say()
        products = LaggedStart(*(outer.pair(*key) for key in rest), lag_ratio=0.08)
        self.play(products, run_time=2 * style.SLOW_S)
        self.play(*([FadeIn(outer.dots)] if len(outer.dots) else []), run_time=style.QUICK_S)
        self.say()
        for n in range(self.depth, 0, -1):
            self.play(*self.repaint(n, "weight_grad", "gradient"), run_time=style.MOVE_S)
        self.panel = outer

    def check(self) -> None:
        """Autograd and finite differences, digit for digit."""
        self.say()
        above, below = self.side.rows(6, 1)
        table = check_table(self, above)
        four = [f"L(w {way})" for way in ("- rule(2) epsilon", "- epsilon", "+ epsilon", "+ rule(2) epsilon")]
        slope = f"({four[0]} - rule(8) {four[1]} + rule(8) {four[2]} - {four[3]}) / (rule(12) epsilon)"
        rule = self.formula(f"(partial loss(L)) / (partial w) approx {slope}", 38)
        self.play(*self.clear_panel(), *rule, arrive(table.heads), run_time=style.MOVE_S)
        for i, (name, exact, measured) in enumerate(table.rows):
            if i == 1:
                self.say()
            self.play(FadeIn(name, exact), run_time=style.QUICK_S)
            self.play(FadeIn(measured, shift=0.2 * RIGHT), run_time=style.QUICK_S)
        worst = self.label(
            "worst",
            count=self.number("net/parameters/total", form="d"),
            error=self.number("net/check/error_bound", form="decade"),
        )
        line = fit(self.words(worst, style.LABEL_PX), below)
        self.play(FadeIn(line), run_time=style.MOVE_S)
        self.panel = VGroup(table, line)

    def step(self) -> None:
        """Every parameter moves against its gradient, and the loss falls."""
        label = self.true_class
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
        moves = [move for n in range(1, self.depth + 1) for move in self.repaint(n, "weight_after")]
        calm = [
            node.animate.set_fill(self.look.surface).set_stroke(self.look.muted, width=style.LINE)
            for column in self.net.nodes[1:-1]
            for node in column.values()
        ]
        self.play(*moves, *calm, run_time=style.SLOW_S)
        before = self.number(self.s(self.of(self.depth, "a")), label, form=form)
        after = self.number("net/step/probabilities_after", label, form=form)
        self.say(before=before, after=after)
        table = step_table(self, self.side)
        names, bars, shares, bars_after, shares_after = map(table.column, range(5))
        *shares, loss_before = shares
        *shares_after, loss_after = shares_after
        start = FadeIn(names, bars, *shares, table.heads[0], table.ellipsis, table.rules, loss_before)
        self.play(start, run_time=style.MOVE_S)
        for n in range(self.depth):
            self.play(self.net.flash(n, "activation"), run_time=style.PULSE_S)
        p = self.fill_column(self.depth, "step/probabilities_after", "activation")
        grow = LaggedStart(*(GrowFromEdge(bar, LEFT) for bar in bars_after), lag_ratio=0.1)
        self.play(p, grow, FadeIn(table.heads[1], *shares_after), run_time=style.SLOW_S)
        self.say(
            loss=self.number("net/loss/value", form=loss_form),
            loss_after=self.number("net/step/loss_after", form=loss_form),
        )
        self.play(FadeIn(loss_after, shift=0.2 * RIGHT), run_time=style.MOVE_S)
        self.panel = table


def _alike(values: list[float]) -> bool:
    """Whether the usual digits show them as one number: a caption has no room for more, the panel has."""
    return len({format_value(value, ".3f") for value in values}) == 1
