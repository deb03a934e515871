"""The backward pass, without a mark on what it goes through: no .grad is touched, no optimiser's hook is set off."""

from collections.abc import Iterable
from typing import Any

import torch
from torch import Tensor

CHECKPOINT = "CheckpointFunctionBackward"  # torch's reentrant checkpoints refuse autograd.grad


def leaves(loss: Tensor) -> tuple[list[Tensor], bool]:
    """The tensors at which autograd's graph of ``loss`` ends, and whether a reentrant checkpoint stands in it."""
    found: dict[int, Tensor] = {}
    seen: set[Any] = set()
    waiting: list[Any] = [loss.grad_fn]
    reentrant = False
    while waiting:
        step = waiting.pop()
        if step is None or step in seen:
            continue
        seen.add(step)
        variable = getattr(step, "variable", None)
        if isinstance(variable, Tensor):
            found[id(variable)] = variable
        reentrant |= step.name() == CHECKPOINT
        waiting.extend(before for before, _ in step.next_functions)
    return list(found.values()), reentrant


def gradients(loss: Tensor, parameters: Iterable[Tensor]) -> dict[int, Tensor]:
    """∂loss/∂leaf by the leaf's id, of every leaf that the loss depends on; tensor hooks fire on the way."""
    if loss.grad_fn is None:
        return {}
    ends, reentrant = leaves(loss)
    if reentrant:
        return _accumulated(loss, {id(one): one for one in (*ends, *parameters)})
    found = torch.autograd.grad(loss, ends, allow_unused=True) if ends else ()
    return {id(one): grad for one, grad in zip(ends, found, strict=True) if grad is not None}


def _accumulated(loss: Tensor, ends: dict[int, Tensor]) -> dict[int, Tensor]:
    """The same by loss.backward(), in .grad's that are put back."""
    before: dict[int, Any] = {key: (one.grad, one._post_accumulate_grad_hooks) for key, one in ends.items()}
    for one in ends.values():
        one.grad = None
        one._post_accumulate_grad_hooks = None  # type: ignore[assignment]
    try:
        loss.backward()  # type: ignore[no-untyped-call]
        return {key: one.grad for key, one in ends.items() if one.grad is not None}
    finally:
        for key, one in ends.items():
            one.grad, one._post_accumulate_grad_hooks = before[key]
