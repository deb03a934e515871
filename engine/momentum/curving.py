"""How much more a surface curves along one axis than along the other, if that is the same everywhere; a run there."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import numpy as np

from engine.momentum.descent import Descent, descend, make
from engine.momentum.surfaces import Surface
from engine.trace.series import Series

if TYPE_CHECKING:
    from torch import Tensor

PLACES = (1.0, 0.5, -1.0)  # times the start: where the second derivatives are compared
BOUNCES = 16  # updates of the run at the rate from which steps no longer shrink
NARROW = 10.0  # a valley that curves so many times more across than along it is narrow


def curvature_series(chosen: Surface, at: tuple[float, float]) -> dict[str, Series]:
    """The larger second derivative over the smaller one, its axis, and 2 over it; 0, −1 and 0 where that tells nothing.

    It tells something of a valley along an axis, narrow, with the same second derivatives everywhere, from beside its
    bottom: there the steps of plain descent across it do not shrink from that rate on.
    """
    import torch

    def loss(point: "Tensor") -> "Tensor":
        return chosen(point[0], point[1])

    start = torch.tensor(at, dtype=torch.float64)
    hessian = torch.autograd.functional.hessian
    found = np.array([hessian(loss, c * start).numpy() for c in PLACES])  # type: ignore[no-untyped-call]
    at_start = start.clone().requires_grad_()
    (slope,) = torch.autograd.grad(loss(at_start), at_start)
    ratio, steep, limit, first = 0.0, -1, 0.0, found[0]  # found: (place, axis, axis)
    along = np.diag(first)
    if np.isfinite(found).all() and np.allclose(found, first, rtol=1e-9, atol=0.0) and (along > 0).all():
        times = float(along.max() / along.min())
        if first[0, 1] == 0 and NARROW <= times < np.inf and slope[int(np.argmax(along))] != 0:
            ratio, steep, limit = times, int(np.argmax(along)), 2 / float(along.max())
    source = "second derivative along one axis over that along the other, by autograd"
    return {
        "curvature/ratio": Series(ratio, source=source),
        "curvature/steep": Series(steep),
        "curvature/limit": Series(limit, source="2 over the larger second derivative"),
    }


def bouncing(
    chosen: Surface, at: tuple[float, float], values: Mapping[str, Any], curved: Mapping[str, Series]
) -> Descent:
    """Plain SGD at the rate at which its steps across the valley stay as long as they are; empty where there is none.

    values: the recorder's hyperparameters.
    """
    limit = curved["curvature/limit"].values.item()
    return descend(chosen, at, make("sgd", values, limit), BOUNCES) if limit else Descent()
