"""Derivatives by finite differences in float64: the independent check of every gradient."""

import math
from collections.abc import Callable

import torch
from torch import Tensor

from engine.errors import InputError

# Central differences of fourth order: f'(x) = Σ weight · f(x + offset·h) / h, error O(h⁴) (Fornberg 1988).
OFFSETS = (-2.0, -1.0, 1.0, 2.0)
WEIGHTS = (1 / 12, -8 / 12, 8 / 12, -1 / 12)
HALVINGS = range(3, 28, 2)


def derivative(function: Callable[[Tensor], Tensor], x: float) -> float:
    """f'(x) by central differences of fourth order, with the step on which two neighbouring steps agree best.

    function: maps float64 points of shape (n,) to values of shape (n,); it may be undefined (nan) far from x.
    The steps are powers of two, so that x ± h is exact. Raises InputError when no step gives two numbers.
    """
    scales = {1.0, 2.0 ** math.frexp(x)[1]} if x != 0 else {1.0}
    steps = [scale * 2.0**-halving for scale in sorted(scales) for halving in HALVINGS]
    h = torch.tensor(steps, dtype=torch.float64)  # (step,)
    offsets = torch.tensor(OFFSETS, dtype=torch.float64)  # (offset,)
    points = x + h[:, None] * offsets  # (step, offset)
    values = function(points.flatten()).reshape(points.shape)
    weights = torch.tensor(WEIGHTS, dtype=torch.float64)
    estimates = ((values * weights).sum(dim=1) / h).reshape(len(scales), -1)  # (scale, halving)
    disagreement = (estimates[:, 1:] - estimates[:, :-1]).abs().nan_to_num(nan=math.inf)
    best = int(disagreement.argmin())
    row, column = divmod(best, disagreement.shape[1])
    if not math.isfinite(float(disagreement[row, column])):
        raise InputError(f"Finite differences find no slope around {x:g}: choose less extreme values.")
    return float(estimates[row, column + 1])
