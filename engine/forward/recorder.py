"""Recorder of a multilayer perceptron: trained here on real data, then one example forward and backward.

Series (axes): see docs/trace.md.
"""

import math
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from engine.data.given import with_data
from engine.errors import InputError, runaway
from engine.forward.declared import SHARE_MIN
from engine.forward.parameters import (
    DEFAULT_EPOCHS,
    DEFAULT_LEARNING_RATE,
    DEFAULT_SAMPLE,
    DEFAULT_WIDTHS,
    HIDDEN_LAYERS_MAX,
    UNITS_MAX,
    Activation,
    Epochs,
    LearningRate,
    Sample,
    Widths,
)
from engine.parameters import Data, Label, Seed
from engine.text.echo import echo
from engine.trace.recording import Recording, recorder
from engine.trace.scales import decades, even, whole
from engine.trace.series import Series

if TYPE_CHECKING:
    from torch import Tensor, nn

    from engine.data.datasets import Data as LoadedData
    from engine.nets.classifier import Training
    from engine.nets.layers import Passage

Z_MAX = 700.0  # exp(709) is the last that a float64 holds
CURVE_REACH = 3.0
CURVE_POINTS = 121
LOSS_CURVE_LOW, LOSS_CURVE_POINTS = 0.01, 100
CHECKED = 5  # weights in the check


def with_sample(resolved: dict[str, Any]) -> dict[str, Any]:
    """The data, as with_data settles it, and the example of a data set; that of a file is chosen by its split."""
    resolved = with_data(resolved)
    at_hand = isinstance(resolved["data"], str) and resolved["sample"] is None
    return resolved | {"sample": DEFAULT_SAMPLE} if at_hand else resolved


@recorder("perceptron", settle=with_sample)
def record(
    *,
    seed: Seed = 0,
    data: Data = "iris",
    label: Label = "",
    widths: Widths = DEFAULT_WIDTHS,
    activation: Activation = "relu",
    sample: Sample = None,
    epochs: Epochs = DEFAULT_EPOCHS,
    learning_rate: LearningRate = DEFAULT_LEARNING_RATE,
) -> Recording:
    """Train a net of hidden ``widths`` on ``data`` and record row ``sample`` on its way through it.

    All float64. Raises InputError for widths or a sample that do not fit, RunError when training diverges.
    """
    from engine.data.datasets import load
    from engine.nets.classifier import build, linears, train
    from engine.nets.layers import layer_series, passage

    _check_widths(widths)
    loaded = load(data, seed, label)
    if sample is None:
        sample = int(loaded.test[0])
    if sample >= len(loaded.labels):
        raise InputError(f"sample is {sample}: {loaded.name} has rows 0 to {len(loaded.labels) - 1}.")
    all_widths = [len(loaded.features), *widths, len(loaded.classes)]
    net = build(all_widths, activation)
    before = _in_training(net, loaded)
    training = train(net, loaded, epochs, learning_rate)
    after = _in_training(net, loaded)
    x, kind = loaded.inputs[sample], loaded.labels[sample]
    run = passage(net, x, kind, learning_rate)
    _check_size(run, learning_rate)
    layers = linears(net)
    series = {
        **_data_series(loaded),
        **_sample_series(loaded, sample, run),
        "widths": Series(all_widths, ("layer",)),
        "parameters/weights": Series([layer.weight.numel() for layer in layers], ("layer",)),
        "parameters/biases": Series([layer.bias.numel() for layer in layers], ("layer",)),
        "parameters/total": Series(sum(one.numel() for one in net.parameters())),
        **_training_series(loaded, training, epochs, learning_rate),
        "training/p_before": Series(before.p, ("example",), source="p of the true class, before training"),
        "training/p_after": Series(after.p, ("example",), source="p of the true class, after training"),
        "training/loss_after": Series(after.loss, source="mean cross-entropy after training"),
        **layer_series(net, run),
        **_activation_series(net, activation, run),
        **_output_series(run, kind, (before.p, after.p)),
        "step/learning_rate": Series(learning_rate),
        **_moving_series(run),
        "step/loss_after": Series(run.loss_after, source="cross-entropy after the step"),
        "step/probabilities_after": Series(run.probabilities_after, ("class",), source="torch.softmax"),
        **_chosen_series(run),
        **_check_series(net, activation, run, x, kind),
    }
    return Recording(series, run.nodes)


def _check_widths(widths: tuple[int, ...]) -> None:
    fits = 1 <= len(widths) <= HIDDEN_LAYERS_MAX and all(1 <= one <= UNITS_MAX for one in widths)
    if not fits:
        shown = echo(",".join(map(str, widths[:UNITS_MAX])) or "empty")
        raise InputError(
            f"widths is {shown}: give 1 to {HIDDEN_LAYERS_MAX} hidden layers of 1 to {UNITS_MAX} units."
        )


def _check_size(run: "Passage", learning_rate: float) -> None:
    """Parameters that a rate drove far out give values that no exp, axis or film can hold."""
    largest = max(float(layer.z.abs().max()) for layer in run.layers)
    if not largest <= Z_MAX:
        raise runaway(f"The training ran away (|z| reaches {largest:.3g})", learning_rate)


