"""The loss that the backward pass begins at: a named one, the user's own, or what the model gives back as one."""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import torch
from torch import Tensor
from torch.nn import functional as F

from engine.errors import InputError, nearest
from engine.model.opening import Opened
from engine.model.parameters import LOSSES
from engine.text.echo import echo

NAMES = LOSSES
PREFERRED = ("logits", "output")  # among several outputs, what a loss compares with the target


@dataclass(frozen=True)
class Loss:
    """A scalar, or why there is none (a sentence)."""

    tensor: Tensor | None
    name: str = ""
    reason: str = ""


def check(loss: Any, target: Any) -> None:
    """InputError for a loss of another name, for one that needs a target and has none, and the other way round."""
    if isinstance(loss, str):
        if loss not in NAMES:
            raise InputError(f"loss is {echo(loss)}: give a function or one of these. {nearest(loss, NAMES)}")
        if target is None:
            raise InputError(f"loss is {loss}, which compares with a target: give target=…, too.")
    elif loss is not None and not callable(loss):
        raise InputError(f"loss is {echo(loss)}: give a function, or one of {', '.join(NAMES)}.")


def prepared(
    name: str, outputs: Sequence[Opened], target: Any
) -> tuple[Callable[..., Tensor], Tensor, Tensor]:
    """The function of a loss's ``name``, the output it compares, and the target in the form that it takes.

    outputs: what the model gave back; ``logits`` or ``output`` among them, else the first of real numbers. bce is for
    probabilities when the output comes out of a sigmoid, else for logits. InputError for a target that does not fit.
    """
    output = compared(outputs)
    wanted = target if isinstance(target, Tensor) else torch.as_tensor(target)
    wanted = wanted.detach().to(output.device)
    if name == "cross_entropy":
        return F.cross_entropy, output, _classes(output, wanted)
    if wanted.numel() != output.numel() or wanted.squeeze().shape != output.squeeze().shape:
        raise _unfit(name, tuple(output.shape), wanted)
    functions: dict[str, Callable[..., Tensor]] = {"mse": F.mse_loss, "l1": F.l1_loss, "bce": _bce(output)}
    return functions[name], output, wanted.reshape(output.shape).to(output.dtype)


def own(loss: Callable[..., Any], output: Any, target: Any) -> Loss:
    """The user's own loss of what the model gave, and of the target where there is one.

    InputError for one that is no single number; and whatever ``loss`` raises.
    """
    name = getattr(loss, "__name__", type(loss).__name__)
    value = loss(output) if target is None else loss(output, target)
    if not isinstance(value, Tensor) or value.numel() != 1:
        shown = f"a tensor of shape {tuple(value.shape)}" if isinstance(value, Tensor) else echo(value)
        raise InputError(f"The loss {echo(name)} gave {shown}: let it return one number, such as the mean.")
    return Loss(value, name)


def given_back(outputs: Sequence[Opened]) -> Loss:
    """The output called loss, or the only scalar that depends on something trained. InputError for several."""
    scalars = [one for one in outputs if one.tensor.dim() == 0 and one.tensor.is_floating_point()]
    named = [one for one in scalars if one.name == "loss"]
    learned = named or [one for one in scalars if one.tensor.requires_grad]
    if len(learned) > 1:
        names = ", ".join(one.name for one in learned)
        raise InputError(
            f"The model gives back {len(learned)} scalars ({echo(names)}) and a backward pass begins at one: sum them, "
            f"or choose one, in loss=…, for example loss=lambda output: output[0] + output[1]."
        )
    if learned:
        return Loss(learned[0].tensor, learned[0].name)
    if scalars:
        return Loss(None, reason="Nothing that the output depends on has a gradient.")
    return Loss(None, reason="The output is no scalar: give loss=… and target=… for a backward pass.")


def compared(outputs: Sequence[Opened]) -> Tensor:
    real = [one for one in outputs if one.tensor.is_floating_point()]
    if not real:
        raise InputError(
            "The model gives back no tensor of real numbers: give loss=… as a function of the output."
        )
    return next((one for name in PREFERRED for one in real if one.name == name), real[0]).tensor


def _bce(output: Tensor) -> Callable[..., Tensor]:
    last = output.grad_fn.name() if output.grad_fn is not None else ""
    return F.binary_cross_entropy if last.startswith("Sigmoid") else F.binary_cross_entropy_with_logits


def _classes(output: Tensor, target: Tensor) -> Tensor:
    if output.dim() == 0:
        raise InputError(
            "loss is cross_entropy and the output is one number: it takes a score for each class."
        )
    if target.is_floating_point():
        if target.shape != output.shape:
            raise _unfit("cross_entropy", tuple(output.shape), target)
        return target.to(output.dtype)
    classes = output.shape[0 if output.dim() == 1 else 1]
    places = (*output.shape[:1], *output.shape[2:]) if output.dim() > 1 else ()
    if target.numel() != math.prod(places):
        raise _unfit("cross_entropy", places, target)
    target = target.long().reshape(places)
    wrong = target[
        (target >= classes) | ((target < 0) & (target != -100))
    ]  # -100 is torch's "leave this out"
    if wrong.numel():
        raise InputError(
            f"target is {int(wrong[0])} and the output has {classes} classes: give 0 to {classes - 1}."
        )
    return target


def _unfit(name: str, wanted: tuple[int, ...], target: Tensor) -> InputError:
    return InputError(
        f"loss {name} wants a target of shape {wanted} and got {tuple(target.shape)}: give one that fits the output."
    )
