"""The series of recorder expression."""

from engine.declared.rule import Declaration, row
from engine.grammar import FUNCTIONS, LENGTH_MAX, OPERATIONS_MAX, OPERATORS
from engine.trace import Trace

LEAVES = ("input", "constant")
NODE_NAME_MAX = 40
ROWS = (
    row("value adjoint value_after", "float", "node"),
    row("name", "text", "node", longest=NODE_NAME_MAX),
    row("operation", "text", "node", choices=(*LEAVES, *OPERATORS.values(), "neg", *FUNCTIONS)),
    row("edge/source edge/target", "int", "edge", below="node"),
    row("edge/slot", "int", "edge", high=1),
    row("edge/local edge/message", "float", "edge"),
    row("edge/defined", "bool", "edge"),
    row("wrt", "text", longest=NODE_NAME_MAX),
    row("wrt/node", "int", below="node"),
    row("wrt/before wrt/after gradient gradient_fd loss loss_after", "float"),
    row("lr", "float", low=0),
    row("expression", "text", longest=LENGTH_MAX),
    row("count/operations", "int", low=1, high=OPERATIONS_MAX),
    row("count/paths", "int", low=1, high=LENGTH_MAX),
)
FLAGS = {"gradient_agrees": bool}


def graph_fits(trace: Trace, prefix: str = "") -> str | None:
    """The nodes of the trace are those of the series, and every edge is an input of one."""
    nodes = [node for node in trace.nodes if node.id.startswith(prefix)]
    names, operations = (trace.series[f"{prefix}{one}"].values.tolist() for one in ("name", "operation"))
    if [(one.id, one.name, one.operation) for one in nodes] != [
        (f"{prefix}n{i}", name, operation) for i, (name, operation) in enumerate(zip(names, operations, strict=True))
    ]:
        return "its nodes are not those of its series"
    place = {node.id: i for i, node in enumerate(nodes)}
    edges = {
        (place[source], place[node.id], slot) for node in nodes for slot, source in enumerate(node.inputs)
    }
    columns = (trace.series[f"{prefix}edge/{one}"].values.tolist() for one in ("source", "target", "slot"))
    told = list(zip(*columns, strict=True))
    if len(told) != len(edges) or set(told) != edges:
        return "its edges are not the inputs of its nodes"
    if any(bool(node.inputs) == (node.operation in LEAVES) for node in nodes):
        return "an operation of it has no input"
    used = {source for source, _, _ in told}
    if set(range(len(nodes) - 1)) != used or operations[trace.series[f"{prefix}wrt/node"].item()] != "input":
        return "its graph does not lead to one result"
    return None


PARAMS = {"lr": "lr", "expression": "expression"}
DECLARED = Declaration(ROWS, FLAGS, (graph_fits,), nodes=True, params=PARAMS)
