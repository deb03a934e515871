"""Derivatives by finite differences in float64: the independent check of every gradient."""

import math
from collections.abc import Callable, Sequence

import torch
from torch import Tensor

from engine.errors import InputError

# Central differences of fourth order: f'(x) = Σ weight · f(x + offset·h) / h, error O(h⁴) (Fornberg 1988).
OFFSETS = (-2.0, -1.0, 1.0, 2.0)
WEIGHTS = (1 / 12, -8 / 12, 8 / 12, -1 / 12)
# The same from one side, 0 ≤ offset or, turned, offset ≤ 0.
SIDE_OFFSETS = (0.0, 1.0, 2.0, 3.0, 4.0)
SIDE_WEIGHTS = (-25 / 12, 4.0, -3.0, 4 / 3, -1 / 4)
HALVINGS = range(3, 28, 2)

Function = Callable[[Tensor], Tensor]


def derivative(function: Function, x: float) -> float:
    """f'(x) by central differences of fourth order, with the step on which two neighbouring steps agree best.

    function: maps float64 points of shape (n,) to values of shape (n,); it may be undefined (nan) far from x.
    The steps are powers of two, so that x ± h is exact. Raises InputError when no step gives two numbers.
    """
    return _slope(function, x, OFFSETS, WEIGHTS)


def one_sided(function: Function, x: float) -> tuple[float, float]:
    """f'(x) from the left and from the right, as `derivative` finds it: two numbers at a kink, one elsewhere."""
    left = _slope(function, x, [-one for one in SIDE_OFFSETS], [-one for one in SIDE_WEIGHTS])
    return left, _slope(function, x, SIDE_OFFSETS, SIDE_WEIGHTS)


def _slope(function: Function, x: float, offsets: Sequence[float], weights: Sequence[float]) -> float:
    scales = {1.0, 2.0 ** math.frexp(x)[1]} if x != 0 else {1.0}
    steps = [scale * 2.0**-halving for scale in sorted(scales) for halving in HALVINGS]
    h = torch.tensor(steps, dtype=torch.float64)  # (step,)
    points = x + h[:, None] * torch.tensor(offsets, dtype=torch.float64)  # (step, offset)
    values = function(points.flatten()).reshape(points.shape)
    weighted = values * torch.tensor(weights, dtype=torch.float64)
    estimates = (weighted.sum(dim=1) / h).reshape(len(scales), -1)  # (scale, halving)
    disagreement = (estimates[:, 1:] - estimates[:, :-1]).abs().nan_to_num(nan=math.inf)
    best = int(disagreement.argmin())
    row, column = divmod(best, disagreement.shape[1])
    if not math.isfinite(float(disagreement[row, column])):
        raise InputError(f"Finite differences find no slope around {x:g}: choose less extreme values.")
    return float(estimates[row, column + 1])
