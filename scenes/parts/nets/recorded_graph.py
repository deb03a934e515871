"""A recorded expression: its nodes in topological order, how they hang together, and the part that each plays."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

import numpy as np

from scenes.parts.nets.graph import Wire
from scenes.parts.text.expression import Operation, variable


class RecordedGraph:
    """Read from the series that `array` gives; a node is meant by its place. `wires` are in the order of the edges."""

    def __init__(self, array: Callable[[str], np.ndarray]) -> None:
        ends = zip(*(array(f"edge/{key}") for key in ("source", "target", "slot")), strict=True)
        self.wires = [Wire(*map(int, one)) for one in ends]
        self.operations = [
            Operation(str(name), str(operation), tuple(wire.source for wire in self.wires_into(i)))
            for i, (name, operation) in enumerate(zip(array("name"), array("operation"), strict=True))
        ]
        self.last = len(self.operations) - 1
        self.wrt = int(
            array("wrt/node").item()
        )  # what the loss, which is the last node, is differentiated by
        self.leads_to_wrt = cache(self._leads_to_wrt)

    def wires_into(self, i: int) -> list[Wire]:
        """The inputs of an operation, in order."""
        return sorted((wire for wire in self.wires if wire.target == i), key=lambda wire: wire.slot)

    def is_constant(self, i: int) -> bool:
        """Whether node `i` is a number of the expression: nothing is differentiated by it."""
        return self.operations[i].operation == "constant"

    def is_leaf(self, i: int) -> bool:
        """Whether node `i` is a variable or a constant."""
        return not self.operations[i].inputs

    def role(self, i: int) -> str:
        """The colour role of a node: parameter, data, loss, or a value on the way."""
        if i == self.wrt:
            return "positive"
        if i == self.last:
            return "loss"
        return "input" if self.is_leaf(i) else "muted"

    def math_name(self, i: int) -> str:
        """A node's name in Typst math, in the colour of its role."""
        role, name = self.role(i), variable(self.operations[i].name)
        return f"{role}({name})" if role != "muted" else name

    def _leads_to_wrt(self, i: int) -> bool:
        """Whether node `i` lies between the loss and what it is differentiated by."""
        return i == self.wrt or any(self.leads_to_wrt(j) for j in self.operations[i].inputs)

    def inside(self, short: Callable[[int], bool]) -> dict[int, int]:
        """Constants that are drawn inside an operation rather than as leaves of their own, by operation.

        An operation has room for one, and only if it is `short`.
        """
        out = {}
        for i, operation in enumerate(self.operations):
            constants = [j for j in operation.inputs if self.is_constant(j) and short(j)]
            if len(operation.inputs) == 2 and len(constants) == 1:
                out[i] = constants[0]
        return out

    def drawn(self, inside: dict[int, int]) -> list[int]:
        """The nodes that are drawn: all but constants that always stand inside."""
        left = {wire.source for wire in self.wires if inside.get(wire.target) != wire.source}
        return [i for i in range(len(self.operations)) if i in left or i not in inside.values()]