def _data_series(data: "LoadedData") -> dict[str, Series]:
    return {
        "data/name": Series(data.name),
        "data/features": Series(data.features, ("feature",), source=data.source),
        "data/units": Series(data.units, ("feature",)),
        "data/classes": Series(data.classes, ("class",), source=data.source),
        "data/train_count": Series(len(data.train)),
        "data/test_count": Series(len(data.test)),
        "data/mean": Series(data.mean, ("feature",), source="mean of the training rows"),
        "data/std": Series(data.std, ("feature",), source="standard deviation of the training rows"),
        "data/tick": Series(
            whole(0, max(0.0, float((data.mean + data.std).max()))),
            ("tick",),
            source="whole numbers up to the largest mean + std",
        ),
        "data/class_mean": Series(
            _class_means(data), ("class", "feature"), source="mean of a class's training rows"
        ),
    }


def _class_means(data: "LoadedData") -> "Tensor":
    """What the training rows of each class measure on average (class, feature)."""
    import torch

    raw, labels = data.raw[data.train], data.labels[data.train]
    return torch.stack([raw[labels == one].mean(dim=0) for one in range(len(data.classes))])


def _sample_series(data: "LoadedData", sample: int, run: "Passage") -> dict[str, Series]:
    split = "train" if bool((data.train == sample).any()) else "test"
    unit = data.units[0] if len(set(data.units)) == 1 else ""
    return {
        "sample/index": Series(sample),
        "sample/split": Series(split),
        "sample/raw": Series(data.raw[sample], ("feature",), unit, data.source),
        "sample/input": Series(data.inputs[sample], ("feature",), source="(raw − mean) / std"),
        "sample/label": Series(int(data.labels[sample])),
        "sample/prediction": Series(int(run.probabilities.argmax()), source="argmax of the probabilities"),
    }


@dataclass(frozen=True)
class _Examples:
    """What a net makes of the training examples: the true classes' probabilities (example,), and the mean loss ()."""

    p: "Tensor"
    loss: "Tensor"


def _in_training(net: "nn.Sequential", data: "LoadedData") -> _Examples:
    import torch

    labels = data.labels[data.train]  # (example,)
    with torch.no_grad():
        logits = net(data.inputs[data.train])  # (example, class)
    p = torch.softmax(logits, dim=1).gather(1, labels[:, None])[:, 0]
    return _Examples(p, torch.nn.functional.cross_entropy(logits, labels))


def _training_series(
    data: "LoadedData", training: "Training", epochs: int, learning_rate: float
) -> dict[str, Series]:
    return {
        "training/loss": Series(training.losses, ("epoch",), source="mean cross-entropy before each update"),
        "training/epochs": Series(epochs),
        "training/learning_rate": Series(learning_rate),
        "training/train_correct": Series(training.train_correct),
        "training/test_correct": Series(training.test_correct),
        "training/train_accuracy": Series(training.train_correct / len(data.train)),
        "training/test_accuracy": Series(training.test_correct / len(data.test)),
    }


def _activation_series(net: "nn.Sequential", activation: str, run: "Passage") -> dict[str, Series]:
    """The curve on a range that holds every hidden pre-activation of this run."""
    import torch

    from engine.nets.layers import slope

    hidden = torch.cat([layer.z for layer in run.layers[:-1]])
    low = min(-CURVE_REACH, math.floor(float(hidden.min())))
    high = max(CURVE_REACH, math.ceil(float(hidden.max())))
    x = torch.tensor(even(low, high, CURVE_POINTS), dtype=torch.float64)
    return {
        "activation": Series(activation),
        "activation/curve_x": Series(x, ("point",)),
        "activation/tick": Series(whole(low, high), ("tick",), source="whole numbers in the curve's range"),
        "activation/curve_y": Series(net[1](x), ("point",), source=f"torch.nn.{type(net[1]).__name__}"),
        "activation/curve_slope": Series(slope(net[1], x), ("point",), source="torch.autograd.grad"),
    }


def _output_series(run: "Passage", label: "Tensor", others: Iterable["Tensor"]) -> dict[str, Series]:
    """Scores, probabilities and loss; the curve of the loss reaches down to the smallest of `others` too."""
    import torch

    logits = run.layers[-1].z
    exp = torch.exp(logits)  # (class,)
    p = torch.tensor(_probabilities(run.probabilities[label], torch.cat(list(others))), dtype=torch.float64)
    target = torch.nn.functional.one_hot(label, len(logits)).to(torch.float64)
    curve, own = -torch.log(p), run.probabilities[label]
    slopes = {}
    if own >= SHARE_MIN:
        point, scores = (one.clone().requires_grad_() for one in (own, logits))
        (outer,) = torch.autograd.grad(-torch.log(point), point)
        (inner,) = torch.autograd.grad(torch.softmax(scores, dim=0)[label], scores)  # (class,)
        slopes = {
            "loss/slope": Series(outer, source="torch.autograd.grad of −log p by p, at the true class's p"),
            "softmax/slope": Series(
                inner, ("class",), source="torch.autograd.grad of the true class's p by z"
            ),
        }
    return {
        **slopes,
        "softmax/exp": Series(exp, ("class",), source="torch.exp(z)"),
        "softmax/exp_sum": Series(exp.sum(), source="sum of exp(z)"),
        "softmax/tick": Series(
            [float(one) for one in whole(0, float(exp.sum()))],
            ("tick",),
            source="whole numbers up to the sum of exp(z)",
        ),
        "softmax/score_sum": Series(logits.sum(), source="sum of z"),
        "softmax/sum": Series(run.probabilities.sum(), source="sum of p"),
        "loss/value": Series(run.loss, source="torch.nn.CrossEntropyLoss"),
        "loss/target": Series(target, ("class",), source="one-hot label"),
        "loss/each": Series(
            -torch.log_softmax(logits, dim=0), ("class",), source="the loss if this class were the true one"
        ),
        "loss/curve_p": Series(p, ("point",)),
        "loss/curve": Series(curve, ("point",), source="−torch.log(p)"),
        "loss/tick": Series(
            whole(0, float(curve.max())), ("tick",), source="whole numbers in the curve's range"
        ),
    }


