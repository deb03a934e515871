"""What is written of a recorded expression: operations with their numbers, rules of derivatives, and the chain rule."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from scenes.parts.nets.graph import Wire
from scenes.parts.text.derivative import derivative
from scenes.parts.text.expression import TIGHT, Part, added, compose, factor, number_part
from scenes.parts.text.source import MARKS, num
from scenes.stage.graph_stage import GraphStage


class GraphFormulas(GraphStage):
    """A film that writes out what happens on the graph, as Typst math."""

    # -- operations ------------------------------------------------------------------------------------------------

    def operand(self, i: int) -> Part:
        """A node as it stands in a formula: its name, or a constant's value."""
        if self.nodes.is_constant(i):
            return number_part(self.node_value(i))
        return Part(self.nodes.math_name(i))

    def computed(self, i: int) -> str:
        """An operation with its names, its inputs' numbers, and its result."""
        shape = self.expression.one(i, self.operand)
        filled = self.expression.one(i, lambda j: number_part(self.node_value(j)), "times")
        lead = f"{self.nodes.math_name(i)} = {shape} = " if self.all_named(i) else ""
        return f"{lead}{filled} = {num(self.node_value(i))}"

    # -- derivatives -----------------------------------------------------------------------------------------------

    def rule(self, wire: Wire) -> str:
        """The local derivative of a wire as a rule, or "" where it is a plain number (+ and −)."""
        operation = self.nodes.operations[wire.target]
        names = [part.within(TIGHT) for part in self._operands(wire.target)]
        square = operation.operation == "pow" and float(self.garray("value")[operation.inputs[-1]]) == 2
        return derivative(operation.operation, wire.slot, names, square)

    def _operands(self, i: int) -> list[Part]:
        """An operation's inputs as they stand in its rule: their names, or a and b where one has none."""
        inputs = self.nodes.operations[i].inputs
        if self.all_named(i):
            return [self.operand(j) for j in inputs]
        letters = [Part("a"), Part("b")]
        return [self.operand(j) if self.nodes.is_constant(j) else letters[k] for k, j in enumerate(inputs)]

    def quotient(self, wire: Wire) -> str:
        """ "∂u/∂a" of one wire; an operation without a name is written out."""
        op, parts = self.nodes.operations[wire.target], self._operands(wire.target)
        if self.all_named(wire.target):
            return self.by(wire.source, wire.target)
        return by(f"({compose(op.operation, parts).source})", parts[wire.slot].source)

    def by(self, i: int, what: int | None = None) -> str:
        """ "∂L/∂node", or the derivative of another node by it."""
        return by(self.nodes.math_name(self.nodes.last if what is None else what), self.nodes.math_name(i))

    def local_rules(self, i: int) -> str:
        """ "∂s/∂ŷ = … = number" for each input of operation `i`."""
        parts = []
        for wire in self.derived_into(i):
            text, rule = (
                self.number(self.g("edge/local"), self.edge_of[wire], form=self.form),
                self.rule(wire),
            )
            if MARKS.sub("", rule) == MARKS.sub("", num(text)):  # the rule is that number
                rule = ""
            parts.append(" = ".join(filter(None, (self.quotient(wire), rule, f"gradient({num(text)})"))))
        return ", quad ".join(parts)

    # -- the chain rule --------------------------------------------------------------------------------------------

    def path_product(self, route: Sequence[int]) -> str:
        """∂L/∂(end of the route) as the product along it, from the loss; each factor with its number."""
        ends = [(b, a) for a, b in pairwise(route)]
        wires = [next(w for w in self.edge_of if (w.source, w.target) == one) for one in ends]
        numbers = [self._factor("edge/local", self.edge_of[wire]) for wire in wires]
        lead = [self.by(route[-1])] if self.carries_name(route[-1]) else []
        if len(wires) > 1 and all(map(self.carries_name, route)):
            lead.append(" dot ".join(self.by(wire.source, wire.target) for wire in wires))
        product = [" times ".join(numbers)] if len(numbers) > 1 else []
        return " = ".join([*lead, *product, self._slope("adjoint", route[-1])])

    def arriving(self, i: int) -> str:
        """∂L/∂node as the sum of what comes over each of its wires: gradient times local derivative."""
        wires = [wire for wire in self.edge_of if wire.source == i]
        lead = [self.by(i)] if self.carries_name(i) else []
        direct = (
            len(wires) == 1 and wires[0].target == self.nodes.last
        )  # the sum is one number, and the result
        terms = [] if direct else [added([*map(self._message, wires)])]
        return " = ".join([*lead, *terms, self._slope("adjoint", i)])

    def message(self, wire: Wire) -> str:
        """What arrives, times the local derivative of a wire, and what that makes."""
        parts = self._factor("adjoint", wire.target), self._factor("edge/local", self.edge_of[wire])
        return f"{' times '.join(parts)} = {self._slope('edge/message', self.edge_of[wire])}"

    def _message(self, wire: Wire) -> str:
        local = self._factor("edge/local", self.edge_of[wire])
        if wire.target == self.nodes.last:  # ∂L/∂L says nothing
            return local
        return f"{self._factor('adjoint', wire.target)} times {local}"

    def _slope(self, series: str, index: int) -> str:
        """A derivative's number in a formula."""
        return f"gradient({num(self.number(self.g(series), index, form=self.form))})"

    def _factor(self, series: str, index: int) -> str:
        return factor(self.number(self.g(series), index, form=self.form))


def by(what: str, variable: str) -> str:
    """ "∂what/∂variable" in Typst math."""
    return f"(partial {what}) / (partial {variable})"
