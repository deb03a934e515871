"""The formula that a trace's nodes are of, as it was typed."""

from __future__ import annotations

from scenes.parts.text.expression import Expression, Operation
from scenes.stage.comparing import comparable
from scenes.stage.stage import Stage

TYPED, TYPED_CHARS = 1e-8, 12  # a constant is shown as it was typed, if it is not too long


def recorded_formula(film: Stage, values: str, lit: str = "") -> str:
    """Typst math of all nodes of the film's trace; the series `values` (node,) holds the constants among them.

    lit: the terms of its sum without this variable are muted.
    """
    index = {node.id: i for i, node in enumerate(film.trace.nodes)}
    nodes = [
        Operation(node.name, node.operation, tuple(index[one] for one in node.inputs))
        for node in film.trace.nodes
    ]

    def typed(i: int) -> str:
        value = float(film.array(values)[i])
        return film.number(
            film.s(values), i, form=comparable(value, fine=TYPED * abs(value), most=TYPED_CHARS)
        )

    return Expression(nodes, typed).formula(lit)
