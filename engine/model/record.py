"""Recorder of a user's own model: one run of it, forward and, where there is a loss, backward.

Series (axes): see docs/trace.md, "own model".
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from engine import __version__
from engine.errors import GradreelError, InputError, nearest
from engine.model.failing import ModelFailed, sentence
from engine.text.echo import echo
from engine.trace import Trace
from engine.trace.recording import environment

if TYPE_CHECKING:
    from torch import nn

    from engine.model.calls import Log
    from engine.model.losses import Loss
    from engine.model.opening import Opened
    from engine.model.series import Outcome
    from engine.model.watching import Watch

RECORDER = "model"
NUMBERS_SHARE = 0.9  # of the budget; the rest is for names and statistics
PARTS_MAX = 3400  # tensors whose numbers are kept; a trace file has 4,000 parts


def record(
    model: nn.Module,
    *inputs: Any,
    target: Any = None,
    loss: str | Callable[..., Any] | None = None,
    budget_mb: float = 50.0,
    focus: Sequence[str] = (),
    seed: int = 0,
    **keywords: Any,
) -> Trace:
    """Run ``model(*inputs, **keywords)`` once and record it; the model is left exactly as it was.

    loss: "cross_entropy", "mse", "bce" or "l1" of the output and ``target``, or a function of (output, target), or of
    (output) without a target; without one an output called loss, or the only scalar output. Without any of these there
    is no backward pass, and ``loss/reason`` says why.  budget_mb: for the numbers that are kept.  focus: names of
    modules whose numbers are kept before others.  seed: of dropout and everything else that is random.

    Raises InputError for what cannot be recorded; ModelFailed, with the part that was recorded as ``.trace`` and the
    model's own exception as ``__cause__``, when the forward pass, the loss or the backward pass raises.
    """
    from engine.model import refusing
    from engine.model.budget import Keeper
    from engine.model.calls import Log
    from engine.model.leaving import as_it_was
    from engine.model.losses import check
    from engine.model.opening import opened, usable
    from engine.model.watching import watching

    inputs, keywords, target = usable(inputs), usable(keywords), usable(target)
    given = _named_inputs(model, inputs, keywords)
    refusing.check(model, given, budget_mb, focus)
    if loss is None and target is not None:
        if not _takes_target(model):
            raise InputError("target is given and no loss: give loss=…, too, such as loss='cross_entropy'.")
        keywords, target, given = {**keywords, "target": target}, None, [*given, *opened(target, "target")]
    check(loss, target)
    model = _settled(model)
    keeper = Keeper(budget_mb * 1e6 * NUMBERS_SHARE, PARTS_MAX)
    handed = [*given, *opened(target, "target")]
    log = Log(model, keeper, focus)
    _check_focus(log, focus)
    with as_it_was(model, [one.tensor for one in handed], log.touched, seed):
        run = _Run(model, log, seed, {"loss": _loss_name(loss), "budget_mb": budget_mb, "focus": list(focus)})
        for one in given:
            log.input(one)
        with watching(log) as watch:
            run.watch = watch
            found = run.forward(inputs, keywords, loss, target)
        return run.backward(found)


class _Run:
    """One recording under way: what its steps share."""

    def __init__(self, model: nn.Module, log: Log, seed: int, resolved: dict[str, Any]) -> None:
        self.model, self.log, self.seed, self.resolved = model, log, seed, resolved
        self.training = model.training
        self.watch: Watch | None = None

    def forward(
        self,
        inputs: Sequence[Any],
        keywords: dict[str, Any],
        loss: str | Callable[..., Any] | None,
        target: Any,
    ) -> Loss:
        """Run the model and its loss."""
        import torch

        from engine.model import losses
        from engine.model.opening import Opened, opened

        log = self.log
        try:
            output = self.model(*inputs, **keywords)
            unseen = torch._C.DisableTorchFunction
            with unseen():
                outputs = [Opened(one.name or "output", one.tensor, one.packed) for one in opened(output)]
                for one in outputs:
                    log.output(one)
                log.stage = "loss"
            if loss is None:
                with unseen():
                    return losses.given_back(outputs)
            if isinstance(loss, str):
                with unseen():
                    function, compared, wanted = losses.prepared(loss, outputs, target)
                    log.input(Opened("target", wanted))
                return losses.Loss(function(compared, wanted), loss)
            with unseen():
                for one in opened(target, "target"):
                    log.input(one)
            return losses.own(loss, output, target)
        except GradreelError:
            raise
        except Exception as error:
            raise self._failed(error) from error
        finally:
            log.stage = "forward"

    def backward(self, found: Loss) -> Trace:
        """Gradients of the loss, where there is one, and the whole trace."""
        from engine.model.backward import gradients
        from engine.model.series import Outcome
        from engine.model.weights import parameter_rows

        log = self.log
        try:
            if found.tensor is None:
                outcome = Outcome(self.training, loss_reason=found.reason)
                return self._trace(parameter_rows(log, {}), outcome)
            row = log.source(found.tensor)
            value = float(found.tensor.detach())
            about = (self.training, -1 if row is None else row, value, found.name)
            if not found.tensor.requires_grad:
                reason = "Nothing that the loss depends on has a gradient."
                return self._trace(parameter_rows(log, {}), Outcome(*about, loss_reason=reason))
            log.listening = True
            try:
                reached = gradients(found.tensor.reshape(()), log.parameter_objects)
            except Exception as error:
                said = sentence("backward", "", None, (), error)
                outcome = Outcome(*about, failure=said)
                raise ModelFailed(said, self._trace(parameter_rows(log, {}), outcome)) from error
            log.leaf_gradients(reached)
            return self._trace(parameter_rows(log, reached), Outcome(*about, backward=True))
        finally:
            log.unhook()

    def _failed(self, error: Exception) -> ModelFailed:
        """What is said, and the part that was recorded."""
        import torch

        from engine.model.series import Outcome
        from engine.model.weights import parameter_rows

        log = self.log
        failure = self.watch.failure if self.watch is not None else None
        with torch._C.DisableTorchFunction():
            if failure is not None and failure.error is error:
                said = sentence(log.stage, failure.name, failure.module, failure.shapes, error)
                outcome = Outcome(
                    self.training, failure=said, failed_node=failure.node, failed_call=failure.call
                )
            else:
                said = sentence(log.stage, "", None, (), error)
                outcome = Outcome(self.training, failure=said)
            trace = self._trace(parameter_rows(log, {}), outcome)
            log.unhook()
        return ModelFailed(said, trace)

    def _trace(self, parameters: Sequence[Any], outcome: Outcome) -> Trace:
        from engine.model.series import recording
        from engine.model.tree import held

        made = recording(self.log, parameters, outcome)
        device = next((str(one.device) for one in held(self.model)), "cpu")
        return Trace(
            recorder=RECORDER,
            version=__version__,
            seed=self.seed,
            params={"given": {}, "resolved": {**self.resolved, "seed": self.seed}},
            environment={**_environment(), "device": device},
            series=made.series,
            nodes=made.nodes,
            flags=made.flags,
        )


@functools.cache  # versions are read from files
def _environment() -> dict[str, str]:
    return environment()


def _settled(model: nn.Module) -> nn.Module:
    """The module under torch.compile; of a lazy one a copy, because its first run makes another module of it."""
    import copy

    from engine.model.tree import held, uncompiled, unsettled

    model = uncompiled(model)
    if any(map(unsettled, held(model))):
        return copy.deepcopy(model)
    return model


def _named_inputs(model: Any, inputs: Sequence[Any], keywords: dict[str, Any]) -> list[Opened]:
    """The tensors that are handed in, named as the model's forward names its arguments."""
    import inspect

    from engine.model.opening import opened

    try:
        signature = inspect.signature(_forward(model))
        bound = signature.bind_partial(*inputs, **keywords)
    except (TypeError, ValueError):  # no signature, or arguments that do not fit: the call itself will say so
        named: dict[str, Any] = {f"input{place + 1}": one for place, one in enumerate(inputs)} | keywords
        return [one for name, value in named.items() for one in opened(value, name)]
    found: list[Opened] = []
    for name, value in bound.arguments.items():
        if signature.parameters[name].kind is inspect.Parameter.VAR_KEYWORD:
            found += [one for key, part in value.items() for one in opened(part, key)]
        else:
            found += opened(value, name)
    return found


def _forward(model: Any) -> Callable[..., Any]:
    from torch import nn

    from engine.model.tree import uncompiled

    found: Callable[..., Any] = (uncompiled(model) if isinstance(model, nn.Module) else model).forward
    return found


def _takes_target(model: nn.Module) -> bool:
    import inspect

    try:
        return "target" in inspect.signature(_forward(model)).parameters
    except (TypeError, ValueError):
        return False


def _loss_name(loss: str | Callable[..., Any] | None) -> str:
    if loss is None or isinstance(loss, str):
        return loss or ""
    return echo(getattr(loss, "__name__", type(loss).__name__))


def _check_focus(log: Log, focus: Sequence[str]) -> None:
    names = [one.name for one in log.tree.places]
    for one in focus:
        if one not in names:
            raise InputError(f"The model has no module {echo(one)}. {nearest(one, filter(None, names))}")
