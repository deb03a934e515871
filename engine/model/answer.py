"""What a classifier answers: its most probable classes, their scores, and where the right one stands."""

from collections.abc import Sequence
from typing import Any

import torch
from torch import Tensor

from engine.errors import InputError
from engine.model.calls import Log
from engine.model.declared import RANKS_MAX
from engine.model.losses import compared
from engine.model.opening import Opened
from engine.trace.series import Series


def answer(
    outputs: Sequence[Opened], log: Log, loss: Any, target: Any, class_names: Sequence[str]
) -> dict[str, Series]:
    """``classes/…`` and ``answer/…`` of a classifier: cross_entropy is its loss, or its classes have names.

    There is an answer where the output is one row of finite scores. InputError when names and scores differ in number.
    """
    if not class_names and loss != "cross_entropy":
        return {}
    if not any(one.tensor.is_floating_point() for one in outputs):
        return {}
    scores = compared(outputs)
    classes = scores.shape[0 if scores.dim() == 1 else 1] if scores.dim() else 1
    if class_names and len(class_names) != classes:
        raise InputError(
            f"class_names has {len(class_names)} names and the output, of shape {tuple(scores.shape)}, {classes} "
            f"{'score' if classes == 1 else 'scores'}: give a name for each."
        )
    names = {"classes/name": Series(list(class_names), ("class",))} if class_names else {}
    one_row = tuple(scores.shape) in ((classes,), (1, classes)) and classes > 1
    if not one_row or not bool(torch.isfinite(scores).all()):
        return names
    row = log.source(scores)
    return names | _ranked(scores, -1 if row is None else row, _right(target, classes), class_names)


def _right(target: Any, classes: int) -> int:
    if target is None:
        return -1
    one = torch.as_tensor(target)
    found = int(one) if one.numel() == 1 and not one.is_floating_point() else -1
    return found if 0 <= found < classes else -1


def _ranked(scores: Tensor, row: int, right: int, class_names: Sequence[str]) -> dict[str, Series]:
    flat = scores.detach().reshape(-1).double().cpu()  # (class,)
    last = scores.grad_fn.name() if scores.grad_fn is not None else ""
    already = last.startswith("SoftmaxBackward")
    probabilities = flat if already else torch.softmax(flat, dim=0)
    order = torch.sort(probabilities, descending=True, stable=True).indices
    best = order[:RANKS_MAX]
    names = class_names or [str(one) for one in range(len(flat))]
    source = "the output, which is a softmax" if already else "softmax of the output"
    return {
        "answer/tensor": Series(row),
        "answer/classes": Series(len(flat)),
        "answer/class": Series(best, ("rank",), source="the most probable classes"),
        "answer/name": Series([names[int(one)] for one in best], ("rank",)),
        "answer/score": Series(flat[best], ("rank",), source="the output"),
        "answer/probability": Series(probabilities[best], ("rank",), source=source),
        "answer/others": Series(probabilities[order[RANKS_MAX:]].sum(), source=f"{source}: all other classes"),
        "answer/target": Series(right),
        "answer/target_name": Series(names[right] if right >= 0 else ""),
        "answer/target_probability": Series(probabilities[right] if right >= 0 else 0.0, source=source),
        "answer/right": Series(right == int(best[0])),
    }  # fmt: skip