def _probabilities(own: "Tensor", others: "Tensor") -> list[float]:
    """Where −log p is recorded: evenly down to LOSS_CURVE_LOW, and by powers of ten to the smallest p of this run, one
    of which is `own` ()."""
    grid = even(LOSS_CURVE_LOW, 1, LOSS_CURVE_POINTS)
    small = [one for one in (float(own), *others.tolist()) if 0 < one < LOSS_CURVE_LOW]
    if not small:
        return grid
    between = [one for one in decades([*small, LOSS_CURVE_LOW]) if min(small) < one < LOSS_CURVE_LOW]
    return sorted({min(small), *between, *({float(own)} & set(small))}) + grid


def _moving_series(run: "Passage") -> dict[str, Series]:
    """How many parameters the step moves, and how many it leaves: units that are off have gradients of exactly 0."""
    grads = [one for layer in run.layers for one in (layer.weight_grad, layer.bias_grad)]
    moved = sum(int(one.count_nonzero()) for one in grads)
    return {
        "step/moved": Series(moved, source="parameters whose gradient is not 0"),
        "step/still": Series(sum(one.numel() for one in grads) - moved, source="those whose gradient is 0"),
    }


def _chosen_series(run: "Passage") -> dict[str, Series]:
    """Units to look at: those that the first layer drives most and least, and the one whose sum matters most."""
    first, hidden = run.layers[0].z, run.layers[-2].delta
    return {
        "layer1/strongest": Series(int(first.argmax()), source="the unit with the largest z"),
        "layer1/weakest": Series(int(first.argmin()), source="the unit with the smallest z"),
        "path/unit": Series(
            int(hidden.abs().argmax()), source="last hidden layer: the unit with the largest |δ|"
        ),
    }


def _check_series(
    net: "nn.Sequential", activation: str, run: "Passage", x: "Tensor", label: "Tensor"
) -> dict[str, Series]:
    from engine.nets.classifier import KINKED
    from engine.nets.parameter_check import STEP, bound_above, differences, nudged

    found = differences(net, activation in KINKED, x, label)
    series: dict[str, Series] = {}
    distances = []
    for number, (layer, (weight_fd, bias_fd)) in enumerate(zip(run.layers, found, strict=True), start=1):
        source = "(L(w + ε) − L(w − ε)) / 2ε"
        series[f"layer{number}/weight_fd"] = Series(weight_fd, ("unit", "input"), source=source)
        series[f"layer{number}/bias_fd"] = Series(bias_fd, ("unit",), source=source)
        distances += [(layer.weight_grad - weight_fd).abs().max(), (layer.bias_grad - bias_fd).abs().max()]
    series["check/difference_bound"] = Series(
        bound_above(float(max(distances))),
        source="power of ten above every |gradient − finite difference|",
    )
    series["check/epsilon"] = Series(STEP, source="step of the finite differences")
    series["check/passes"] = Series(
        2 * sum(one.numel() for one in net.parameters()), source="L(w + ε) and L(w − ε) of every parameter"
    )
    units, inputs = _largest(run.layers[-1].weight_grad)
    weights, losses = nudged(net, int(units[0]), int(inputs[0]), x, label)
    source = "weights of the last layer with the largest gradients"
    series["check/unit"], series["check/input"] = (
        Series(one, ("rank",), source=source) for one in (units, inputs)
    )
    series["check/first_unit"], series["check/first_input"] = (
        Series(one, ("first rank",), source="those of the first layer")
        for one in _largest(run.layers[0].weight_grad)
    )
    series["check/weight"] = Series(weights, ("offset",), source="the first of them, moved by −ε, 0, ε")
    series["check/loss"] = Series(losses, ("offset",), source="the loss with it")
    return series


def _largest(grads: "Tensor") -> tuple["Tensor", "Tensor"]:
    """Units and inputs of the largest gradients (unit, input), by size: (rank,) each."""
    order = grads.abs().flatten().argsort(descending=True, stable=True)[:CHECKED]
    return order // grads.shape[1], order % grads.shape[1]
