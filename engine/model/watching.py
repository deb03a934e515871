"""Sees every call while a model runs: of modules, of torch functions, and of custom autograd functions.

Modules are seen in ``nn.Module.__call__``: users' hooks run inside, and no hook of ours is ever put on a module.
"""

import sys
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from typing import Any

import torch
from torch import Tensor, nn
from torch.nn.utils.parametrize import ParametrizationList
from torch.overrides import TorchFunctionMode, resolve_name

from engine.model.calls import Given, Log
from engine.model.opening import Opened, opened, tensors
from engine.model.tree import UNDERNEATH, class_name, is_leaf, unsettled

# What gives back its own argument: nothing was computed.
HOUSEKEEPING = frozenset(
    (
        "contiguous",
        "to",
        "type",
        "float",
        "double",
        "half",
        "bfloat16",
        "cpu",
        "cuda",
        "requires_grad_",
        "expand",
        "view_as",
        "retain_grad",
    )
)
UNSEEN = frozenset(
    ("grad", "_base", "grad_fn", "names")
)  # attributes of a tensor that are no step of the run
RECURRENT = {"LSTM": ("output", "h", "c"), "GRU": ("output", "h"), "RNN": ("output", "h")}
DEEPER = 3  # times Python's limit: each module's call takes two of our frames beside its own three


class Failure:
    """Where an exception came out first."""

    def __init__(self, error: Exception, node: int, call: int, name: str, module: nn.Module | None) -> None:
        self.error, self.node, self.call, self.name, self.module = error, node, call, name, module
        self.shapes: tuple[tuple[int, ...], ...] = ()


