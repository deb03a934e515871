"""A recorded expression on stage: its graph and the texts of its nodes and wires."""

from __future__ import annotations

import re
from functools import cached_property

from engine.errors import InputError
from scenes.parts.nets.graph import SYMBOL_ROOM, TEXT_PX, Face, OperationGraph, Wire, lay_out
from scenes.parts.text.expression import Expression, symbol
from scenes.parts.text.typeset import Typeset
from scenes.stage.graph_numbers import VALUE_CHARS, GraphNumbers
from scenes.stage.provenance import format_value

MARGIN = 0.3  # of the stage at either side of the graph
GENERIC = re.compile(r"u\d+")
SYMBOL_PX, LEAF_PX = 40, 36
CROWDED_CHARS = 3
NAMED_LEAST = 1.2  # gradients carry their names in graphs that are drawn at least so large
SYMBOL_CHARS = 2  # a longer constant is a leaf of its own


class GraphStage(GraphNumbers):
    """A film that draws a recorded expression."""

    @cached_property
    def expression(self) -> Expression:
        """The whole expression, for formulas."""
        return Expression(self.nodes.operations, self.node_value)

    @cached_property
    def inside(self) -> dict[int, int]:
        """Constants whose texts fit into the circles of their operations."""
        chars = CROWDED_CHARS if self.crowded else SYMBOL_CHARS
        value = self.garray("value")
        return self.nodes.inside(lambda i: len(format_value(value[i].item(), self.form_of(i))) <= chars)

    @cached_property
    def drawn(self) -> list[int]:
        """The nodes that are drawn, in topological order."""
        return self.nodes.drawn(self.inside)

    @cached_property
    def edge_of(self) -> dict[Wire, int]:
        """The recorded edge of every drawn wire."""
        return {
            wire: edge
            for edge, wire in enumerate(self.nodes.wires)
            if wire.source in self.drawn and self.inside.get(wire.target) != wire.source
        }

    def carries_name(self, i: int) -> bool:
        """Whether node `i` carries its name: in a crowded graph, u1, u2, … would only take room."""
        generic = GENERIC.fullmatch(self.nodes.operations[i].name)
        return self.form == "auto" or self.nodes.is_leaf(i) or not generic

    def all_named(self, i: int) -> bool:
        """Whether an operation and its inputs all carry names (or are constants)."""
        return all(self.carries_name(j) for j in (i, *self.nodes.operations[i].inputs))

    @property
    def inner(self) -> list[int]:
        """The drawn operations, in topological order."""
        return [i for i in self.drawn if not self.nodes.is_leaf(i)]

    gradients_named = False

    def build_graph(self) -> OperationGraph:
        """The graph, laid out for the texts it will carry; where they do not fit, with shorter ones."""
        for named, crowded, most in (
            (True, False, VALUE_CHARS),
            (False, False, VALUE_CHARS),
            (False, True, VALUE_CHARS),
            (False, False, 0),
        ):
            self.gradients_named = named
            try:
                graph = self._built(crowded, most)
            except InputError:
                continue
            if not named or graph.layout.scale >= NAMED_LEAST:
                return graph
        return self._built(True, 0)

    def _built(self, crowded: bool, most: int) -> OperationGraph:
        self.crowded, self.most = crowded, most
        for name in (
            "inside",
            "drawn",
            "edge_of",
            "_forms",
        ):  # constants move into their operations, or out again
            self.__dict__.pop(name, None)
        rows = len(self.rows)
        faces = {i: self._face(i) for i in self.drawn}
        del self.rows[rows:]  # texts were measured, not shown
        room = self.room.without(left=MARGIN, right=MARGIN)
        layout = lay_out(faces, list(self.edge_of), room)
        return OperationGraph(self.look, layout, faces, self._symbol, self.nodes.role)

    def _face(self, i: int) -> Face:
        """Room for the widest text the node will carry: its equation before and after the step, its gradient."""
        widest = max(self.equation(i, name).width for name in ("value", "value_after"))
        gradient = self.gradient_text(i).width
        if self.nodes.is_leaf(i):
            return Face.of_leaf(widest, 0.0 if self.nodes.is_constant(i) else gradient)
        edges = [edge for wire, edge in self.edge_of.items() if wire in self.derived_into(i)]
        local = max((self.derivative_text("edge/local", edge).width for edge in edges), default=0.0)
        return Face.of_operation(max(widest, gradient), local)

    def derivative_text(self, series: str, index: int, px: float = TEXT_PX) -> Typeset:
        """The number of a derivative: of a node's gradient or of what stands on a wire."""
        return self.value(self.g(series), index, form=self.form, px=px, colour="gradient")

    def gradient_text(self, i: int, px: float = TEXT_PX) -> Typeset:
        """The gradient that arrives at a node, with its name "∂L/∂node" where there is room for names."""
        if not self.gradients_named or not self.carries_name(i):
            return self.derivative_text("adjoint", i, px)
        last, name = (self.nodes.math_name(j) for j in (self.nodes.last, i))
        value = self.number(self.g("adjoint"), i, form=self.form)
        return self.math(f"gradient(partial {last} \\/ partial {name} = {{v}})", px, v=value)

    def equation(self, i: int, series: str = "value", px: float = TEXT_PX) -> Typeset:
        """ "name = value" of a node; a constant shows its value only."""
        value = self.node_value(i, series)
        if self.nodes.is_constant(i) or not self.carries_name(i):
            return self.words(value, px)
        return self.math(f"{self.nodes.math_name(i)} = {{v}}", px, v=value)

    def _symbol(self, i: int) -> Typeset:
        operation = self.nodes.operations[i]
        if self.nodes.is_constant(i):
            return self.equation(i)
        if self.nodes.is_leaf(i):
            return self.math(self.nodes.math_name(i), LEAF_PX)
        constant = self.inside.get(i)
        shown = "" if constant is None else self.node_value(constant)
        label = self.math(symbol(operation.operation, shown, operation.inputs[0] == constant), SYMBOL_PX)
        return label.scale(min(1.0, SYMBOL_ROOM / label.width))

    def wires_into(self, i: int) -> list[Wire]:
        """The drawn inputs of an operation, in order."""
        return [wire for wire in self.nodes.wires_into(i) if wire in self.edge_of]

    def derived_into(self, i: int) -> list[Wire]:
        """The inputs an operation is differentiated by: all but the constants."""
        return [wire for wire in self.wires_into(i) if not self.nodes.is_constant(wire.source)]
