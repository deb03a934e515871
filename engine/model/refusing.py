"""What cannot be recorded is said before anything runs."""

from collections.abc import Sequence
from typing import Any

from torch import nn

from engine.errors import InputError
from engine.model.opening import Opened
from engine.model.parameters import BUDGET_MAX_MB
from engine.model.tree import held
from engine.text.echo import echo


def check(model: Any, inputs: Sequence[Opened], budget_mb: float, focus: Sequence[str]) -> None:
    """InputError for what is no module, for meta tensors, and for a budget or a focus that cannot be."""
    if not isinstance(model, nn.Module):
        hint = (
            " Call the class first: Net()."
            if isinstance(model, type) and issubclass(model, nn.Module)
            else ""
        )
        raise InputError(f"The model is {echo(model)}: give an nn.Module.{hint}")
    there = [*held(model), *(one.tensor for one in inputs)]
    if any(one.is_meta for one in there):
        raise InputError(
            "The model or its input is on the meta device, which has shapes and no numbers: build it on the CPU, or "
            "give it weights with model.to_empty(device='cpu') and load_state_dict (--weights)."
        )
    if not 0 < budget_mb <= BUDGET_MAX_MB:
        raise InputError(f"budget_mb is {echo(budget_mb)}: give more than 0 and at most {BUDGET_MAX_MB}.")
    if isinstance(focus, str):
        raise InputError(
            f"focus is {echo(focus)}: give a list of names of modules, such as [{echo(focus)!r}]."
        )
