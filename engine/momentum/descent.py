"""Runs torch's optimisers on a surface and writes down position, gradient, loss and the optimiser's own state."""

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import torch
    from torch import Tensor

FAR = 1000.0  # a coordinate this many times as large as the start's (at least 1) has left the surface
OPTIMISERS = ("sgd", "momentum", "nesterov", "adagrad", "rmsprop", "adam", "adamw")
ADAPTIVE = ("adagrad", "rmsprop", "adam", "adamw")


@dataclass
class Descent:
    """One run. Row k of positions, gradients and losses is before update k; of states, after it.

    diverged: the number of the update that left the surface or gave no finite loss; None when none did.
    undefined: that update ended where the surface has no finite value or gradient, and not merely far away.
    """

    positions: list[list[float]] = field(default_factory=list)
    gradients: list[list[float]] = field(default_factory=list)
    losses: list[float] = field(default_factory=list)
    states: dict[str, list[list[float]]] = field(default_factory=dict)
    diverged: int | None = None
    undefined: bool = False


def make(
    name: str, values: Mapping[str, Any], lr: float
) -> "Callable[[list[Tensor]], torch.optim.Optimizer]":
    """The optimiser ``name`` of torch.optim with the recorder's hyperparameters ``values``."""
    from torch import optim

    beta, betas = values["momentum"], (values["beta1"], values["beta2"])
    table: dict[str, Callable[[list[Tensor]], torch.optim.Optimizer]] = {
        "sgd": lambda p: optim.SGD(p, lr=lr),
        "momentum": lambda p: optim.SGD(p, lr=lr, momentum=beta),
        "nesterov": lambda p: optim.SGD(p, lr=lr, momentum=beta, nesterov=True),
        "adagrad": lambda p: optim.Adagrad(p, lr=lr),
        "rmsprop": lambda p: optim.RMSprop(p, lr=lr, alpha=values["alpha"]),
        "adam": lambda p: optim.Adam(p, lr=lr, betas=betas),
        "adamw": lambda p: optim.AdamW(p, lr=lr, betas=betas, weight_decay=values["weight_decay"]),
    }
    return table[name]


def far_from(start: tuple[float, float]) -> float:
    """A coordinate beyond this has left the surface."""
    return FAR * max(1.0, *(abs(one) for one in start))


def descend(
    surface: "Callable[[Tensor, Tensor], Tensor]",
    start: tuple[float, float],
    optimiser: "Callable[[list[Tensor]], torch.optim.Optimizer]",
    steps: int,
) -> Descent:
    """At most ``steps`` updates from ``start``; stops where the run leaves the surface. All float64."""
    import torch

    point = torch.tensor(start, dtype=torch.float64, requires_grad=True)
    far = far_from(start)
    stepper, run = optimiser([point]), Descent()
    for step in range(steps + 1):
        stepper.zero_grad()
        loss = surface(point[0], point[1])
        (gradient,) = torch.autograd.grad(loss, point)  # (2,)
        point.grad = gradient
        fine = math.isfinite(loss.item()) and bool(torch.isfinite(gradient).all())
        near = float(point.detach().abs().max()) <= far  # False for NaN
        if not (fine and near):
            run.diverged, run.undefined = step, near
            return run
        run.positions.append(point.tolist())
        run.gradients.append(gradient.tolist())
        run.losses.append(loss.item())
        if step < steps:
            stepper.step()
            _keep(run, stepper.state[point])
    return run


def _keep(run: Descent, state: "Mapping[str, Any]") -> None:
    """The optimiser's own tensors of two values: momentum_buffer, exp_avg, square_avg, sum, …"""
    import torch

    for name, value in state.items():
        if isinstance(value, torch.Tensor) and value.shape == (2,) and bool(torch.isfinite(value).all()):
            run.states.setdefault(name, []).append(value.tolist())
