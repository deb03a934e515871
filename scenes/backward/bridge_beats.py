"""The beats of `backward` between graph and network: the output and one hidden unit as graphs, by the same rule."""

from __future__ import annotations

from manim import FadeIn, Indicate, LaggedStart

from scenes.parts.room.motion import carry
from scenes.parts.text.source import quote
from scenes.parts.text.typeset import Typeset
from scenes.stage import style
from scenes.stage.gradient_stage import BAND_PX, GradientStage
from scenes.stage.part_stage import TRUTH_ROOM
from scenes.stage.unit_graphs import output_graph, outputs, paths_graph, share_of, weighted_sum

GROW_S = 0.5  # a column of a graph
READ_S = 0.8  # for a formula or a number, before the next thing happens


class BridgeBeats(GradientStage):
    """Chain rule on the graphs of single units of the recorded classifier."""

    prefix = "net/"

    def output(self) -> None:
        """The network after its forward pass and what is asked of it; then its output as a graph."""
        last = self.depth
        p = self.number(self.s(self.of(last, "a")), self.true_class, form=self.share_form())
        self.say(data=self.name("net/data/name"), p=p)
        self.play(*self.clear_panel(), *self.no_formula(), run_time=style.MOVE_S)
        self.build_network(self.whole.without(right=TRUTH_ROOM))
        labels = [self.set_column(0, "sample/input", "input")]
        labels += [self.set_column(n, self.of(n, "a"), "activation") for n in range(1, last + 1)]
        self.play(FadeIn(self.net, self.names, *labels), run_time=style.MOVE_S)
        self.play(*self.mark_truth(), run_time=style.QUICK_S)
        self.say(count=self.number("net/parameters/total", form="d"))
        for n in reversed(range(last)):
            self.play(self.net.flash(n, "gradient", reverse=True), run_time=style.PULSE_S)
        self.say()
        rule = self.formula(f'p = "softmax"(z), quad loss(L) = -log {share_of(self)}', BAND_PX)
        signs = {n: self.held(n) for n in (last - 1, last)}
        self.play(*self.show_layers(last - 1, last, signs), *rule, run_time=style.MOVE_S)
        self.op = output_graph(self, self.side)
        self.panel = self.op.grow(GROW_S)

    def delta_out(self) -> None:
        """δ of the output through its graph: −1/p meets p(1 − p) and −p·p, and what is left is p − y."""
        self.vary(certain=not self.op.chips)
        last, true, nth = self.depth, self.true_class, self.nth(self.depth)
        rule = f"delta^({nth}) = (partial loss(L)) / (partial z^({nth}))"
        self.say()
        self.play(*self.formula(rule, BAND_PX), run_time=style.QUICK_S)
        if self.op.chips:
            self._through_softmax()
        else:
            self.say()
        others = (c for c in range(len(self.array("loss/target"))) if c != true)
        one, zero = (self.number("net/loss/target", c, form="d") for c in (true, next(others)))
        self.say(one=one, zero=zero)
        texts = [self.op.below(i, self._difference(c)) for i, c in enumerate(outputs(self).shown)]
        self.play(*self.formula(f"{rule} = activation(p) - loss(y)", BAND_PX), run_time=style.QUICK_S)
        values = self.net.values
        sources = [values.get((last, c), self.net) for c in outputs(self).shown]
        self.play(LaggedStart(*map(carry, sources, texts), lag_ratio=0.4), run_time=style.MOVE_S)
        signs = {last - 1: self.held(last - 1), last: self.held(last, "delta")}
        self.play(self.delta_column(last), *self.sign(signs), run_time=style.MOVE_S)
        self.panel = self.op.seen().add(*texts)

    def _through_softmax(self) -> None:
        """−1/p on the wire into the loss, p(1 − p) and −p·p on those into p; then p cancels."""
        own, other = share_of(self), share_of(self, "other")
        top = len(self.op.faces) - 2
        slope = self.number("net/loss/slope", form=".4f")
        minus, inner = f"-rule(1) / {own}", (f"{own} (rule(1) - {own})", f"-{own} {other}")
        z = [f"z_(word({quote(self.label(key))}))" for key in ("own", "other")]
        first = f"(partial loss(L)) / (partial {own}) = {minus} = gradient({{slope}})"
        then = [f"(partial {own}) / (partial {one}) = {of}" for one, of in zip(z, inner, strict=True)]
        self.op.local(top + 1)
        self.play(*self.formula(first, BAND_PX, slope=slope), run_time=style.MOVE_S)
        self.op.pass_back(top + 1)
        self.op.local(top)
        self.play(*self.formula(", quad ".join(then), BAND_PX), run_time=style.QUICK_S)
        self.hold(READ_S)
        self.say()
        off = own.replace("activation", "muted")
        minus, signs = f"-rule(1) / {off}", [one.replace("z", "delta", 1) for one in z]
        parts = f"({off} (rule(1) - {own}))", f"(-{off} {other})"
        ends = f"{own} - rule(1)", other
        lines = [f"{s} = ({minus}) dot {a} = {b}" for s, a, b in zip(signs, parts, ends, strict=True)]
        self.play(*self.formula(", quad ".join(lines), BAND_PX), run_time=style.MOVE_S)
        self.op.pass_back(top)
        self.hold(READ_S)

    def _difference(self, number: int) -> Typeset:
        """Probability minus target of one class, and the δ that this is, in numbers."""
        a, delta = (self.of(self.depth, name) for name in ("a", "delta"))
        ways = {"p": (a, self.share_form()), "y": ("loss/target", "d"), "d": (delta, self.delta_form)}
        fields = {key: self.number(self.s(name), number, form=form) for key, (name, form) in ways.items()}
        px = max(self.op.px, style.NUMBER_PX)
        return self.math("activation({p}) - loss({y}) = gradient({d})", px, **fields)

    def paths(self) -> None:
        """One hidden unit: δ comes back over each of its wires, and all that comes is added."""
        hidden, unit = self.depth - 1, int(self.item("path/unit"))
        self.say(count=self.number(self.s("widths"), self.depth, form="d"))
        graph = paths_graph(self, unit, self.side)
        own = self.light_from(hidden, unit)
        asked = Indicate(self.net.values[hidden, unit], color=self.look.ink)
        self.play(*self.clear_panel(), *self.no_formula(), *own, asked, run_time=style.MOVE_S)
        graph.grow(GROW_S)
        self.say()
        ends = [f"word({quote(self.label(key))})" for key in ("into", "from")]
        local = f"(partial z_({ends[0]})) / (partial a_({ends[1]})) = W_({', '.join(ends)})"
        self.play(*self.formula(f"z = W a + b, quad {local}", BAND_PX), run_time=style.MOVE_S)
        self.panel = graph.back()
        self.say(gradient=self.number(self.s(self.of(hidden, "upstream")), unit, form=self.delta_form))
        self.play(*self.formula(weighted_sum(self, unit), BAND_PX), run_time=style.MOVE_S)
        self.play(Indicate(graph.gradients[0], scale_factor=1.2, color=self.look.gradient))
