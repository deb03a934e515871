"""Writes down every torch operation of a run, in order, with torch's own means and nothing left behind."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import torch
from torch import Tensor
from torch.overrides import TorchFunctionMode


@dataclass(frozen=True)
class Call:
    """One captured operation: the torch function, its tensor arguments in order, and what came out."""

    function: Callable[..., Tensor]
    arguments: tuple[Tensor, ...]
    output: Tensor


class Capture(TorchFunctionMode):
    """A context manager: while open, ``calls`` grows by each call of one of ``functions``.

    Torch takes the mode off its own stack when the block ends, also when the block raises.
    """

    def __init__(self, functions: Iterable[Callable[..., Tensor]]) -> None:
        super().__init__()
        self.functions = frozenset(functions)
        self.calls: list[Call] = []

    def __torch_function__(
        self, func: Any, types: Any, args: tuple[Any, ...] = (), kwargs: Mapping[str, Any] | None = None
    ) -> Any:
        """Let torch do the call, and keep it when it is one of ours."""
        output = func(*args, **(kwargs or {}))
        if func in self.functions:
            self.calls.append(Call(func, args, output))
        return output


def local_derivatives(call: Call) -> tuple[Tensor, ...]:
    """d output / d argument for each argument slot, by torch.func.vjp with a cotangent of 1.

    The same tensor in two slots (``a*a``) gives two derivatives. Scalars in, scalars out, same dtype.
    """
    pulled: Any = torch.func.vjp(call.function, *call.arguments)  # typed as a triple, a pair without aux
    output, pull_back = pulled
    derivatives: tuple[Tensor, ...] = pull_back(torch.ones_like(output))
    return derivatives
