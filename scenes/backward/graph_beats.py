"""The beats of `backward` that take one expression apart: the question, its graph, values, local derivatives."""

from __future__ import annotations

from manim import UP, Animation, Create, FadeIn, Indicate, LaggedStart, ReplacementTransform

from scenes.parts.room.layout import column, fit
from scenes.parts.room.motion import arrive, give_way, leave
from scenes.parts.text.source import num
from scenes.stage import style
from scenes.stage.graph_sweep import GraphSweep

OPENING_PX, PUZZLE_PX, DERIVATIVE_PX = 90, 64, 38
OPENING_SHARE = 0.8  # of the height for the question
RULE_S = 2.0  # for the derivatives that a caption begins with, to be read


class GraphBeats(GraphSweep):
    """The expression as a graph, filled forward."""

    def graph(self) -> None:
        """The formula stands in the middle and asks; then it moves to the band, and is taken apart."""
        last, w = (self.nodes.math_name(i) for i in (self.nodes.last, self.nodes.wrt))
        source = f"{last} = {self.expression.formula()}"
        others = (i for i in self.drawn if self.nodes.is_leaf(i) and not self.nodes.is_constant(i))
        given = "".join(
            f"{self.nodes.math_name(i)} = {num(self.node_value(i))}, quad "
            for i in others
            if i != self.nodes.wrt
        )
        v, loss = self.node_value(self.nodes.wrt), self.node_value(self.nodes.last)
        self.say()
        ends = (
            f"{given}{w} = {{v}} quad arrow.r.long quad {last} = {{l}}",
            f'{w} = word("?") quad arrow.r.long quad {last} ↓',
        )
        known, asked = (self.math(one, PUZZLE_PX, v=v, l=loss) for one in ends)
        big = self.math(source, OPENING_PX)
        fit(
            column([big, known, asked], style.WIDE, "centre"),
            self.whole.middle(height=OPENING_SHARE * self.whole.height),
            grow=2.0,
        )
        self.play(FadeIn(big, shift=0.2 * UP), run_time=style.MOVE_S)
        self.play(FadeIn(known, shift=0.2 * UP), run_time=style.QUICK_S)
        self.say(wrt=self.number(self.g("wrt"), form="name"))
        self.play(FadeIn(asked, shift=0.2 * UP), run_time=style.MOVE_S)
        self.op_graph = self.build_graph()
        self.say(operations=self.number(self.g("count/operations"), form="d"))
        self.formula(source)
        self.play(ReplacementTransform(big, self._formula), leave(known, asked), run_time=style.MOVE_S)
        leaves = [self.op_graph.appear(i) for i in self.drawn if self.nodes.is_leaf(i)]
        self.play(LaggedStart(*leaves, lag_ratio=0.2), run_time=style.QUICK_S)
        step = self.step_s(len(self.inner))
        for i in self.inner:
            wires = [Create(self.op_graph.wires[w]) for w in self.wires_into(i)]
            self.play(*wires, self.op_graph.appear(i), run_time=step)

    def beat_values(self) -> None:
        """Each node's value, in the order it was computed."""
        self.say(loss=self.number(self.g("loss"), form=self.loss_form))
        leaves = [self._leaf_value(i) for i in self.drawn if self.nodes.is_leaf(i)]
        self.play(*self.no_formula(), LaggedStart(*leaves, lag_ratio=0.2), run_time=style.MOVE_S)
        step = self.step_s(len(self.inner))
        for i in self.inner:
            label = arrive(self.op_graph.value(i, self.equation(i, px=self.op_graph.px)))
            pulse = self.op_graph.flash(self.wires_into(i), "activation")
            self.play(*pulse, label, *self.formula(self.computed(i)), run_time=step * 1.3)

    def _leaf_value(self, i: int) -> Animation:
        """The name in a leaf becomes "name = value"."""
        old = self.op_graph.symbols[i]
        if self.nodes.is_constant(i):
            self.op_graph.values[i] = old
            return Indicate(old, scale_factor=1.05, color=old[0].get_fill_color())
        self.op_graph.remove(old)
        return give_way(old, self.op_graph.value(i, self.equation(i, px=self.op_graph.px)))

    def local(self) -> None:
        """The derivative of each operation by each of its inputs, on the wires: an input moves, the output answers."""
        self._differentiate()
        self.vary(kink=self.kinked)
        self.say()
        step, order = self.step_s(len(self.inner)), self.inner[::-1]
        told: dict[int, dict[str, str]] = {1: {}} | self._stored(order)
        for place, i in enumerate(order):
            reading = place in told
            if reading:
                self.say(**told.pop(place))
            into, rules = self.derived_into(i), self.local_rules(i)
            band = self.formula(rules, DERIVATIVE_PX) if rules else []
            chips = [FadeIn(self.op_graph.chips[wire], scale=0.7) for wire in into]
            self.play(*self.op_graph.flash(into, "activation"), *chips, *band, run_time=step)
            self.hold(RULE_S if reading else step * 0.8)
        for fields in told.values():
            self.say(**fields)

    def _stored(self, order: list[int]) -> dict[int, dict[str, str]]:
        """That derivatives take the values of the forward pass: said at the place of a product after the first two
        operations, if its factors' names are so short that there is room for them."""
        for place, i in reversed([*enumerate(order)][2:]):
            factors = self.nodes.operations[i].inputs
            if self.nodes.operations[i].operation != "mul" or len({*factors}) < 2:
                continue
            one, other = (self.number(self.g("name"), j, form="name") for j in factors)
            if len(one) == len(other) == 1 and not any(map(self.nodes.is_constant, factors)):
                return {place: {"stored": self.label("stored_factors", one=one, other=other)}}
        return {2: {"stored": self.label("stored")}}

    def _differentiate(self) -> None:
        px, constant = self.op_graph.px, self.nodes.is_constant
        edges = {wire: edge for wire, edge in self.edge_of.items() if not constant(wire.source)}
        self.op_graph.differentiate(
            {wire: self.derivative_text("edge/local", edge, px) for wire, edge in edges.items()},
            {i: self.gradient_text(i, px) for i in self.drawn if not constant(i)},
        )
