"""The beats of `backward` that take one expression apart: its graph, its values, its local derivatives."""

from __future__ import annotations

from manim import UP, Animation, Create, FadeIn, Indicate, LaggedStart, ReplacementTransform

from scenes.parts.expression import number_part
from scenes.parts.graph import OperationGraph
from scenes.parts.layout import fit
from scenes.parts.motion import give_way
from scenes.stage import style
from scenes.stage.graph_stage import GraphStage

OPENING_PX, DERIVATIVE_PX = 80, 38
TOTAL_S = 7.0  # a sweep over all operations takes about this long, however many there are


class GraphBeats(GraphStage):
    """The expression as a graph, filled forward."""

    op_graph: OperationGraph

    def step_s(self, count: int) -> float:
        """Time for one of `count` operations."""
        return min(style.MOVE_S, max(0.35, TOTAL_S / max(count, 1) / 1.6))

    @property
    def inner(self) -> list[int]:
        """The drawn operations, in topological order."""
        return [i for i in self.drawn if not self.nodes.is_leaf(i)]

    def graph(self) -> None:
        """The formula stands in the middle, moves to the band, and is taken apart."""
        source = f"{self.nodes.math_name(self.nodes.last)} = {self.expression.formula()}"
        big = fit(self.math(source, OPENING_PX), self.room)
        self.say()
        self.play(FadeIn(big, shift=0.2 * UP))
        self.hold(style.QUICK_S)
        self.op_graph = self.build_graph()
        self.say(operations=self.number(self.g("count/operations"), form="d"))
        self.formula(source)
        self.play(ReplacementTransform(big, self._formula), run_time=style.MOVE_S)
        leaves = [i for i in self.drawn if self.nodes.is_leaf(i)]
        self.play(
            LaggedStart(*(self.op_graph.appear(i) for i in leaves), lag_ratio=0.2), run_time=style.MOVE_S
        )
        step = self.step_s(len(self.inner))
        for i in self.inner:
            wires = [Create(self.op_graph.wires[w]) for w in self.wires_into(i)]
            self.play(*wires, run_time=step * 0.7)
            self.play(self.op_graph.appear(i), run_time=step * 0.6)

    def beat_values(self) -> None:
        """Each node's value, in the order it was computed."""
        self.say()
        leaves = [i for i in self.drawn if self.nodes.is_leaf(i)]
        self.play(*self.no_formula(), LaggedStart(*(self._leaf_value(i) for i in leaves), lag_ratio=0.2))
        step = self.step_s(len(self.inner))
        for place, i in enumerate(self.inner):
            if place == len(self.inner) // 2:
                self.say(loss=self.number(self.g("loss"), form=self.loss_form))
            self.play(*self.op_graph.flash(self.wires_into(i), "activation"), run_time=step)
            label = self.op_graph.value(i, self.equation(i, px=self.op_graph.px))
            self.play(FadeIn(label, shift=0.1 * UP), *self._value_formula(i), run_time=step * 0.8)

    def _leaf_value(self, i: int) -> Animation:
        """The name in a leaf becomes "name = value"."""
        old = self.op_graph.symbols[i]
        if self.nodes.is_constant(i):
            self.op_graph.values[i] = old
            return Indicate(old, scale_factor=1.05, color=old[0].get_fill_color())
        self.op_graph.remove(old)
        return give_way(old, self.op_graph.value(i, self.equation(i, px=self.op_graph.px)))

    def _value_formula(self, i: int) -> list[Animation]:
        """The band shows the operation with its inputs' numbers."""
        shape = self.expression.one(i, self.operand)
        filled = self.expression.one(i, lambda j: number_part(self.node_value(j)), "times")
        lead = f"{self.nodes.math_name(i)} = {shape} = " if self.all_named(i) else ""
        return self.formula(f"{lead}{filled} = {{result}}", result=self.node_value(i))

    def local(self) -> None:
        """The derivative of each operation by each of its inputs, on the wires."""
        self._differentiate()
        if self.kinked:
            self.variant("kink")
        self.say()
        step = self.step_s(len(self.inner))
        for place, i in enumerate(reversed(self.inner)):
            if place == 1:
                self.say()
            chips = [self.op_graph.chips[wire] for wire in self.derived_into(i)]
            self.play(*(FadeIn(chip, scale=0.7) for chip in chips), *self._local_formula(i), run_time=step)
            self.hold(step * 0.8)
        if len(self.inner) == 1:
            self.say()

    def _differentiate(self) -> None:
        px, constant = self.op_graph.px, self.nodes.is_constant
        edges = {wire: edge for wire, edge in self.edge_of.items() if not constant(wire.source)}
        self.op_graph.differentiate(
            {wire: self.derivative_text("edge/local", edge, px) for wire, edge in edges.items()},
            {i: self.derivative_text("adjoint", i, px) for i in self.drawn if not constant(i)},
        )

    def _local_formula(self, i: int) -> list[Animation]:
        """ "∂s/∂ŷ = … = number" for each input of operation i."""
        parts = []
        for wire in self.derived_into(i):
            number = self._slope("edge/local", self.edge_of[wire])
            parts.append(" = ".join(filter(None, (self.quotient(wire), self.rule(wire), number))))
        return self.formula(", quad ".join(parts), DERIVATIVE_PX) if parts else []

    def _slope(self, series: str, index: int) -> str:
        """A derivative's number in a formula."""
        return f"gradient({number_part(self.number(self.g(series), index, form=self.form)).source})"