class Watch(TorchFunctionMode):
    """The mode, with what the patched calls need. Deaf inside a leaf: its own steps are no nodes."""

    def __init__(self, log: Log) -> None:
        super().__init__()
        self.log = log
        self.failure: Failure | None = None
        self._thread = threading.get_ident()
        self._leaf: list[nn.Module | None] = []
        self._inside_transform = False

    def hears(self) -> bool:
        """Whether a call made now, by this thread, is to be written down."""
        return not self._leaf and threading.get_ident() == self._thread

    # torch functions

    def __torch_function__(
        self, func: Any, types: Any, args: tuple[Any, ...] = (), kwargs: Mapping[str, Any] | None = None
    ) -> Any:
        """Let torch do the call, and write it down when it made numbers."""
        keywords = kwargs or {}
        if not self.hears():
            return func(*args, **keywords)
        name = function_name(func)
        if name is None:
            return func(*args, **keywords)
        there = [one for one in tensors(args) + tensors(keywords) if not unsettled(one)]
        if self._transformed(there):
            return func(*args, **keywords)
        given = self.log.given(there)
        try:
            output = func(*args, **keywords)
        except Exception as error:
            self._failed(error, name, name, "function", given, None)
            raise
        made = _results(output)
        if _is_nothing(name, made, given):
            return output
        self.log.node(name, name, "function", given, made)
        return output

    def _transformed(self, there: list[Tensor]) -> bool:
        """Whether this happens inside torch.func, which is one closed block; its name and what goes in are kept."""
        levels: Any = torch._C._functorch.get_interpreter_stack()
        if not levels:
            self._inside_transform = False
            return False
        name = f"torch.func.{levels[0].key().name.lower()}"
        blocks = self.log.transforms
        if not self._inside_transform or not blocks or blocks[-1][0] != name:
            blocks.append((name, []))
        self._inside_transform = True
        rows = blocks[-1][1]
        for one in map(_unwrapped, there):
            row = self.log.origins.of(one)
            if isinstance(row, int) and row not in rows:
                rows.append(row)
        return True

    # modules

    def module(self, call: Callable[..., Any], module: nn.Module, args: Any, kwargs: Any) -> Any:
        """A module is called."""
        if not self.hears():
            output = call(module, *args, **kwargs)
            self._weight(module, output)
            return output
        if UNDERNEATH in module._modules or torch._C._functorch.peek_interpreter_stack() is not None:
            return call(module, *args, **kwargs)  # a compiler's wrapper, or the inside of torch.func
        return (self._as_node if is_leaf(module) else self._as_path)(call, module, args, kwargs)

    def _as_path(self, call: Callable[..., Any], module: nn.Module, args: Any, kwargs: Any) -> Any:
        log = self.log
        with torch._C.DisableTorchFunction():
            mine = log.begin(module)
        try:
            output = call(module, *args, **kwargs)
            with torch._C.DisableTorchFunction():
                rows = [log.source(one.tensor) for one in opened(output)]
            log.calls[mine].tensor = next((row for row in rows if row is not None), -1)
            return output
        except Exception as error:
            self._failed_inside(error, mine, module)
            raise
        finally:
            log.end(mine)

    def _as_node(self, call: Callable[..., Any], module: nn.Module, args: Any, kwargs: Any) -> Any:
        log = self.log
        with torch._C.DisableTorchFunction():
            mine = log.begin(module)
            given = log.given([one.tensor for one in opened((args, kwargs))])
        name = log.tree.places[log.calls[mine].module].name or class_name(module)
        scripted = isinstance(module, torch.jit.ScriptModule)
        kind = "closed" if scripted else "module"
        self._leaf.append(module)
        try:
            output = call(module, *args, **kwargs)
        except Exception as error:
            self._leaf.pop()
            with torch._C.DisableTorchFunction():
                self._failed(error, name, class_name(module), kind, given, module)
            log.calls[mine].failed = True
            log.calls[mine].node = len(log.nodes) - 1
            log.end(mine)
            raise
        self._leaf.pop()
        try:
            with torch._C.DisableTorchFunction():
                uses = log.held(module)
                made = _named(output, class_name(module))
                node = log.node(
                    name,
                    class_name(module),
                    kind,
                    given,
                    made,
                    uses=uses,
                    closed="scripted" if scripted else "",
                )
        finally:
            log.end(mine)
        log.calls[mine].node = node
        log.calls[mine].tensor = next(iter(log.nodes[node].tensors), -1)
        return output

    def _weight(self, module: nn.Module, output: Any) -> None:
        """Inside a leaf, a parametrization has computed the weight that this call uses."""
        if not isinstance(module, ParametrizationList) or not isinstance(output, Tensor) or not self._leaf:
            return
        leaf = self._leaf[-1]
        lists: Any = getattr(leaf, "parametrizations", None)
        for key, one in lists.items() if lists is not None else ():
            if one is module:
                with torch._C.DisableTorchFunction():
                    place = self.log.tree.places[self.log.place(leaf)].name  # type: ignore[arg-type]
                    name = f"{place}.{key}" if place else key
                    known = self.log.computed.setdefault(name, len(self.log.computed))
                    self.log.keeper.kept.pop(f"computed/{known}", None)
                    self.log.keeper.keep(f"computed/{known}", output, examples=False)

    # custom autograd functions

    def custom(self, call: Callable[..., Any], cls: Any, args: Any, kwargs: Any) -> Any:
        """A subclass of autograd.Function is applied: one closed node with its name."""
        if not self.hears():
            return call(*args, **kwargs)
        name = cls.__name__
        with torch._C.DisableTorchFunction():
            given = self.log.given(tensors(args) + tensors(kwargs))
        self._leaf.append(None)
        try:
            output = call(*args, **kwargs)
        except Exception as error:
            self._leaf.pop()
            with torch._C.DisableTorchFunction():
                self._failed(error, name, name, "closed", given, None)
            raise
        self._leaf.pop()
        with torch._C.DisableTorchFunction():
            self.log.node(name, name, "closed", given, _results(output), closed="custom")
        return output

    # failures

    def _failed(
        self, error: Exception, name: str, operation: str, kind: str, given: Given, module: nn.Module | None
    ) -> None:
        if self.failure is not None and self.failure.error is error:
            return
        node = self.log.node(name, operation, kind, given, (), failed=True)
        self.failure = Failure(error, node, self.log.call, name, module)
        self.failure.shapes = tuple(tuple(one.shape) for one in given.tensors)

    def _failed_inside(self, error: Exception, call: int, module: nn.Module) -> None:
        """A path raised, and perhaps none of its nodes: then its own lines did."""
        self.log.calls[call].failed = True
        if self.failure is None or self.failure.error is not error:
            name = self.log.tree.places[self.log.calls[call].module].name
            self.failure = Failure(error, -1, call, name, module)


