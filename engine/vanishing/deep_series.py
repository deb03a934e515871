"""What a trace of deep nets holds: the setting, each run's design, its backward pass, its training, and round numbers.

Series (axes): see docs/trace.md. Torch is imported inside functions only.
"""

import math
from typing import TYPE_CHECKING

from engine.trace.scales import decades, even
from engine.trace.series import Series

if TYPE_CHECKING:
    from torch import Tensor

    from engine.data.datasets import Data as LoadedData
    from engine.vanishing.deep_net import Backward, Design, Learning

CURVE_REACH = 3.0
CURVE_REACH_MAX = 60.0
CURVE_POINTS = 241
LEAST_LOSS = 1e-3  # a smaller loss lies on the bottom of a logarithmic axis


def run_series(
    design: "Design", passed: "Backward", learned: "Learning", reach: float, depth: int
) -> dict[str, Series]:
    """Everything about one run, by names without its number. reach: how far its curve goes on both sides of 0."""
    own = {**_design_series(design, reach), **_backward_series(passed), **_training_series(learned)}
    return own | _ratio_series(own, depth)


def setting(
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
        "place": Series(
            list(range(len(widths) - 1)), ("place",), source="the input (0) and the hidden layers"
        ),
        "parameters/total": Series(parameters, source="of the first net"),
        "training/steps": Series(steps),
        "training/learning_rate": Series(learning_rate),
        "training/constant_accuracy": Series(
            _constant_accuracy(data), source="test accuracy of always naming the commonest training class"
        ),
        "training/constant_loss": Series(
            _constant_loss(data),
            source="-Σ q log q, q: the training classes' shares, the best answer for all alike",
        ),
    }


def _constant_accuracy(data: "LoadedData") -> float:
    commonest = data.labels[data.train].bincount().argmax()
    return float((data.labels[data.test] == commonest).double().mean())


def _constant_loss(data: "LoadedData") -> float:
    """The least loss of one answer for all training examples: that of the shares of the classes."""
    from torch.special import entr

    counts = data.labels[data.train].bincount().double()
    return float(entr(counts / counts.sum()).sum())


