"""Traces and what they are made of, as the engine has them. Loads numpy. Typed in _traces.pyi."""

from gradreel import _errors  # noqa: F401 - whichever comes first, errors have the name of this package
from gradreel._own.engine.model.failing import ModelFailed
from gradreel._own.engine.trace import Node, Series, Trace

for _one in (ModelFailed, Node, Series, Trace):
    _one.__module__ = "gradreel"

__all__ = ["ModelFailed", "Node", "Series", "Trace"]