@contextmanager
def watching(log: Log) -> Iterator[Watch]:
    """Until the block ends, ``log`` grows by every call of this thread; afterwards torch is as it was."""
    watch = Watch(log)
    calls: Callable[..., Any] = nn.Module.__call__
    patched: Any = nn.Module
    base: Any = torch.autograd.Function.__mro__[1]
    limit = sys.getrecursionlimit()

    def called(module: nn.Module, /, *args: Any, **kwargs: Any) -> Any:
        return watch.module(calls, module, args, kwargs)

    def applied(cls: Any, *args: Any, **kwargs: Any) -> Any:
        return watch.custom(super(base, cls).apply, cls, args, kwargs)

    with ExitStack() as stack:
        stack.callback(sys.setrecursionlimit, limit)
        sys.setrecursionlimit(limit * DEEPER)
        stack.callback(setattr, patched, "__call__", calls)
        patched.__call__ = called
        # Function.apply ends in super().apply, also where somebody has kept `apply = Round.apply`.
        stack.callback(delattr, base, "apply")
        base.apply = classmethod(applied)
        if "torch._dynamo" in sys.modules and hasattr(torch.compiler, "set_stance"):
            stack.enter_context(torch.compiler.set_stance("force_eager"))
        stack.enter_context(watch)
        yield watch


def function_name(func: Any) -> str | None:
    """``relu``, ``add_``, ``T``; None for what is no step of the run, such as reading a shape."""
    name = str(getattr(func, "__name__", "function"))
    if name.startswith(("empty", "new_empty")):  # memory with no numbers in it yet
        return None
    if name in ("__get__", "__set__"):
        path = str(resolve_name(func)).split(".")
        attribute = path[-2] if len(path) > 1 else "attribute"
        return None if attribute in UNSEEN else attribute
    if name.startswith("__") and name.endswith("__"):
        plain = name.strip("_")
        in_place = plain.startswith("i") and plain[1:] in _ARITHMETIC
        return f"{plain[1:]}_" if in_place else plain
    return name.lstrip("_") or name


_ARITHMETIC = frozenset(
    (
        "add",
        "sub",
        "mul",
        "div",
        "truediv",
        "floordiv",
        "pow",
        "mod",
        "matmul",
        "and",
        "or",
        "xor",
        "lshift",
        "rshift",
    )
)


def _results(output: Any) -> list[Opened]:
    if isinstance(output, Tensor):
        return [Opened("output", output)]
    return opened(output) if isinstance(output, list | tuple | dict) else []


def _is_nothing(name: str, made: list[Opened], given: Given) -> bool:
    if not made:
        return not given.written()
    if name == "data" and not given.sources:  # of a parameter
        return True
    same = name in HOUSEKEEPING and len(made) == 1 and any(one is made[0].tensor for one in given.tensors)
    return same and not given.written()


def _named(output: Any, operation: str) -> list[Opened]:
    """The outputs of a module; those of a recurrent one or of attention as torch's pages call them."""
    if isinstance(output, Tensor):
        return [Opened("output", output)]
    names = RECURRENT.get(operation)
    if names is not None and isinstance(output, tuple) and len(output) == 2:
        states = output[1] if isinstance(output[1], tuple) else (output[1],)
        return [*opened(output[0], names[0]), *map(Opened, names[1:], states)]
    if operation == "MultiheadAttention" and isinstance(output, tuple):
        return [
            one
            for part, name in zip(output, ("output", "weights"), strict=False)
            for one in opened(part, name)
        ]
    return opened(output)


def _unwrapped(tensor: Tensor) -> Tensor:
    wrapped = torch._C._functorch
    while wrapped.is_functorch_wrapped_tensor(tensor):
        tensor = wrapped.get_unwrapped(tensor)
    return tensor
