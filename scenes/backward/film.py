"""Backpropagation: first on the graph of one expression, then on the classifier of `forward`."""

from __future__ import annotations

from engine.trace import Trace
from scenes.backward import CARD
from scenes.backward.graph_beats import GraphBeats
from scenes.backward.net_beats import NetBeats

GRAPH_SERIES = (
    "value",
    "value_after",
    "adjoint",
    "name",
    "operation",
    "edge/source",
    "edge/target",
    "edge/slot",
    "edge/local",
    "wrt",
    "wrt/node",
    "wrt/before",
    "wrt/after",
    "gradient",
    "lr",
    "loss",
    "loss_after",
    "count/operations",
    "count/paths",
)
NET_SERIES = (
    "widths",
    "activation",
    "data/name",
    "data/features",
    "data/classes",
    "sample/input",
    "sample/label",
    "parameters/total",
    "loss/value",
    "loss/target",
    "step/learning_rate",
    "step/loss_after",
    "step/probabilities_after",
    "check/error_bound",
)


class Backward(GraphBeats, NetBeats):
    """See scenes/backward/text.toml for what each beat says."""

    card = CARD

    @classmethod
    def required(cls, trace: Trace) -> tuple[str, ...]:
        """The graph's series, and the network's when it was recorded."""
        graph = tuple(f"graph/{name}" for name in GRAPH_SERIES)
        if not trace.params["resolved"].get("net"):
            return graph
        depth = len(trace["net/widths"].values) - 1
        names = ("weight", "a", "z", "input", "delta", "weight_grad", "weight_fd", "weight_after")
        layers = tuple(f"net/layer{n}/{name}" for n in range(1, depth + 1) for name in names)
        return (*graph, *(f"net/{name}" for name in NET_SERIES), *layers)
