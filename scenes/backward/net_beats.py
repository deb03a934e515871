"""The beats of `backward` about whole layers of the classifier: δ and the gradients of weights, layer by layer."""

from __future__ import annotations

import numpy as np
from manim import FadeIn, FadeOut, Indicate, LaggedStart, VGroup

from scenes.backward.bridge_beats import READ_S, RULE_S, BridgeBeats
from scenes.backward.tables import checked
from scenes.parts.room.motion import arrive, carry, leave
from scenes.stage import style
from scenes.stage.gradient_stage import BAND_PX
from scenes.stage.layer_gradients import BackProduct, SlopeProduct, cell_product

# f' of the activations, as rules (Typst math); a is the unit's output.
SLOPES = {
    "relu": "f'(z) = rule(1) quad (z > rule(0)), quad f'(z) = rule(0) quad (z <= rule(0))",
    "leaky_relu": "f'(z) = rule(1) quad (z > rule(0))",
    "sigmoid": "f'(z) = a (rule(1) - a)",
    "tanh": "f'(z) = rule(1) - a^rule(2)",
}


class NetBeats(BridgeBeats):
    """Beats drawn on the recorded classifier."""

    def delta_hidden(self) -> None:
        """Wᵀδ row by row, the one just worked out first; then f'(z), and δ."""
        layer, unit = self.depth - 1, int(self.item("path/unit"))
        off = self._off(layer)
        self.vary(all_on=off == 0)
        nth, after = self.nth(layer), self.nth(layer + 1)
        back = BackProduct(self, layer, self.side, unit)
        weight, delta, made = back.grids
        came = f"(partial loss(L)) / (partial a^({nth})) = (W^({after}))^top delta^({after})"
        frames = VGroup(*(grid.row_frame(unit, "ink") for grid in (weight, made)))
        product = FadeIn(weight, delta, *back.signs, made.frame_only)
        self.say()
        self.play(product, *self.light_all(), run_time=style.QUICK_S)
        self.play(carry(self.in_band, made.cells[unit, 0]), FadeIn(frames), run_time=style.MOVE_S)
        self.play(*self.formula(came, BAND_PX), run_time=style.QUICK_S)
        rest = [cell for (row, _), cell in made.cells.items() if row != unit]
        self.play(FadeOut(frames), LaggedStart(*map(FadeIn, rest), lag_ratio=0.3), run_time=style.MOVE_S)
        self.say(f=self.name(self.s("activation")))
        slope = SlopeProduct(self, layer, self.side, unit)
        z, factor, kept, found = slope.grids
        here = made.copy()
        self.remove(made, *made)
        self.add(here)
        rule = f"delta^({nth}) = f'(z^({nth})) ⊙ (partial loss(L)) / (partial a^({nth}))"
        gone = VGroup(weight, delta, back.signs[0], back.signs[1])
        rules = self.formula(SLOPES[self.function], BAND_PX)
        self.play(leave(gone), here.animate.become(kept), arrive(z), *rules, run_time=style.MOVE_S)
        rows = LaggedStart(*map(FadeIn, factor.cells.values()), lag_ratio=0.3)
        self.play(FadeIn(factor.frame_only, slope.signs[0]), rows, run_time=style.MOVE_S)
        self.hold(RULE_S)
        self.play(
            *self.formula(rule, BAND_PX), FadeIn(*slope.signs[1:], found.frame_only), run_time=style.QUICK_S
        )
        cells = LaggedStart(*map(FadeIn, found.cells.values()), lag_ratio=0.2)
        signs = {n: self.held(n, "delta") for n in (layer, self.depth)}
        self.play(cells, self.delta_column(layer), *self.sign(signs), run_time=style.MOVE_S)
        slopes = self.array(self.of(layer, "slope"))
        zero = self.number(self.s(self.of(layer, "a")), int(slopes.argmin()), form=".0f")
        self.say(off=self.number(self.s(self.of(layer, "cut_off")), form="d") if off else "", zero=zero)
        if off:
            silent = [c for grid in slope.grids for (row, _), c in grid.cells.items() if slopes[row] == 0]
            self.play(*self.silence((), [c for c in silent if c not in kept.cells.values()]))
        self.panel = VGroup(slope, here)

    def _off(self, layer: int) -> int:
        return int(self.item(f"layer{layer}/cut_off")) if self.function == "relu" else 0

    def _zero(self) -> str:
        """The 0 of a gradient of a weight that is exactly 0, as a shown number."""
        for layer in range(1, self.depth + 1):
            series = self.of(layer, "weight_grad")
            for place in np.argwhere(self.array(series) == 0)[:1]:
                return self.number(self.s(series), *map(int, place), form=".0f")
        raise LookupError("No weight has gradient 0.")

    def weight_gradient(self) -> None:
        """One weight's gradient, then δ aᵀ cell by cell, δ itself for the biases: the last layer, and its a from the
        forward pass."""
        layer, sent = self.depth, self.depth - 1
        self.say()
        rule = self.formula(self.local_rule(by_weight=True), BAND_PX)
        outer = self.show_outer(layer, {sent: self.held(sent), layer: self.held(layer, "delta")}, *rule)
        row, column = checked(self)[0]
        if (row, column) not in outer.pairs:
            row, column = next(iter(outer.pairs))
        glow = self.glow(row, column)
        self.hold(READ_S)
        factors = (Indicate(one, color=self.look.ink) for one in (outer.down[row], outer.across[column]))
        product = self.formula(cell_product(self, layer, row, column), BAND_PX)
        self.play(*factors, *product, FadeIn(glow), run_time=style.MOVE_S)
        self.play(outer.pair(row, column), run_time=style.MOVE_S)
        self.hold(READ_S)
        self.say()
        self.play(*self.formula(self.outer_rule(layer), BAND_PX), FadeOut(glow), run_time=style.QUICK_S)
        biases = max(outer.across)
        rest = [key for key in outer.pairs if key[1] != biases and key != (row, column)]
        products = LaggedStart(*(outer.pair(*key) for key in rest), lag_ratio=0.08)
        self.play(products, FadeIn(outer.dots), run_time=style.SLOW_S)
        self.play(*self.mute_zeros(outer, layer), run_time=style.QUICK_S)
        self.say(one=self.number("net/loss/target", self.true_class, form="d"))
        self.show_biases(outer, layer)

    def first_layer(self) -> None:
        """δ xᵀ of the first layer, where units that are off have rows of zeros; and how many gradients that makes."""
        top, off = self.depth - 1, self._off(1)
        self.vary(all_on=off == 0)
        self.say()
        signs = {n: self.held(n, "delta") for n in (top, self.depth)}
        self.play(self.delta_column(top), *self.sign(signs), run_time=style.MOVE_S)
        moves = self.show_layers(0, top, {0: self.held(0), top: signs[top]})
        if top > 1:
            self.play(*moves, run_time=style.MOVE_S)
            moves = []
        for lower in range(top - 1, 0, -1):
            self.play(self.pulse_back(lower), run_time=style.PULSE_S)
            self.play(self.delta_column(lower), run_time=style.MOVE_S)
        moves += self.formula(self.outer_rule(1), BAND_PX)
        outer = self.show_outer(1, {0: self.held(0), 1: self.held(1, "delta")}, *moves)
        biases = max(outer.across)
        products = (outer.pair(*key) for key in outer.pairs if key[1] != biases)
        self.play(LaggedStart(*products, lag_ratio=0.1), FadeIn(outer.dots), run_time=style.MOVE_S)
        self.say(zero=self._zero() if off else "")
        if off:
            z = self.array("layer1/z")
            wires = [line for (unit, _), line in self.net.edges[0].items() if z[unit] <= 0]
            self.play(*self.silence(wires, ()), *self.mute_zeros(outer, 1), run_time=style.MOVE_S)
        self.show_biases(outer, 1)
        self.say(count=self.number("net/parameters/total", form="d"))
        self.play(*self.count_parameters(), run_time=style.MOVE_S)
