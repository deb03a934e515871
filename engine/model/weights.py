"""The parameters of a model, each once, with what the backward pass brought to it."""

import math
from collections.abc import Mapping
from dataclasses import dataclass

import torch
from torch import Tensor

from engine.model.calls import Log
from engine.model.tree import unsettled


@dataclass(frozen=True)
class ParameterRow:
    """norm and gradient_norm are of the finite numbers; rows: how many a sparse gradient has, −1 for a dense one."""

    names: tuple[str, ...]
    module: int
    shape: tuple[int, ...]
    elements: int
    trained: bool
    norm: float
    gradient_norm: float = 0.0
    reached: bool = False
    rows: int = -1


def parameter_rows(log: Log, gradients: Mapping[int, Tensor]) -> list[ParameterRow]:
    """One row for each parameter; numbers within the budget go to the log's keeper.

    ``weight/i`` are its numbers, ``weight_gradient/i`` its gradient's: of a sparse one the rows
    ``weight_rows/i`` alone.
    """
    rows = []
    together = zip(log.parameter_objects, log.parameter_names, log.parameter_owners, strict=True)
    for index, (one, names, owner) in enumerate(together):
        if unsettled(one):  # its module was never called
            rows.append(ParameterRow(tuple(names), owner, (), 0, one.requires_grad, 0.0))
            continue
        owner_name = log.tree.places[owner].name
        focus = any(owner_name == name or owner_name.startswith(f"{name}.") for name in log.focus)
        log.keeper.keep(f"weight/{index}", one, focus, examples=False)
        about = (tuple(names), owner, tuple(one.shape), one.numel(), one.requires_grad, _norm(one))
        gradient = gradients.get(id(one))
        if gradient is None:
            rows.append(ParameterRow(*about))
            continue
        count = -1
        if gradient.layout == torch.sparse_coo:
            gradient = gradient.coalesce()  # the same row may have come several times
            touched, gradient = gradient.indices()[0], gradient.values()
            count = len(touched)
            log.keeper.keep(f"weight_rows/{index}", touched, focus)
        log.keeper.keep(f"weight_gradient/{index}", gradient, focus, examples=False)
        rows.append(ParameterRow(*about, _norm(gradient), True, count))
    return rows


def _norm(tensor: Tensor) -> float:
    plain = tensor.detach()
    if plain.layout != torch.strided or not plain.numel():
        return 0.0
    dtype = None if plain.dtype in (torch.float32, torch.float64) or plain.is_complex() else torch.float32
    norm = float(torch.linalg.vector_norm(plain, dtype=dtype))
    if math.isfinite(norm):
        return norm
    finite = torch.nan_to_num(plain.double(), nan=0.0, posinf=0.0, neginf=0.0)
    largest = float(finite.abs().max())
    return min(float(torch.linalg.vector_norm(finite / (largest or 1.0))) * largest, 1.7e308)
