"""Which row of the recording a tensor's numbers came from: by object, by view, and by the last write in place."""

from collections import deque
from dataclasses import dataclass
from typing import Any

import torch
from torch import Tensor
from torch.utils.weak import TensorWeakRef

WALK_MAX = 10_000  # steps back through autograd's graph, for a tensor that nobody was seen making


def version(tensor: Tensor) -> int:
    """How often it was written in place, counted over all its views; inference tensors do not count (0)."""
    return 0 if tensor.is_inference() else tensor._version


@dataclass
class _Known:
    tensor: Any  # a weak reference: what the run lets go must be free to go
    row: int
    version: int


@dataclass(frozen=True)
class Stale:
    """The tensor was written in place since, through another view, by the node of ``row``."""

    row: int


class Origins:
    """Grows with the run. Rows are any indices that rise; nothing here keeps a tensor alive."""

    def __init__(self) -> None:
        self._known: dict[int, _Known] = {}
        self._writers: dict[int, int] = {}
        self._backward: dict[int, tuple[Any, int]] = {}

    def came(self, tensor: Tensor, row: int, *, in_place: bool = False) -> None:
        """``tensor`` has its present numbers from ``row``."""
        self._known[id(tensor)] = _Known(TensorWeakRef(tensor), row, version(tensor))
        if in_place:
            self.wrote(tensor, row)
        if tensor.grad_fn is not None:  # held, so that its id stays its own
            self._backward[id(tensor.grad_fn)] = (tensor.grad_fn, row)

    def wrote(self, tensor: Tensor, row: int) -> None:
        """The memory of ``tensor``, and so of all its views, was last written by ``row``."""
        where = memory(tensor)
        if where is not None:
            self._writers[where] = row

    def of(self, tensor: Tensor) -> int | Stale | None:
        """The row it came from; Stale when another view was written since; None when nobody was seen making it."""
        known = self._known.get(id(tensor))
        if known is None or known.tensor() is not tensor:
            return None
        if version(tensor) == known.version:
            return known.row
        writer = self._writers.get(memory(tensor) or 0, -1)
        return Stale(writer) if writer > known.row else known.row

    def behind(self, tensor: Tensor) -> list[int]:
        """The nearest rows that autograd's graph leads back to from ``tensor``, in order."""
        found: dict[int, None] = {}
        waiting = deque([tensor.grad_fn])
        seen: set[Any] = set()
        while waiting and len(seen) < WALK_MAX:
            step = waiting.popleft()
            if step is None or step in seen:
                continue
            seen.add(step)
            known = self._backward.get(id(step))
            if known is not None:
                found[known[1]] = None
            else:
                waiting.extend(before for before, _ in step.next_functions)
        return list(found)

    def forget(self) -> None:
        """Let go of autograd's graph."""
        self._backward.clear()


def memory(tensor: Tensor) -> int | None:
    """What all views of one memory have in common; None for tensors without memory of their own."""
    if tensor.layout != torch.strided:
        return None
    try:
        return int(tensor.untyped_storage()._cdata)
    except (RuntimeError, NotImplementedError):  # wrappers without memory of their own
        return None
