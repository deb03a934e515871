"""Recorder of vanishing gradients: the same deep net with different activations, measured backward and trained.

Series (axes): see docs/trace.md.
"""

import math
from collections.abc import Callable
from typing import TYPE_CHECKING

from engine.errors import InputError, nearest
from engine.parameters import (
    Activations,
    BatchNorm,
    Data,
    DeepRate,
    DeepSteps,
    DeepWidth,
    Depth,
    Initialisation,
    Seed,
)
from engine.progress import report
from engine.recording import Recording, recorder
from engine.scales import decades
from engine.series import Series

if TYPE_CHECKING:
    from torch import Tensor

    from engine.datasets import Data as LoadedData
    from engine.deep_net import Backward, Design, Learning

KNOWN = ("sigmoid", "tanh", "relu", "leaky_relu", "elu", "gelu")
CURVE_REACH = 4.0
CURVE_REACH_MAX = 60.0
CURVE_POINTS = 241
REPORTS_PER_RUN = 20


@recorder
def record(
    *,
    seed: Seed = 0,
    data: Data = "wine",
    depth: Depth = 10,
    width: DeepWidth = 24,
    activations: Activations = "sigmoid,relu",
    initialisation: Initialisation = "xavier",
    batch_norm: BatchNorm = False,
    steps: DeepSteps = 300,
    learning_rate: DeepRate = 0.05,
) -> Recording:
    """Run one net for each activation, then the cures of the one whose gradient vanishes most.

    All float32, gradients included; norms are summed in float64. Raises InputError for ``activations`` that cannot be
    read, RunError when a pass overflows.
    """
    from engine.datasets import load
    from engine.deep_net import Backward, Design, Learning, backward, build, train

    names = _activations(activations)
    loaded = load(data, seed)
    widths = [len(loaded.features), *[width] * depth, len(loaded.classes)]
    designs = [Design(name, initialisation, batch_norm) for name in names]
    measured: list[Backward] = [backward(build(one, widths, seed), one, loaded) for one in designs]
    weak, strong = _extremes(measured)
    order = _cures(designs[weak], designs[strong])
    for design in order:
        if design not in designs:
            designs.append(design)
            measured.append(backward(build(design, widths, seed), design, loaded))
    learned: list[Learning] = []
    for number, design in enumerate(designs):
        net = build(design, widths, seed)
        learned.append(train(net, loaded, steps, learning_rate, _progress(number, len(designs), steps)))
    weights = sum(one.numel() for one in build(designs[0], widths, seed).parameters())
    series = {
        **_setting(loaded, widths, weights, steps, learning_rate),
        "nets": Series(len(names), source="runs 1 to nets are the compared ones"),
        "weakest": Series(weak + 1, source="the compared run with the smallest ratio of norms"),
        "strongest": Series(strong + 1, source="the compared run with the largest ratio of norms"),
        "cures": Series([designs.index(one) + 1 for one in order], ("cure",), source="number of the run"),
    }
    reach = _reach(measured)
    for number, (design, passed, training) in enumerate(
        zip(designs, measured, learned, strict=True), start=1
    ):
        own = {**_design_series(design, reach), **_backward_series(passed), **_training_series(training)}
        own |= _ratio_series(own, depth)
        series |= {f"run{number}/{name}": one for name, one in own.items()}
    sizes = [series[f"run{n}/gradient_norm"] for n in range(1, len(designs) + 1)]
    series |= _scale_series([*sizes, series[f"run{weak + 1}/ideal_norm"]], learned)
    return Recording(series)


def _activations(text: str) -> tuple[str, ...]:
    names = tuple(name for name in (part.strip() for part in text.split(",")) if name)
    for name in names:
        if name not in KNOWN:
            raise InputError(f"activations has {name!r}. {nearest(name, KNOWN)}")
    if len(set(names)) != len(names) or len(names) < 2:
        raise InputError(f"activations is {text!r}: give two or more different ones of {', '.join(KNOWN)}.")
    return names


def _extremes(measured: "list[Backward]") -> tuple[int, int]:
    """Which net's gradient fades most on its way to the first layer, and which other one's least."""
    shares = [_ratio(one.gradient_norm) or 0.0 for one in measured]
    weak = shares.index(min(shares))
    strong = max((n for n in range(len(shares)) if n != weak), key=lambda n: shares[n])
    return weak, strong


def _cures(weak: "Design", strong: "Design") -> "list[Design]":
    """The weak net, with other first weights, with batch norm; then the strong one, and it with those weights."""
    from dataclasses import replace

    other = "xavier" if weak.initialisation == "he" else "he"
    wanted = [
        weak,
        replace(weak, initialisation=other),
        replace(weak, batch_norm=True),
        strong,
        replace(strong, initialisation=other),
    ]
    return list(dict.fromkeys(wanted))


def _ratio(norms: "Tensor") -> float | None:
    """First layer's norm over the last one's; None where that is 0 / 0."""
    return float(norms[0] / norms[-1]) if float(norms[-1]) > 0 else None


