"""Recorder of backpropagation: a formula's graph under ``graph/``, and if wanted a net under ``net/``."""

from typing import Any

from engine.backward.parameters import Net
from engine.formula import recorder as formula
from engine.formula.parameters import (
    DEFAULT_AT,
    DEFAULT_EXPRESSION,
    DEFAULT_STEP_RATE,
    At,
    Expression,
    Names,
    StepRate,
    Wrt,
)
from engine.forward import recorder as perceptron
from engine.forward.parameters import (
    DEFAULT_EPOCHS,
    DEFAULT_LEARNING_RATE,
    DEFAULT_WIDTHS,
    Activation,
    Epochs,
    LearningRate,
    Sample,
    Widths,
)
from engine.parameters import Data, Label, Seed
from engine.trace import Trace
from engine.trace.recording import Recording, recorder


def with_net(resolved: dict[str, Any]) -> dict[str, Any]:
    """The network goes with the default formula; a user's own formula stands alone unless they ask for it."""
    net = resolved["net"]
    resolved = perceptron.with_sample(resolved)
    return resolved | {"net": resolved["expression"] == DEFAULT_EXPRESSION if net is None else net}


@recorder("backpropagation", settle=with_net)
def record(
    *,
    seed: Seed = 0,
    expression: Expression = DEFAULT_EXPRESSION,
    at: At = DEFAULT_AT,
    wrt: Wrt = "w",
    lr: StepRate = DEFAULT_STEP_RATE,
    names: Names = "",
    net: Net = None,
    data: Data = "iris",
    label: Label = "",
    widths: Widths = DEFAULT_WIDTHS,
    activation: Activation = "relu",
    sample: Sample = None,
    epochs: Epochs = DEFAULT_EPOCHS,
    learning_rate: LearningRate = DEFAULT_LEARNING_RATE,
) -> Recording:
    """Record the formula as engine.formula.recorder does and, when ``net``, the net as engine.forward.recorder does.

    net None means: with the default formula only (with_net).  Flag ``net`` says which it was.  Errors are theirs.
    """
    parts = {
        "graph": formula.record(seed=seed, expression=expression, at=at, wrt=wrt, lr=lr, names=names),
    }
    if net:
        parts["net"] = perceptron.record(
            seed=seed,
            data=data,
            label=label,
            widths=widths,
            activation=activation,
            sample=sample,
            epochs=epochs,
            learning_rate=learning_rate,
        )
    joined = Trace.join(parts, recorder="backpropagation", seed=seed, params={"given": {}, "resolved": {}})
    return Recording(joined.series, joined.nodes, {**joined.flags, "net": bool(net)})
