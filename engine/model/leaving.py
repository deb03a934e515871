"""Everything as it was: parameters, buffers, gradients, modes, random state, torch's switches; also after a failure."""

import random
from collections.abc import Iterator, Sequence, Set
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from typing import Any

import numpy as np
import torch
from torch import Tensor, nn

from engine.model.origins import memory, version
from engine.model.tree import held, modules, unsettled


@dataclass(frozen=True)
class _Copy:
    """A tensor, its numbers, and its switches."""

    tensor: Tensor
    numbers: Tensor
    version: int
    requires_grad: bool
    leaf: bool
    gradient: Tensor | None

    def restore(self, touched: Set[int | None]) -> None:
        one = self.tensor
        if self.leaf and not one.is_leaf:  # written in place with something that has gradients
            one.detach_()
        # What .data hands out counts by itself, and batch norm writes its statistics without counting at all.
        moved = version(one) != self.version or memory(one) in touched
        if moved or (not isinstance(one, nn.Parameter) and not _same(one, self.numbers)):
            with torch.inference_mode(one.is_inference()), torch.no_grad():
                one.copy_(self.numbers)
        if one.requires_grad != self.requires_grad and one.is_leaf:
            one.requires_grad_(self.requires_grad)
        if one.is_leaf and one.grad is not self.gradient:
            one.grad = self.gradient


def _same(one: Tensor, other: Tensor) -> bool:
    if one.layout != torch.strided or torch.equal(one, other):
        return True
    return one.is_floating_point() and torch.allclose(one, other, rtol=0, atol=0, equal_nan=True)


@contextmanager
def as_it_was(
    model: nn.Module, given: Sequence[Tensor], touched: Set[int | None], seed: int
) -> Iterator[None]:
    """Random numbers come from ``seed`` and gradients are on; when the block ends, nothing has changed.

    given: tensors that the run is handed; they may be written over, too.  touched: grows by the memory that was seen
    being written.  Needs memory for a copy of all parameters.
    """
    with ExitStack() as stack:
        stack.enter_context(_modules(model))
        stack.enter_context(_tensors(_of(model, given), touched))
        stack.enter_context(random_from(seed))
        stack.callback(torch.backends.mha.set_fastpath_enabled, torch.backends.mha.get_fastpath_enabled())
        torch.backends.mha.set_fastpath_enabled(False)  # fused layers would be one operation
        stack.enter_context(torch.inference_mode(False))
        stack.enter_context(torch.enable_grad())
        yield


def _of(model: nn.Module, given: Sequence[Tensor]) -> list[Tensor]:
    found = {id(one): one for one in (*held(model), *given)}
    return [one for one in found.values() if not unsettled(one)]


@contextmanager
def _tensors(all_of_them: list[Tensor], touched: Set[int | None]) -> Iterator[None]:
    with torch.no_grad():
        copies = [_copy(one) for one in all_of_them]
    try:
        yield
    finally:
        for one in copies:
            one.restore(touched)


def _copy(one: Tensor) -> _Copy:
    gradient = one.grad if one.is_leaf else None
    return _Copy(one, one.detach().clone(), version(one), one.requires_grad, one.is_leaf, gradient)


@contextmanager
def _modules(model: nn.Module) -> Iterator[None]:
    """Training flags, and which tensor objects are registered under which names."""
    kept: list[tuple[nn.Module, bool, list[tuple[dict[str, Any], dict[str, Any]]]]] = []
    for one in modules(model):
        scripted = isinstance(one, torch.jit.ScriptModule)
        registered: list[dict[str, Any]] = [] if scripted else [one._parameters, one._buffers]
        kept.append((one, one.training, [(each, dict(each)) for each in registered]))
    try:
        yield
    finally:
        for one, training, registers in kept:
            if one.training != training:
                one.training = training
            for there, before in registers:
                if there.keys() != before.keys() or any(there[key] is not before[key] for key in before):
                    there.clear()
                    there.update(before)


@contextmanager
def random_from(seed: int) -> Iterator[None]:
    """Torch's generators, numpy's and Python's begin with ``seed``, and go on afterwards where they were."""
    # torch.manual_seed would leave a call behind for a CUDA that nobody has used yet.
    cuda = bool(torch.cuda.is_initialized())  # type: ignore[no-untyped-call]
    cpu, devices = torch.get_rng_state(), torch.cuda.get_rng_state_all() if cuda else []
    python, array = random.getstate(), np.random.get_state()
    try:
        torch.default_generator.manual_seed(seed)
        if cuda:
            torch.cuda.manual_seed_all(seed)
        random.seed(seed)
        np.random.seed(seed % 2**32)
        yield
    finally:
        torch.set_rng_state(cpu)
        if cuda:
            torch.cuda.set_rng_state_all(devices)
        random.setstate(python)
        np.random.set_state(array)


@contextmanager
def switches() -> Iterator[None]:
    """What a user's file may set for the whole of torch is as it was afterwards."""
    dtype, anomaly = torch.get_default_dtype(), torch.is_anomaly_enabled()
    precise = torch.are_deterministic_algorithms_enabled()
    try:
        yield
    finally:
        on_one_thread_of_the_cpu()
        torch.set_default_dtype(dtype)
        torch.set_anomaly_enabled(anomaly)
        torch.use_deterministic_algorithms(precise)


def on_one_thread_of_the_cpu() -> None:
    """Whatever a user's file chose: a run is to be the same everywhere."""
    torch.set_num_threads(1)
    if torch.get_default_device().type != "cpu":
        torch.set_default_device(None)