def _scale_series(sizes: list[Series], learned: "list[Learning]") -> dict[str, Series]:
    """Round numbers that hold what the graphs show: powers of ten for the norms, whole losses."""
    powers = decades(norm for one in sizes for norm in one.values.tolist())
    top = max(float(one.losses.max()) for one in learned)
    return {
        "scale/decades": Series(powers, ("tick",), source="around every norm > 0"),
        "scale/loss": Series([0.0, float(math.ceil(top))], ("tick",), source="around every loss"),
        "scale/step": Series(
            [0, max(len(one.losses) for one in learned)], ("tick",), source="training steps"
        ),
    }


def _reach(measured: "list[Backward]") -> float:
    """How far the curves go: as far as the runs' own pre-activations do."""
    furthest = max(float(one.z_quantile.abs().max()) for one in measured)
    return float(min(max(CURVE_REACH, math.ceil(furthest)), CURVE_REACH_MAX))


def _progress(number: int, runs: int, steps: int) -> Callable[[int], None]:
    def heard(done: int) -> None:
        if done % max(steps // REPORTS_PER_RUN, 1) == 0 or done == steps:
            report(number * steps + done, runs * steps)

    return heard


def _setting(
    data: "LoadedData", widths: list[int], parameters: int, steps: int, learning_rate: float
) -> dict[str, Series]:
    return {
        "data/name": Series(data.name),
        "data/train_count": Series(len(data.train)),
        "data/test_count": Series(len(data.test)),
        "widths": Series(widths, ("layer",)),
        "depth": Series(len(widths) - 2, source="hidden layers"),
        "width": Series(widths[1], source="units of a hidden layer"),
        "layer": Series(list(range(1, len(widths))), ("layer",), source="numbers of the weight layers"),
        "parameters/total": Series(parameters, source="of the first net"),
        "training/steps": Series(steps),
        "training/learning_rate": Series(learning_rate),
        "training/constant_accuracy": Series(
            _constant_accuracy(data), source="test accuracy of always naming the commonest training class"
        ),
    }


def _constant_accuracy(data: "LoadedData") -> float:
    commonest = data.labels[data.train].bincount().argmax()
    return float((data.labels[data.test] == commonest).double().mean())


def _design_series(design: "Design", reach: float) -> dict[str, Series]:
    import torch

    from engine.deep_net import ACTIVATIONS
    from engine.layers import slope

    module = ACTIVATIONS[design.activation]()
    x = torch.linspace(-reach, reach, CURVE_POINTS, dtype=torch.float64)
    found = slope(module, x)
    return {
        "activation": Series(design.activation),
        "initialisation": Series(design.initialisation),
        "batch_norm": Series(design.batch_norm),
        "curve_x": Series(x, ("point",)),
        "curve_slope": Series(found, ("point",), source=f"torch.autograd.grad of {type(module).__name__}"),
        "slope_min": Series(found.min(), source="least f' on the curve"),
        "slope_max": Series(found.max(), source="largest f' on the curve"),
    }


def _backward_series(run: "Backward") -> dict[str, Series]:
    import torch

    source = "torch.autograd.grad, float32"
    return {
        "loss_before": Series(run.loss, source="mean cross-entropy before training"),
        "gradient_norm": Series(run.gradient_norm, ("layer",), source=f"‖∂L/∂W‖, {source}"),
        "delta_norm": Series(run.delta_norm, ("layer",), source=f"‖∂L/∂z‖ over all rows, {source}"),
        "activation_mean": Series(run.activation_mean, ("hidden",), source="mean of a"),
        "activation_std": Series(run.activation_std, ("hidden",), source="standard deviation of a"),
        "slope_mean": Series(run.slope_mean, ("hidden",), source="mean of f'(z)"),
        "slope_mean_all": Series(torch.mean(run.slope_mean), source="mean of f'(z) over all hidden layers"),
        "z_quantile": Series(run.z_quantile, ("quantile",), source="of every hidden pre-activation"),
        "slope_quantile": Series(run.slope_quantile, ("quantile",), source="f'(z) at these"),
    }


def _ratio_series(own: dict[str, Series], depth: int) -> dict[str, Series]:
    """The ideal product of the largest slope, one factor a hidden layer, beside the measured quotient of norms."""
    import numpy as np
    import torch

    ratio = _ratio(torch.tensor(own["gradient_norm"].values))
    largest = float(own["slope_max"].values)
    ideal = largest ** np.arange(depth, -1, -1.0)  # (layer,)
    last = float(own["gradient_norm"].values[-1])
    return {
        "ideal": Series(ideal, ("layer",), source="largest f' ^ layers above"),
        "ideal_norm": Series(ideal * last, ("layer",), source="ideal · ‖∂L/∂W‖ of the last layer"),
        "ideal_ratio": Series(largest**depth, source="largest f' ^ hidden layers"),
        "ratio": Series(ratio or 0.0, source="‖∂L/∂W‖ of the first layer / of the last"),
        "ratio_defined": Series(ratio is not None, source="False where both are 0"),
    }


def _training_series(run: "Learning") -> dict[str, Series]:
    return {
        "loss": Series(run.losses, ("step",), source="mean cross-entropy before each step, float32"),
        "loss_last": Series(run.losses[-1], source="the last finite loss"),
        "diverged": Series(run.diverged is not None),
        "diverged_step": Series(-1 if run.diverged is None else run.diverged, source="-1: it did not"),
        "train_accuracy": Series(run.train_accuracy),
        "test_accuracy": Series(run.test_accuracy),
    }
