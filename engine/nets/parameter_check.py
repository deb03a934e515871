"""Finite differences of the loss by every weight and bias of a net, in float64."""

import math

import torch
from torch import Tensor, nn
from torch.nn.functional import cross_entropy

from engine.nets.classifier import linears

# Central differences, (L(w + ε) − L(w − ε)) / 2ε: what anybody can follow, and near enough at this step.
OFFSETS, WEIGHTS = (-1.0, 1.0), (-1 / 2, 1 / 2)
STEP = 1e-3
SHRINK = 2.0**-3
ROUNDS = 5  # steps from 10⁻³ down to 10⁻³ · 2⁻¹²
CHUNK = 256  # parameters at a time, to bound memory
BOUND_POWER = -9  # a distance below 10⁻⁹ is rounding, and what it is depends on the processor


def differences(net: nn.Sequential, kinked: bool, x: Tensor, label: Tensor) -> list[tuple[Tensor, Tensor]]:
    """∂loss/∂weight (unit, input) and ∂loss/∂bias (unit,) of each layer, by central differences.

    Every parameter is moved by itself and the loss run again, from its own layer on. Where a move carries a
    pre-activation across the kink of a ``kinked`` activation, that parameter is repeated with a smaller step.
    x: (feature,).  label: () int64.
    """
    found = []
    with torch.no_grad():
        a = x
        for start, layer in enumerate(linears(net)):
            flat = torch.cat([layer.weight.flatten(), layer.bias])  # (parameter,)
            slopes = _layer_differences(net, start, flat, kinked, a, label)
            found.append(
                (slopes[: layer.weight.numel()].view_as(layer.weight), slopes[layer.weight.numel() :])
            )
            a = net[2 * start : 2 * start + 2](a)
    return found


def nudged(net: nn.Sequential, unit: int, source: int, x: Tensor, label: Tensor) -> tuple[Tensor, Tensor]:
    """A weight of the last layer as it is and where ``differences`` moves it, by size, and the loss there (offset,)."""
    offsets = sorted((0.0, *OFFSETS))
    start = len(linears(net)) - 1
    with torch.no_grad():
        layer, a = linears(net)[start], net[: 2 * start](x)
        flat = torch.cat([layer.weight.flatten(), layer.bias])  # (parameter,)
        place = unit * layer.in_features + source
        moved = flat.repeat(len(offsets), 1)  # (offset, parameter)
        moved[:, place] += STEP * torch.tensor(offsets, dtype=torch.float64)
        losses, _ = _losses(net, start, moved, a, label)
    return moved[:, place], losses


def bound_above(distance: float) -> float:
    """The power of ten above ``distance`` (≥ 0), 10⁻⁹ at least: true on every machine, as the distance is not."""
    power = BOUND_POWER if distance < 10.0**BOUND_POWER else math.floor(math.log10(distance)) + 1
    return 10.0**power


def _layer_differences(
    net: nn.Sequential, start: int, flat: Tensor, kinked: bool, a: Tensor, label: Tensor
) -> Tensor:
    slopes = torch.zeros_like(flat)
    _, side = _losses(net, start, flat[None], a, label)  # (1, hidden unit)
    pending = torch.arange(len(flat))
    step = STEP
    for _ in range(ROUNDS):
        crossed_parts = []
        for first in range(0, len(pending), CHUNK):
            chosen = pending[first : first + CHUNK]
            slopes[chosen], sides = _slopes(net, start, flat, chosen, step, a, label)
            crossed_parts.append(chosen[(sides != side).flatten(start_dim=1).any(dim=1)])
        crossed = torch.cat(crossed_parts) if kinked else torch.empty(0, dtype=torch.int64)
        if len(crossed) == 0:
            break
        pending, step = crossed, step * SHRINK
    return slopes


def _slopes(
    net: nn.Sequential, start: int, flat: Tensor, chosen: Tensor, step: float, a: Tensor, label: Tensor
) -> tuple[Tensor, Tensor]:
    """Slopes (chosen,) and the sides (chosen, offset, hidden unit) that pre-activations were on."""
    offsets = torch.tensor(OFFSETS, dtype=torch.float64)
    weights = torch.tensor(WEIGHTS, dtype=torch.float64)
    moved = flat.repeat(len(chosen), len(OFFSETS), 1)  # (chosen, offset, parameter)
    moved[torch.arange(len(chosen)), :, chosen] += step * offsets
    losses, sides = _losses(net, start, moved.flatten(end_dim=1), a, label)
    shape = (len(chosen), len(OFFSETS))
    return (losses.view(shape) * weights).sum(dim=1) / step, sides.view(*shape, -1)


def _losses(net: nn.Sequential, start: int, flats: Tensor, a: Tensor, label: Tensor) -> tuple[Tensor, Tensor]:
    """Loss (n,) for each row of layer ``start``'s parameters, and which hidden z > 0 (n, hidden unit)."""
    layer = linears(net)[start]
    units, inputs = layer.weight.shape
    weight = flats[:, : units * inputs].view(-1, units, inputs)
    z = weight @ a + flats[:, units * inputs :]  # (n, unit)
    sides = []
    for module in list(net)[2 * start + 1 :]:
        if not isinstance(module, nn.Linear):
            sides.append(z > 0)
        z = module(z)
    side = torch.cat(sides, dim=1) if sides else torch.zeros((len(flats), 0), dtype=torch.bool)
    return cross_entropy(z, label.expand(len(flats)), reduction="none"), side
