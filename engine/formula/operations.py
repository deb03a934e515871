"""The torch call behind each allowed operation."""

from collections.abc import Callable

import torch
from torch import Tensor

TORCH: dict[str, Callable[..., Tensor]] = {
    "add": torch.add,
    "sub": torch.sub,
    "mul": torch.mul,
    "div": torch.div,
    "pow": torch.pow,
    "neg": torch.neg,
    "exp": torch.exp,
    "log": torch.log,
    "ln": torch.log,
    "log10": torch.log10,
    "log2": torch.log2,
    "sin": torch.sin,
    "cos": torch.cos,
    "tan": torch.tan,
    "tanh": torch.tanh,
    "sigmoid": torch.sigmoid,
    "relu": torch.relu,
    "softplus": torch.nn.functional.softplus,
    "abs": torch.abs,
    "sqrt": torch.sqrt,
    "max": torch.maximum,
    "min": torch.minimum,
}
CALLED = frozenset(TORCH.values())  # ln and log are one function of torch


def source(operation: str) -> str:
    """The torch call in words, for a series' source."""
    return f"torch.{TORCH[operation].__name__}"
