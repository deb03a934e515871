"""The beats of `forward` from one unit to all scores: a whole layer, the activation, the next layers."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from manim import RIGHT, UP, Animation, FadeIn, LaggedStart, VGroup

from scenes.forward.curves import PX, activate, activation_curve, activation_rule, nothing, two_layers
from scenes.forward.input_beats import InputBeats
from scenes.forward.tables import affine
from scenes.parts.room.motion import arrive, give_way, leave
from scenes.parts.text.typeset import Typeset
from scenes.stage import style
from scenes.stage.layer_product import LayerProduct

SEEN_S = 1.2  # for units that give nothing
COLLAPSED_S = 2.2  # for two layers that are one
AGAIN = 0.6  # share of the time, for a sum like one that has been seen
ROW_S = 0.5  # for a row of W that is not worked out
WIDE = 9.0  # of the network where only its later layers are seen
DIMMED = 0.7  # darkness of what is not spoken of now
HIDDEN = 1, 1  # the part of the network that is the first hidden layer


class LayerBeats(InputBeats):
    """From the z of one unit to the output layer's."""

    def matrix(self) -> None:
        """The same sum for every unit at once: rows of W meet x."""
        if len(self.array("layer1/z")) == 1:
            self.variant("one")
        product = LayerProduct(self, 1, self.side, [self.strong])
        rule = affine(self, 1, "x")
        self.play(*self.clear_panel(), *self.rounded(rule), arrive(product.before), run_time=style.MOVE_S)
        self.say(n=self.position("layer1/z", self.strong, first=1))
        self.play(*product.only(self.strong), run_time=style.MOVE_S)
        self.say()
        product.multiply()
        self.say(z=self.number("layer1/z", self.strong, form=".2f"))
        product.add_bias()
        self.say(units=self.number("widths", 1, form="d"))
        self.play(*self.rounded(rule), run_time=style.MOVE_S)
        for unit in product.z.rows.shown:
            if unit != self.strong:
                cell = FadeIn(product.z.cells[unit, 0], shift=0.2 * RIGHT)
                fill = self.fill_unit(1, unit, "layer1/z", "activation")
                self.play(*product.only(unit), *self.light_unit(unit), cell, fill, run_time=ROW_S)
        self.play(*product.only(*product.z.rows.shown), *self.light_all(), run_time=style.QUICK_S)
        self.panel = VGroup(product, self.mark)

    def activation(self) -> None:
        """Every z onto the curve: one read off, then all of them."""
        z, a = (self.array(f"layer1/{name}") for name in "za")
        self.variant(self._case(float(z[self.strong])))
        self.say(name=self.name("activation"))
        alone = self.move_network(self.corner(self.room, HIDDEN), named=False, part=HIDDEN)
        chart = activation_curve(self, self.side)
        start = arrive(chart.frame, chart.curve)
        self.play(*self.clear_panel(), *activation_rule(self), *alone, start, run_time=style.SLOW_S)
        inside = self.net.nodes[1][self.net.folds[1].shown[0]].get_right() + style.TIGHT * RIGHT
        summed, put_out = (self.math(sign, PX, "activation").left_at(inside) for sign in "za")
        self.play(FadeIn(summed), run_time=style.QUICK_S)
        own = {name: self.number(f"layer1/{name}", self.strong, form=".2f") for name in "za"}
        self.say(**own)
        read = activate(self, chart, self.strong)
        self.play(self.fill_unit(1, self.strong, "layer1/a", "activation"), run_time=style.QUICK_S)
        others = [unit for unit in self.net.folds[1].shown if unit != self.strong]
        dots = VGroup(*(chart.dot(float(z[unit]), 0, "activation") for unit in others))
        self.say(units=self.number("widths", 1, form="d"), **self._cut_off())
        if others:
            self.play(LaggedStart(*map(FadeIn, dots), lag_ratio=0.1), run_time=style.MOVE_S)
            pairs = list(zip(dots, others, strict=True))
            rise = [dot.animate.move_to(chart.at(z[unit], a[unit])) for dot, unit in pairs]
            fill = self.fill_column(1, "layer1/a", "activation")
            off = VGroup(*(dot for dot, unit in pairs if a[unit] == 0))
            named = [nothing(self).next_to(off, UP)] if len(off) and a[self.strong] != 0 else []
            come = [FadeIn(one, run_time=style.QUICK_S) for one in named]
            self.play(*rise, fill, give_way(summed, put_out), *come, run_time=style.SLOW_S)
            dots.add(*named)
            self.hold(SEEN_S * len(named))
        texts = VGroup(*(one for one in (*read, *dots) if isinstance(one, Typeset)))
        seen = VGroup(chart.curve, *(one for one in (*read, *dots) if one not in texts))
        self.panel = VGroup(chart.frame, seen, put_out if others else summed)
        self.say(name=self.name("activation"))
        dim = seen.animate.fade(DIMMED)
        two, (product, names) = two_layers(self)
        self.play(*two, leave(texts), dim, run_time=style.MOVE_S)
        self.hold(style.QUICK_S)
        self.play(product.animate.set_fill(opacity=1), run_time=style.MOVE_S)
        self.say()
        self.play(names.animate.set_fill(opacity=1), run_time=style.MOVE_S)
        self.hold(COLLAPSED_S)

    def _cut_off(self) -> dict[str, str]:
        """How many units give nothing, and that nothing."""
        if not self.cut_off:
            return {}
        return {"off": self.number("layer1/cut_off", form="d"), "zero": self.number("layer1/a", self.weak)}

    def _case(self, largest: float) -> str:
        """Which words are true of this run's units; "" where some are cut off, and others not."""
        if len(self.array("layer1/z")) == 1:
            return "one"
        if self.function != "relu":
            return "smooth"
        return "all_off" if largest <= 0 else "" if self.cut_off else "all_on"

    def _light(self, bright: Callable[[int, int, int], bool]) -> list[Animation]:
        """Wires from hidden units that give nothing stay faint."""
        given = [self.array(self.of(layer, "a")) for layer in range(1, self.depth)]
        return super()._light(lambda n, end, at: bright(n, end, at) and (not n or given[n - 1][at] != 0))

    def layer(self) -> None:
        """From a to the output's z."""
        a, last = self.array("layer1/a"), self.depth
        if not self.cut_off:
            self.variant("all_on")
        self.say()
        wide = self.move_network(self.whole.middle(width=WIDE), named=True, part=(1, last))
        self.play(*self.clear_panel(), *self.no_formula(), *wide, run_time=style.SLOW_S)
        self.say(**self._cut_off())
        wires = [line for (_, source), line in self.net.edges[1].items() if a[source] == 0]
        self.play(*self.silence(wires, []), run_time=style.MOVE_S)
        self.hold(style.QUICK_S)
        for layer in range(2, last):
            self.play(self.net.flash(layer - 1, "activation"), run_time=style.PULSE_S)
            self.play(self.fill_column(layer, self.of(layer, "a"), "activation"), run_time=style.MOVE_S)
        corner = self.level_corner(self.room, (last, last))
        spare = self.name_room - max(one.width for one in self.class_names)
        self.side = self.side.without(left=-spare)  # many digits stand in it
        product = LayerProduct(self, last, self.side, [self.given_class])
        alone = self.move_network(corner, False, (last, last), product.pitch)
        row = product.unit
        product.switch_off(np.flatnonzero(self.array(self.of(last, "input")) == 0))
        self.play(*alone, *self.rounded(affine(self, last)), arrive(product.before), run_time=style.SLOW_S)
        self.say(label=self.spoken("data/classes", row))
        self.play(*product.only(row), run_time=style.QUICK_S)
        product.multiply(AGAIN)
        self.say(z=self.number(self.of(last, "z"), row, form=".2f"))
        product.add_bias(AGAIN)
        self.say(name=self.name("activation"))
        rest = LaggedStart(*map(FadeIn, product.rest), lag_ratio=0.3)
        fill = self.fill_column(last, self.of(last, "z"), "activation")
        self.play(*product.only(*product.z.rows.shown), rest, fill, run_time=style.SLOW_S)
        self.play(*self.rounded(affine(self, last)), run_time=style.MOVE_S)
        self.panel = product
