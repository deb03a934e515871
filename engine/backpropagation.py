"""Recorder of backpropagation: a formula's graph under ``graph/``, and if wanted a net under ``net/``."""

from engine import expression as formula
from engine import perceptron
from engine.parameters import (
    DEFAULT_AT,
    DEFAULT_EPOCHS,
    DEFAULT_EXPRESSION,
    DEFAULT_LEARNING_RATE,
    DEFAULT_SAMPLE,
    DEFAULT_STEP_RATE,
    DEFAULT_WIDTHS,
    Activation,
    At,
    Data,
    Epochs,
    Expression,
    LearningRate,
    Names,
    Net,
    Sample,
    Seed,
    StepRate,
    Widths,
    Wrt,
)
from engine.recording import Recording, recorder
from engine.trace import Trace


@recorder
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
    widths: Widths = DEFAULT_WIDTHS,
    activation: Activation = "relu",
    sample: Sample = DEFAULT_SAMPLE,
    epochs: Epochs = DEFAULT_EPOCHS,
    learning_rate: LearningRate = DEFAULT_LEARNING_RATE,
) -> Recording:
    """Record the formula as engine.expression does and, when ``net``, the net as engine.perceptron does.

    net None means: with the default formula only (engine.settle).  Flag ``net`` says which it was.  Errors are theirs.
    """
    parts = {
        "graph": formula.record(seed=seed, expression=expression, at=at, wrt=wrt, lr=lr, names=names),
    }
    if net:
        parts["net"] = perceptron.record(
            seed=seed,
            data=data,
            widths=widths,
            activation=activation,
            sample=sample,
            epochs=epochs,
            learning_rate=learning_rate,
        )
    joined = Trace.join(parts, recorder="backpropagation", seed=seed, params={"given": {}, "resolved": {}})
    return Recording(joined.series, joined.nodes, {**joined.flags, "net": bool(net)})
