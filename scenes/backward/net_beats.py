"""The beats of `backward` about whole layers of the classifier: δ, weight gradients, the check, the step."""

from __future__ import annotations

from manim import LEFT, RIGHT, Animation, Create, FadeIn, GrowFromEdge, Indicate, LaggedStart, VGroup

from scenes.backward.bridge_beats import BridgeBeats
from scenes.backward.matrices import DeltaProduct, fed_name, outer_product
from scenes.backward.tables import AFTER, LOSS_AFTER, WAYS, check_table, nudge_chart, step_table
from scenes.parts.room.layout import fit
from scenes.parts.room.motion import arrive
from scenes.stage import style
from scenes.stage.comparing import alike


class NetBeats(BridgeBeats):
    """Beats drawn on the recorded classifier."""

    def delta_hidden(self) -> None:
        """Wᵀδ ⊙ f'(z), layer after layer towards the input."""
        layer = self.depth - 1
        off = int(self.item(f"layer{layer}/cut_off")) if self.function == "relu" else 0
        self.vary(all_on=off == 0)
        self.say()
        product = DeltaProduct(self, layer, self.side)
        nth, after = self.nth(layer), self.nth(layer + 1)
        source = f"delta^({nth}) = (W^({after}))^top delta^({after}) ⊙ f'(z^({nth}))"
        gone = (*self.clear_panel(), *self.formula(source, 40), *self.light_all())
        self.play(*gone, run_time=style.MOVE_S)
        self.play(FadeIn(product.weight, product.delta_after, product.signs[0]), run_time=style.MOVE_S)
        self.play(self.net.flash(layer, "gradient", reverse=True), run_time=style.PULSE_S)
        self.play(FadeIn(product.upstream, product.signs[1], shift=0.2 * RIGHT), run_time=style.MOVE_S)
        self.say()
        self.play(FadeIn(product.slope, product.signs[2]), run_time=style.MOVE_S)
        self.play(FadeIn(product.delta.frame_only, product.signs[3]), run_time=style.QUICK_S)
        cells = LaggedStart(*map(FadeIn, product.delta.cells.values()), lag_ratio=0.2)
        self.play(cells, self.delta_column(layer), run_time=style.SLOW_S)
        self.say(off=self.number(self.s(self.of(layer, "cut_off")), form="d") if off else "")
        if off:
            self.play(*self._silence(layer, product), run_time=style.MOVE_S)
        for lower in range(layer - 1, 0, -1):
            self.play(self.net.flash(lower, "gradient", reverse=True), run_time=style.PULSE_S)
            self.play(self.delta_column(lower), run_time=style.MOVE_S)
        self.panel = product

    def _silence(self, layer: int, product: DeltaProduct) -> list[Animation]:
        """Wires into and rows of units that are cut off fade: nothing passes there."""
        slope, columns = self.array(self.of(layer, "slope")), product.grids[2:]
        wires = [line for (unit, _), line in self.net.edges[layer - 1].items() if slope[unit] == 0]
        cells = [cell for grid in columns for (unit, _), cell in grid.cells.items() if slope[unit] == 0]
        return self.silence(wires, cells)

    def weight_gradient(self) -> None:
        """δ aᵀ as a heatmap, δ itself for the biases; the wires take the gradient's colour."""
        layer, sent = self.depth, self.depth - 1
        self.say()
        outer = outer_product(self, layer, self.side)
        *pairs, biases = outer.across
        nth = self.nth(layer)
        source = f"(partial loss(L)) / (partial W^({nth})) = delta^({nth}) {fed_name(self, layer)}"
        both = self.stack_column(sent, self.of(sent, "a"), self.of(sent, "delta"), ("activation", "gradient"))
        self.play(*self.clear_panel(), *self.formula(source, 40), *both, run_time=style.MOVE_S)
        fed = [outer.across[i] for i in pairs]
        self.play(FadeIn(*outer.down.values(), *fed, outer.names), run_time=style.MOVE_S)
        (row, column), *rest = (key for key in outer.pairs if key[1] != biases)
        factors = (Indicate(one, color=self.look.ink) for one in (outer.down[row], outer.across[column]))
        self.play(*factors, run_time=style.MOVE_S)
        self.play(outer.pair(row, column), run_time=style.MOVE_S)
        self.say()
        products = LaggedStart(*(outer.pair(*key) for key in rest), lag_ratio=0.08)
        self.play(products, FadeIn(outer.dots), run_time=style.SLOW_S)
        self.say()
        bias = f"(partial loss(L)) / (partial b^({nth})) = delta^({nth})"
        self.play(*self.formula(f"{source}, quad {bias}", 40), FadeIn(outer.across[biases]))
        own = (outer.pair(unit, biases) for unit in outer.down)
        self.play(LaggedStart(*own, lag_ratio=0.2), run_time=style.SLOW_S)
        self.panel = outer

    def check(self) -> None:
        """The loss at four values of one weight and the slope they give; then digit for digit with autograd."""
        self.say()
        four = [f"L(w {way})" for way in WAYS]
        slope = f"({four[0]} - rule(8) {four[1]} + rule(8) {four[2]} - {four[3]}) / (rule(12) epsilon)"
        chart, dots, line, name = nudge_chart(self, self.side)
        place = tuple(int(self.array(f"check/{one}")[0]) for one in ("unit", "input"))
        wire = self.net.edges[-1].get((place[0], place[1]), VGroup())
        values = [self.fill_column(n, self.of(n, "a"), "activation") for n in range(1, self.depth + 1)]
        gone = (*self.clear_panel(), *self.no_formula(), *values)
        self.play(*gone, arrive(chart.frame), run_time=style.MOVE_S)
        for dot in dots:
            self.play(FadeIn(dot, scale=2), Indicate(wire, color=self.look.ink), run_time=style.QUICK_S)
        self.say()
        rule = self.formula(f"(partial loss(L)) / (partial w) approx {slope}", 38)
        self.play(*rule, Create(line), FadeIn(name), run_time=style.MOVE_S)
        self.hold(style.QUICK_S)
        self.panel = VGroup(chart.frame, *dots, line, name)
        above, below = self.side.rows(6, 1)
        table = check_table(self, above)
        names, exact, measured = map(table.column, range(3))
        self.play(*self.clear_panel(), arrive(table.heads, names, exact), run_time=style.MOVE_S)
        compared = LaggedStart(*(FadeIn(one, shift=0.2 * RIGHT) for one in measured), lag_ratio=0.6)
        self.play(compared, run_time=style.SLOW_S)
        count = self.number("net/parameters/total", form="d")
        error = self.number("net/check/error_bound", form="decade")
        worst = self.words(self.label("worst", count=count, error=error), style.LABEL_PX)
        self.play(FadeIn(fit(worst, below)), run_time=style.MOVE_S)
        self.panel = VGroup(table, worst)

    def step(self) -> None:
        """Every parameter moves against its gradient, and the loss falls: the network's question is answered."""
        label, last = self.true_class, self.depth
        form, loss_form = self.share_form(AFTER), self.net_loss_form(LOSS_AFTER)
        losses = [float(self.array(name)) for name in ("loss/value", LOSS_AFTER)]
        shares = [float(self.array(name)[label]) for name in (self.of(last, "a"), AFTER)]
        # A caption has no room for more than the usual digits; the panel has.
        little = alike(".3f", *shares) or alike(".3f", *losses)
        self.vary(rises=losses[1] >= losses[0], little=little)
        self.say(count=self.number("net/parameters/total", form="d"))
        lr = self.number("net/step/learning_rate")
        rules = [f"Δ {p} = - eta (partial loss(L)) / (partial {p})" for p in "Wb"]
        source = ", quad ".join([*rules, "eta = {lr}"])
        key = self.edge_key(self.room, "grows", "shrinks")
        gone = (*self.clear_panel(), *self.formula(source, 38, lr=lr), *self.move_network(self.room))
        self.play(*gone, arrive(key), run_time=style.MOVE_S)
        self.panel = key
        self.play(*self.repaint("weight_change"), run_time=style.SLOW_S)
        self.play(*self.clear_panel(), *self.repaint("weight_after"), run_time=style.MOVE_S)
        before = self.number(self.s(self.of(last, "a")), label, form=form)
        after = self.number(self.s(AFTER), label, form=form)
        self.say(before=before, after=after)
        table = step_table(self, self.side)
        names, bars, shares_before, bars_after, shares_after = map(table.column, range(5))
        *known, loss_before = shares_before
        *new, loss_after = shares_after
        aside = self.move_network(self.corner(self.room), named=False)
        start = arrive(names, bars, *known, table.heads[0], table.ellipsis, table.rules, loss_before)
        self.play(*aside, start, run_time=style.MOVE_S)
        for n in range(1, last + 1):
            into = self.fill_column(n, self.of(n, "a_after"), "activation")
            self.play(self.net.flash(n - 1, "activation"), into, run_time=style.PULSE_S)
        grow = LaggedStart(*(GrowFromEdge(bar, LEFT) for bar in bars_after), lag_ratio=0.1)
        self.play(grow, FadeIn(table.heads[1], *new), run_time=style.SLOW_S)
        self.say(
            loss=self.number("net/loss/value", form=loss_form),
            loss_after=self.number(self.s(LOSS_AFTER), form=loss_form),
        )
        self.play(FadeIn(loss_after, shift=0.2 * RIGHT), run_time=style.MOVE_S)
        self.panel = table
