"""The beats of `backward` between graph and network: the output and one hidden unit as graphs, by the same rule."""

from __future__ import annotations

from types import MappingProxyType

from manim import FadeIn, Indicate, LaggedStart

from scenes.backward import NET_BEATS
from scenes.parts.room.motion import carry, leave, swell
from scenes.parts.text.source import quote
from scenes.parts.text.strike import held_back, strike
from scenes.stage import style, unit_graphs
from scenes.stage.gradient_stage import BAND_PX, GradientStage
from scenes.stage.part_stage import TRUTH_ROOM

GROW_S, PULSE_S = 0.4, 0.85  # a column of a graph; through one layer
READ_S, RULE_S = 0.8, 1.0  # for a number, or a rule, that has come, to be read
FORMULA_S, RESULT_S = 2.0, 1.8  # for a formula, or what one comes to


class BridgeBeats(GradientStage):
    """Chain rule on the graphs of single units of the recorded classifier."""

    prefix = "net/"
    cleared_at = MappingProxyType({name: name != "delta_hidden" for name in NET_BEATS if name != "delta_out"})

    def output(self) -> None:
        """The network after its forward pass and what is asked of it; then its output as a graph."""
        last = self.depth
        p = self.number(self.s(self.of(last, "a")), self.true_class, form=self.share_form())
        self.say(data=self.spoken("net/data/name"), p=p)
        key = self.sign_key()
        self.build_network(self.whole.without(right=TRUTH_ROOM, top=key.height + style.TIGHT))
        labels = [self.set_column(0, "sample/input", "input")]
        labels += [self.set_column(n, self.of(n, "a"), "activation") for n in range(1, last + 1)]
        self.play(FadeIn(self.net, self.names, key, *labels), run_time=style.QUICK_S)
        self.play(*self.mark_truth(), run_time=style.QUICK_S)
        self.say(count=self.number("net/parameters/total", form="d"))
        for n in reversed(range(last)):
            self.play(self.pulse_back(n), run_time=PULSE_S)
        signs = {n: self.held(n) for n in (last - 1, last)}
        self.play(leave(key), *self.show_layers(last - 1, last, signs), run_time=style.MOVE_S)
        self.op = unit_graphs.output_graph(self, self.side)
        self.say()
        self.panel = self.op.grow(GROW_S, *self.formula(unit_graphs.loss_of_scores(self), BAND_PX))
        self.hold(READ_S)

    def delta_out(self) -> None:
        """δ of the output through its graph: for the true class and for the others p cancels, and p − y is left."""
        self.vary(certain=not self.op.chips)
        last, true, nth = self.depth, self.true_class, self.nth(self.depth)
        rule = f"delta^({nth}) = (partial loss(L)) / (partial z^({nth})) = activation(p) - loss(y)"
        if self.op.chips:
            self._through_softmax()
        else:
            for _ in range(5):
                self.say()
        others = (c for c in range(len(self.array("loss/target"))) if c != true)
        one, zero = (self.number("net/loss/target", c, form="d") for c in (true, next(others)))
        self.say(one=one, zero=zero)
        self.play(*self.formula(rule, BAND_PX), run_time=style.QUICK_S)
        self.op.pass_back(len(self.op.faces) - 2, products=unit_graphs.score_products(self, self.op.px))
        texts = [
            self.op.below(i, unit_graphs.difference(self, c, self.op.px))
            for i, c in enumerate(unit_graphs.outputs(self).shown)
        ]
        values = self.net.values
        sources = [values.get((last, c), self.net) for c in unit_graphs.outputs(self).shown]
        self.play(LaggedStart(*map(carry, sources, texts), lag_ratio=0.4), run_time=style.MOVE_S)
        signs = {last - 1: self.held(last - 1), last: self.held(last, "delta")}
        self.play(self.delta_column(last), *self.sign(signs), run_time=style.MOVE_S)
        self.panel = self.op.seen().add(*texts)

    def _through_softmax(self) -> None:
        """−1/p on the wire into the loss; then for the true class, and for another one, p cancels."""
        top, classes = len(self.op.faces) - 2, unit_graphs.outputs(self).shown
        self.say()
        self.op.local(top + 1)
        self.play(*self.formula(unit_graphs.loss_by_share(self), BAND_PX), run_time=style.QUICK_S)
        self.hold(READ_S)
        self.op.pass_back(top + 1)
        for key in ("own", "other"):
            scores = {i for i, c in enumerate(classes) if (c == self.true_class) == (key == "own")}
            moved = [wire for wire in self.op.into(top) if wire.source in scores]
            rule = self.formula(unit_graphs.share_by_score(self, key), BAND_PX)
            self.say(one=self.number("net/loss/target", self.true_class, form="d"))
            self.play(*self.op.flash(moved, "activation"), *rule, run_time=style.MOVE_S)
            self.op.local(top, sources=scores)
            self.hold(FORMULA_S)
            self.say()
            shown, product = self.formula(unit_graphs.loss_by_score(self, key), BAND_PX), self.in_band
            left = held_back(product, "end")
            self.play(*shown, run_time=style.QUICK_S)
            self.hold(READ_S)
            self.play(*strike(self.look, product, "from", "with"), run_time=style.QUICK_S)
            self.play(left, run_time=style.QUICK_S)
            self.hold(RESULT_S)

    def paths(self) -> None:
        """One hidden unit: δ comes back over each of its wires, and all that comes is added."""
        hidden, unit = self.depth - 1, int(self.item("path/unit"))
        graph = unit_graphs.paths_graph(self, unit, self.side)
        self.say(count=self.number(self.s("widths"), self.depth, form="d"))
        asked = Indicate(self.net.values[hidden, unit], color=self.look.ink)
        graph.grow(GROW_S, *self.light_from(hidden, unit), asked)
        self.say()
        self.play(*self.formula(self.local_rule(), BAND_PX), run_time=style.MOVE_S)
        self.panel = graph.back()
        self.say(gradient=self.number(self.s(self.of(hidden, "upstream")), unit, form=self.delta_form))
        self.play(*self.formula(unit_graphs.weighted_sum(self, unit), BAND_PX), run_time=style.MOVE_S)
        self.play(swell(graph.gradients[0], 1.2, self.look.gradient))

    def local_rule(self, by_weight: bool = False) -> str:
        """z = W a + b and its derivative by what comes in, or by a weight, in Typst math."""
        into, start = (f"word({quote(self.label(key))})" for key in ("into", "from"))
        fed, weight = f"a_({start})", f"W_({into}, {start})"
        by, slope = (weight, fed) if by_weight else (fed, weight)
        return f"z = W a + b, quad (partial z_({into})) / (partial {by}) = {slope}"
