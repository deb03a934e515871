"""The recorders by name. This list is the only registration: a recorder, its parameters and what its traces hold
stand in one package, as ``recorder``, ``parameters`` and ``declared``."""

import importlib
from collections.abc import Mapping
from typing import Any

from engine.errors import InputError, nearest
from engine.text.echo import echo
from engine.trace import Trace
from engine.trace.progress import Progress, listening
from engine.trace.recording import Recorder
from engine.trace.signature import Parameter

__all__ = ["RECORDERS", "Parameter", "package", "resolve", "run", "signature", "unrepeatable"]

RECORDERS = {
    "expression": "engine.formula",
    "perceptron": "engine.forward",
    "backpropagation": "engine.backward",
    "vanishing": "engine.vanishing",
    "rnn": "engine.rnn",
    "momentum": "engine.momentum",
    "convolution": "engine.convolution",
    "pooling": "engine.pooling",
    "model": "engine.model",
}


def package(name: str) -> str:
    """The package of recorder ``name``; InputError for an unknown one."""
    if name not in RECORDERS:
        raise InputError(f"There is no recorder {echo(name)}. {nearest(echo(name), RECORDERS)}")
    return RECORDERS[name]


def signature(name: str) -> tuple[Parameter, ...]:
    """The parameters of recorder ``name``, in order. Loads no torch. InputError for an unknown recorder."""
    return _recorder(name).parameters


def resolve(name: str, given: Mapping[str, Any]) -> dict[str, Any]:
    """Every parameter of recorder ``name`` with its checked value; InputError says what is wrong."""
    return _recorder(name).resolve(given)


def unrepeatable(name: str, resolved: Mapping[str, Any]) -> str | None:
    """Why a run of recorder ``name`` with these resolved parameters cannot be made again; None where it can."""
    if name != "model":
        return None
    from engine.model.given import unrepeatable as why

    return why(resolved)


def run(name: str, given: Mapping[str, Any], progress: Progress | None = None) -> Trace:
    """Record ``name`` with the parameters ``given``; ``progress(done, total)`` hears how far it is."""
    with listening(progress):
        return _recorder(name)(**given)


def _recorder(name: str) -> Recorder[...]:
    found: Recorder[...] = importlib.import_module(f"{package(name)}.recorder").record
    return found
