"""Plain SGD at other learning rates from the same start: whether a smaller one would do, and how long each takes."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from engine.momentum.descent import far_from
from engine.momentum.descent_series import stays_below
from engine.momentum.surface_map import round_numbers
from engine.momentum.surfaces import Surface
from engine.trace.series import Series

if TYPE_CHECKING:
    from numpy.typing import NDArray

LONGER = 3  # times as many updates as the other runs: a small rate needs them
UPDATES_MAX = 2000
SHARES = (0.25, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 0.98, 1.02)  # of SGD's rate
DIGITS = 2  # significant ones of a rate that is tried


def updates_for(steps: int) -> int:
    """How many updates a run at another rate may take when the others have ``steps``."""
    return min(LONGER * steps, UPDATES_MAX)


def rates_around(rate: float, smaller: float) -> list[float]:
    """The rates that are tried: round ones up to a little above ``rate``, itself and ``smaller``."""
    round_ones = (float(f"{rate * share:.{DIGITS}g}") for share in SHARES)
    return sorted({*round_ones, rate, smaller})


def losses_by_rate(
    surface: Surface, start: tuple[float, float], rates: Sequence[float], steps: int
) -> "NDArray[np.float64]":
    """torch.optim.SGD from ``start``, all rates at once: losses (step, rate), not finite once a run has left."""
    import torch

    points = [torch.tensor(start, dtype=torch.float64, requires_grad=True) for _ in rates]
    groups = [{"params": [point], "lr": rate} for point, rate in zip(points, rates, strict=True)]
    stepper = torch.optim.SGD(groups, lr=1.0)
    losses, left = [], torch.zeros(len(rates), dtype=torch.bool)
    for step in range(steps + 1):
        places = torch.stack(points)  # (rate, axis)
        loss = surface(places[:, 0], places[:, 1])  # (rate,)
        left |= ~torch.isfinite(loss) | (places.detach().abs().amax(dim=1) > far_from(start))
        losses.append(torch.where(left, torch.inf, loss.detach()).tolist())
        if step < steps:
            gradients = torch.autograd.grad(loss.sum(), points)  # each loss depends on its own point only
            for point, gradient in zip(points, gradients, strict=True):
                point.grad = gradient
            stepper.step()
    return np.array(losses)


def rate_series(
    surface: Surface,
    start: tuple[float, float],
    rates: Sequence[float],
    steps: int,
    floor: float,
    tolerance: float,
) -> dict[str, Series]:
    """How many steps plain SGD takes to the smallest loss at each of these rates, in rising order."""
    gaps = losses_by_rate(surface, start, rates, steps) - floor  # (step, rate)
    reached = np.array([stays_below(gap, tolerance) for gap in gaps.T])
    arrived = reached[reached >= 0]
    best = int(np.flatnonzero(reached == arrived.min())[0]) if len(arrived) else -1
    longest = max(float(arrived.max(initial=0)), 1.0)
    return {
        "rates/lr": Series(rates, ("rate",)),
        "rates/reached": Series(
            reached, ("rate",), source="first step from which on gap is below tolerance; −1 for none"
        ),
        "rates/best": Series(best, source="the place of the rate that arrives first; −1 for none"),
        "rates/count": Series(len(rates)),
        "rates/updates": Series(steps, source="updates that each may take"),
        "axis/rate": Series(round_numbers(0, rates[-1]), ("tick",)),
        "axis/reached": Series(round_numbers(0, longest), ("tick",)),
    }
