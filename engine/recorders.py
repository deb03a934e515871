"""The recorders by name. This list is the only registration."""

import importlib
from collections.abc import Callable, Mapping
from typing import Any

from engine import signature as _signature
from engine.echo import echo
from engine.errors import InputError, nearest
from engine.progress import Progress, listening
from engine.signature import Parameter
from engine.trace import Trace

__all__ = ["RECORDERS", "Parameter", "resolve", "run", "signature"]

RECORDERS = {
    "expression": "engine.expression",
    "perceptron": "engine.perceptron",
    "backpropagation": "engine.backpropagation",
    "vanishing": "engine.vanishing",
    "rnn": "engine.rnn",
    "momentum": "engine.momentum",
    "convolution": "engine.convolution",
}


def signature(name: str) -> tuple[Parameter, ...]:
    """The parameters of recorder ``name``, in order. Loads no torch. InputError for an unknown recorder."""
    return _signature.parameters_of(_record(name))


def resolve(name: str, given: Mapping[str, Any]) -> dict[str, Any]:
    """Every parameter of recorder ``name`` with its checked value; InputError says what is wrong."""
    return _signature.resolve(name, signature(name), given)


def run(name: str, given: Mapping[str, Any], progress: Progress | None = None) -> Trace:
    """Record ``name`` with the parameters ``given``; ``progress(done, total)`` hears how far it is."""
    with listening(progress):
        return _record(name)(**given)


def _record(name: str) -> Callable[..., Trace]:
    if name not in RECORDERS:
        raise InputError(f"There is no recorder {echo(name)}. {nearest(name, RECORDERS)}")
    record: Callable[..., Trace] = importlib.import_module(RECORDERS[name]).record
    return record
