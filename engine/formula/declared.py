"""The series of recorder expression."""

from collections.abc import Sequence
from typing import Any

from engine.declared.rule import Declaration, row
from engine.formula.cursor import OPERATIONS_MAX
from engine.formula.grammar import FOLDED, FUNCTIONS, LENGTH_MAX, OPERATORS
from engine.trace import Trace
from engine.trace.series import Node

LEAVES = ("input", "constant")
NODE_NAME_MAX = 40
ANY: dict[str, Any] = {"low": -1.8e308, "high": 1.8e308}  # a formula may give any number that a float64 holds
# How many inputs each operation has.
INPUTS = {
    **dict.fromkeys(LEAVES, 0),
    **dict.fromkeys(("neg", *FUNCTIONS), 1),
    **dict.fromkeys((*OPERATORS.values(), *FOLDED), 2),
}
ROWS = (
    row("value adjoint value_after", "float", "node", **ANY),
    row("name", "text", "node", longest=NODE_NAME_MAX),
    row("operation", "text", "node", choices=tuple(INPUTS)),
    row("edge/source edge/target", "int", "edge", below="node"),
    row("edge/slot", "int", "edge", high=1),
    row("edge/local edge/message", "float", "edge", **ANY),
    row("edge/defined", "bool", "edge"),
    row("wrt", "text", longest=NODE_NAME_MAX),
    row("wrt/node", "int", below="node"),
    row(
        "wrt/before wrt/after gradient gradient_fd gradient_left gradient_right loss loss_after",
        "float",
        **ANY,
    ),
    row("lr", "float", low=0),
    row("expression", "text", longest=LENGTH_MAX),
    row("count/operations", "int", low=1, high=OPERATIONS_MAX),
    row("count/paths", "int", low=1, high=LENGTH_MAX),
)
FLAGS = {"gradient_agrees": bool, "kink": bool}


def operations_fit(nodes: Sequence[Node]) -> str | None:
    """Every operation is one that formulas have, with as many inputs as it takes, and all lead to the last one."""
    for node in nodes:
        if INPUTS.get(node.operation) != len(node.inputs):
            return "an operation of it is none that formulas have"
        if not node.name or len(node.name) > NODE_NAME_MAX or not node.name.isprintable():
            return "a name in its formula cannot be shown"
    used = {source for node in nodes for source in node.inputs}
    if len(nodes) < 2 or used != {node.id for node in nodes[:-1]}:
        return "its formula does not lead to one result"
    written: dict[str, int] = {}  # how many names, numbers and operations each node is, written out
    for node in nodes:
        written[node.id] = 1 + sum(written[source] for source in node.inputs)
        if written[node.id] > LENGTH_MAX:
            return "its formula is longer than formulas are"
    return None


def graph_fits(trace: Trace, prefix: str = "") -> str | None:
    """The nodes of the trace are those of the series, and every edge is an input of one."""
    nodes = [node for node in trace.nodes if node.id.startswith(prefix)]
    names, operations = (trace.series[f"{prefix}{one}"].values.tolist() for one in ("name", "operation"))
    if [(one.id, one.name, one.operation) for one in nodes] != [
        (f"{prefix}n{i}", name, operation)
        for i, (name, operation) in enumerate(zip(names, operations, strict=True))
    ]:
        return "its nodes are not those of its series"
    problem = operations_fit(nodes)
    if problem is not None:
        return problem
    place = {node.id: i for i, node in enumerate(nodes)}
    edges = {
        (place[source], place[node.id], slot) for node in nodes for slot, source in enumerate(node.inputs)
    }
    columns = (trace.series[f"{prefix}edge/{one}"].values.tolist() for one in ("source", "target", "slot"))
    told = list(zip(*columns, strict=True))
    if len(told) != len(edges) or set(told) != edges:
        return "its edges are not the inputs of its nodes"
    if operations[trace.series[f"{prefix}wrt/node"].item()] != "input":
        return f"{prefix}wrt/node is no variable"
    if trace.series[f"{prefix}wrt"].item() != names[trace.series[f"{prefix}wrt/node"].item()]:
        return f"{prefix}wrt is not the name of {prefix}wrt/node"
    if trace.series[f"{prefix}count/operations"].item() != sum(one not in LEAVES for one in operations):
        return f"{prefix}count/operations does not count its operations"
    return None


PARAMS = {"lr": "lr", "expression": "expression"}
DECLARED = Declaration(ROWS, FLAGS, (graph_fits,), nodes=True, params=PARAMS)
