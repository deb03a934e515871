"""Other settings from the same start: plain SGD at other rates, momentum with other β, and how long each takes."""

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
SHARES = (0.25, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.98, 1.02)  # of SGD's rate
BETAS = (0.0, 0.3, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95)
HEAVY = 0.9  # what most programs take; where that is no more than the run's own, the next one is shown
DIGITS = 2  # significant ones of a rate that is tried


def updates_for(steps: int) -> int:
    """How many updates a run at another rate may take when the others have ``steps``."""
    return min(LONGER * steps, UPDATES_MAX)


def rates_around(rate: float, smaller: float) -> list[float]:
    """The rates that are tried: round ones up to a little above ``rate``, itself and ``smaller``."""
    round_ones = (float(f"{rate * share:.{DIGITS}g}") for share in SHARES)
    return sorted({*round_ones, rate, smaller})


def betas_around(beta: float) -> list[float]:
    """The β that are tried: round ones, and the run's own."""
    return sorted({*BETAS, beta})


def heavy_beta(beta: float) -> float:
    """The β of the run that carries more than the film's: of those that are tried."""
    return next((one for one in BETAS if one >= HEAVY and one > beta), max(beta, BETAS[-1]))


def losses_by_setting(
    surface: Surface, start: tuple[float, float], settings: Sequence[tuple[float, float]], steps: int
) -> "NDArray[np.float64]":
    """torch.optim.SGD from ``start`` with each (rate, momentum), all at once.

    Returns losses (step, setting), not finite once a run has left.
    """
    import torch

    points = [torch.tensor(start, dtype=torch.float64, requires_grad=True) for _ in settings]
    groups = [
        {"params": [point], "lr": rate, "momentum": beta}
        for point, (rate, beta) in zip(points, settings, strict=True)
    ]
    stepper = torch.optim.SGD(groups, lr=1.0)
    losses, left = [], torch.zeros(len(settings), dtype=torch.bool)
    for step in range(steps + 1):
        places = torch.stack(points)  # (setting, axis)
        loss = surface(places[:, 0], places[:, 1])  # (setting,)
        left |= ~torch.isfinite(loss) | (places.detach().abs().amax(dim=1) > far_from(start))
        losses.append(torch.where(left, torch.inf, loss.detach()).tolist())
        if step < steps:
            gradients = torch.autograd.grad(loss.sum(), points)  # each loss depends on its own point only
            for point, gradient in zip(points, gradients, strict=True):
                point.grad = gradient
            stepper.step()
    return np.array(losses)


def arrivals(
    surface: Surface,
    start: tuple[float, float],
    settings: Sequence[tuple[float, float]],
    steps: int,
    goal: tuple[float, float],
) -> "NDArray[np.int64]":
    """The step at which each (rate, momentum) arrives, −1 for never.  goal: the smallest loss, and the tolerance."""
    gaps = losses_by_setting(surface, start, settings, steps) - goal[0]  # (step, setting)
    return np.array([stays_below(gap, goal[1]) for gap in gaps.T], dtype=np.int64)


def setting_series(
    key: str, what: str, tried: Sequence[float], reached: "NDArray[np.int64]"
) -> dict[str, Series]:
    """`{key}s/{what}` are the settings in rising order, beside when each arrives and which is the first to."""
    arrived = reached[reached >= 0]
    best = int(np.flatnonzero(reached == arrived.min())[0]) if len(arrived) else -1
    longest = max(float(arrived.max(initial=0)), 1.0)
    return {
        f"{key}s/{what}": Series(tried, (key,)),
        f"{key}s/reached": Series(
            reached, (key,), source="first step from which on gap is below tolerance; −1 for none"
        ),
        f"{key}s/best": Series(best, source="the place of the one that arrives first; −1 for none"),
        f"{key}s/count": Series(len(tried)),
        f"axis/{key}": Series(round_numbers(0, tried[-1]), ("tick",)),
        f"axis/{key}_reached": Series(round_numbers(0, longest), ("tick",)),
    }
