"""Watches modules run through torch's forward hooks, which are gone afterwards."""

from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from typing import Any

from torch import Tensor, nn


@dataclass(frozen=True)
class ModuleCall:
    """One run of a module: its tensor inputs in order, and its output, still in autograd's graph."""

    name: str
    module: nn.Module
    inputs: tuple[Tensor, ...]
    output: Tensor


@contextmanager
def watching(modules: Mapping[str, nn.Module]) -> Iterator[list[ModuleCall]]:
    """Yield a list that grows by each run of one of ``modules``. No hook is left, also after an error."""
    calls: list[ModuleCall] = []

    def listener(name: str) -> Any:
        def hook(module: nn.Module, inputs: tuple[Tensor, ...], output: Tensor) -> None:
            calls.append(ModuleCall(name, module, inputs, output))

        return hook

    with ExitStack() as stack:
        for name, module in modules.items():
            stack.callback(module.register_forward_hook(listener(name)).remove)
        yield calls