def _design_series(design: "Design", reach: float) -> dict[str, Series]:
    import torch

    from engine.nets.layers import slope
    from engine.vanishing.deep_net import ACTIVATIONS

    module = ACTIVATIONS[design.activation]()
    x = torch.tensor(even(-reach, reach, CURVE_POINTS), dtype=torch.float64)
    found = slope(module, x)
    steepest = torch.nonzero(found == found.max()).flatten()
    return {
        "activation": Series(design.activation),
        "initialisation": Series(design.initialisation),
        "batch_norm": Series(design.batch_norm),
        "curve_x": Series(x, ("point",)),
        "curve_value": Series(module(x), ("point",), source=type(module).__name__),
        "curve_slope": Series(found, ("point",), source=f"torch.autograd.grad of {type(module).__name__}"),
        "steepest": Series(
            steepest[len(steepest) // 2], source="the point with the largest f', the middle one of several"
        ),
        "slope_min": Series(found.min(), source="least f' on the curve"),
        "slope_max": Series(found.max(), source="largest f' on the curve"),
    }


def _backward_series(run: "Backward") -> dict[str, Series]:
    import torch

    source = "torch.autograd.grad; 0 where float32 gives 0"
    return {
        "loss_before": Series(run.loss, source="mean cross-entropy before training"),
        "gradient_norm": Series(run.gradient_norm, ("layer",), source=f"‖∂L/∂W‖, {source}"),
        "delta_norm": Series(run.delta_norm, ("layer",), source=f"‖∂L/∂z‖ over all rows, {source}"),
        "arrived_norm": Series(
            run.arrived_norm, ("hidden",), source=f"‖∂L/∂a‖ = ‖Wᵀ ∂L/∂z‖ of the next layer, {source}"
        ),
        "weight_size": Series(run.weight_size, ("layer",), source="mean |W| before training"),
        "activation_mean": Series(run.activation_mean, ("hidden",), source="mean of a"),
        "activation_std": Series(run.activation_std, ("hidden",), source="standard deviation of a"),
        "slope_mean": Series(run.slope_mean, ("hidden",), source="mean of f'(z)"),
        "slope_mean_all": Series(torch.mean(run.slope_mean), source="mean of f'(z) over all hidden layers"),
        "slope_rms": Series(run.slope_rms, source="√(mean f'(z)²) over all hidden layers"),
        "steep_share": Series(run.steep_share, source="how many of all f'(z) are the largest one"),
        "stretch": Series(
            run.stretch,
            source="1/σ of batch norm: root mean square over units, geometric mean over layers; 1 without",
        ),
        "first_weight": Series(run.first_weight, ("rank",), source="the first row of W of the first layer"),
        "underflown": Series(
            run.underflown, source="weight layers with ‖∂L/∂z‖ = 0 in float32, not in float64"
        ),
        "z_quantile": Series(run.z_quantile, ("quantile",), source="of every hidden pre-activation"),
        "slope_quantile": Series(run.slope_quantile, ("quantile",), source="f'(z) at these"),
        "spread": Series(
            run.spread, ("place",), source="√(mean variance of a between examples) before training"
        ),
    }


def _training_series(run: "Learning") -> dict[str, Series]:
    return {
        "loss": Series(run.losses, ("step",), source="mean cross-entropy before each step"),
        "moved": Series(
            run.moved,
            ("layer",),
            source="mean |change| of a weight by the training, 0 below float32; all 0 where it diverged",
        ),
        "loss_last": Series(run.losses[-1], source="the last finite loss"),
        "diverged": Series(run.diverged is not None),
        "diverged_step": Series(-1 if run.diverged is None else run.diverged, source="-1: it did not"),
        "train_accuracy": Series(run.train_accuracy),
        "test_accuracy": Series(run.test_accuracy),
        "test_right": Series(run.test_right, source="test examples classified rightly"),
    }


def _ratio_series(own: dict[str, Series], depth: int) -> dict[str, Series]:
    """The ideal product of the largest slope, one factor a hidden layer, beside the measured quotient of norms."""
    import numpy as np
    import torch

    ratio = ratio_of(torch.tensor(own["delta_norm"].values))
    largest = float(own["slope_max"].values)
    ideal = largest ** np.arange(depth, -1, -1.0)  # (layer,)
    last = float(own["delta_norm"].values[-1])
    factor = (ratio or 0.0) ** (1 / depth)
    known = float(own["slope_rms"].values) * float(own["stretch"].values)
    return {
        "ideal": Series(ideal, ("layer",), source="largest f' ^ layers above"),
        "ideal_norm": Series(ideal * last, ("layer",), source="ideal · ‖∂L/∂z‖ of the last layer"),
        "ideal_ratio": Series(largest**depth, source="largest f' ^ hidden layers"),
        "ratio": Series(ratio or 0.0, source="‖∂L/∂z‖ of the first layer / of the last"),
        "factor": Series(factor, source="ratio ^ (1 / hidden layers)"),
        "rest": Series(
            factor / known if known else 0.0, source="factor / (slope_rms · stretch): what W makes of it"
        ),
        "ratio_defined": Series(ratio is not None, source="False where both are 0"),
    }


def ratio_of(norms: "Tensor") -> float | None:
    """First layer's norm over the last one's; None where that is 0 / 0."""
    return float(norms[0] / norms[-1]) if float(norms[-1]) > 0 else None


def scale_series(
    sizes: list[Series], moves: list[Series], spreads: list[Series], learned: "list[Learning]"
) -> dict[str, Series]:
    """Round numbers that hold what the graphs show: powers of ten for sizes by layer, losses of the runs drawn."""
    import torch

    losses = [loss for one in learned for loss in one.losses.tolist()]
    return {
        "scale/decades": Series(
            decades(norm for one in sizes for norm in one.values.tolist()),
            ("tick",),
            source="around every norm > 0",
        ),
        "scale/moved": Series(
            decades(move for one in moves for move in one.values.tolist()),
            ("tick",),
            source="around every moved > 0",
        ),
        "scale/spread": Series(
            decades(one for row in spreads for one in row.values.tolist()),
            ("tick",),
            source="around every spread > 0",
        ),
        "scale/smallest": Series(torch.finfo(torch.float32).smallest_normal, source="torch.finfo(float32)"),
        "scale/loss": Series(
            [0.0, float(math.ceil(max(losses)))], ("tick",), source="around every loss that is drawn"
        ),
        "scale/loss_decades": Series(
            decades(max(loss, LEAST_LOSS) for loss in losses),
            ("tick",),
            source="around every loss that is drawn",
        ),
        "scale/step": Series(
            [0, max(len(one.losses) for one in learned)], ("tick",), source="training steps"
        ),
    }


def reach_of(measured: "list[Backward]") -> float:
    """How far the curves go: as far as the runs' own pre-activations do."""
    furthest = max(float(one.z_quantile.abs().max()) for one in measured)
    return float(min(max(CURVE_REACH, math.ceil(furthest)), CURVE_REACH_MAX))
