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
    "sin": torch.sin,
    "cos": torch.cos,
    "tanh": torch.tanh,
    "sigmoid": torch.sigmoid,
    "relu": torch.relu,
    "abs": torch.abs,
    "sqrt": torch.sqrt,
    "max": torch.maximum,
    "min": torch.minimum,
}
NAMES = {function: name for name, function in TORCH.items()}


def source(operation: str) -> str:
    """The torch call in words, for a series' source."""
    return f"torch.{TORCH[operation].__name__}"
