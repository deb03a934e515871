"""The series of recorder backpropagation: those of expression, and with flag ``net`` those of perceptron."""

from engine.declared.rule import Declaration, prefixed
from engine.formula import declared as expression
from engine.forward import declared as perceptron
from engine.trace import Trace


def has_net(trace: Trace) -> bool:
    """Whether the run had a network."""
    return trace.flags.get("net") is True


def _graph_fits(trace: Trace) -> str | None:
    return expression.graph_fits(trace, "graph/")


def _net_fits(trace: Trace) -> str | None:
    if bool(trace.params["resolved"].get("net")) != has_net(trace):
        return "its flag net is not what its parameters say"
    if has_net(trace):
        fit = (perceptron.given_fits, perceptron.output_fits, perceptron.nodes_fit)
        return next((told for one in fit if (told := one(trace, "net/")) is not None), None)
    if not all(node.id.startswith("graph/") for node in trace.nodes):
        return "it has nodes of a net, and its run had none"
    return None


DECLARED = Declaration(
    (*prefixed("graph", expression.ROWS), *prefixed("net", perceptron.rows("net/"), has_net)),
    {f"graph/{name}": kind for name, kind in expression.FLAGS.items()} | {"net": bool},
    (_graph_fits, _net_fits),
    nodes=True,
    params={name: f"graph/{series}" for name, series in expression.PARAMS.items()}
    | {name: f"net/{series}" for name, series in perceptron.PARAMS.items()},
)
