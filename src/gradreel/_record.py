"""``record``: a run of a model of the user's own, in this process, or of a scene, in another one."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, overload

from gradreel._asking import ask, folder
from gradreel._errors import InputError
from gradreel._own import own

if TYPE_CHECKING:
    from torch import nn

    from gradreel._traces import Trace


@overload
def record(scene: str, /, **parameters: Any) -> Trace: ...


@overload
def record(
    model: nn.Module,
    /,
    *inputs: Any,
    target: Any = None,
    loss: str | Callable[..., Any] | None = None,
    budget_mb: float = 50.0,
    focus: Sequence[str] = (),
    seed: int = 0,
    **keywords: Any,
) -> Trace: ...


def record(what: Any, /, *inputs: Any, **options: Any) -> Trace:
    """Record a run, and give its Trace.

    ``record(model, x, target=y, loss=criterion)`` runs your nn.Module once, forward and, where there is a loss,
    backward; the model is left exactly as it was. loss: "cross_entropy", "mse", "bce", "l1", or a function of (output,
    target). budget_mb: for the numbers that are kept; focus: names of modules whose numbers are kept before others;
    seed: of everything random. Raises ModelFailed, with the part that was recorded as ``.trace``, when the model does.

    ``record("momentum", formula="(x-1)**2 + 9*y**2", start=(3, 1))`` runs what a scene shows, with any of its
    parameters (``scenes()`` lists them), in a process of its own.

    Raises InputError for what cannot be recorded, RunError for a run that goes wrong.
    """
    if isinstance(what, str):
        if inputs:
            name = own("engine.text.echo").echo(what)
            raise InputError(f"Parameters of {name} have names: write for example record({name!r}, seed=1).")
        return _of_scene(what, options)
    from gradreel import _traces  # noqa: F401 - ModelFailed has its public name before it is raised

    found: Trace = own("engine.model.record").record(what, *inputs, **options)
    return found


def _of_scene(scene: str, parameters: Mapping[str, Any]) -> Trace:
    from gradreel._traces import Trace

    given = {name: _plain(name, value) for name, value in parameters.items()}
    with folder() as place:
        file = place / "trace.npz"
        ask("trace", of=scene, given=given, output=str(file))
        return Trace.load(file)


def _plain(name: str, value: Any) -> Any:
    """``value`` as JSON has it, to be sent to another process; arrays and tensors are the numbers in them."""
    if value is None or isinstance(value, bool | int | float | str):
        return value
    if isinstance(value, os.PathLike):
        return os.fsdecode(value)
    if isinstance(value, Mapping):
        return {str(key): _plain(name, one) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(name, one) for one in value]
    if callable(getattr(value, "tolist", None)):
        return _plain(name, value.tolist())
    raise InputError(
        f"{name} has type {type(value).__name__}: give numbers, text, or lists and names of these."
    )
