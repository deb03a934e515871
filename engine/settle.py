"""Parameters whose default depends on other parameters: None becomes what will really run."""

from collections.abc import Callable
from typing import Any

from engine.parameters import DEFAULT_EXPRESSION


def _net(resolved: dict[str, Any]) -> dict[str, Any]:
    """The network goes with the default formula; a user's own formula stands alone unless they ask for it."""
    net = resolved["net"]
    return resolved | {"net": resolved["expression"] == DEFAULT_EXPRESSION if net is None else net}


SETTLE: dict[str, Callable[[dict[str, Any]], dict[str, Any]]] = {"backpropagation": _net}


def settle(recorder: str, resolved: dict[str, Any]) -> dict[str, Any]:
    """``resolved`` with every open default of ``recorder`` decided, so that the cache and the scenes see one value."""
    return SETTLE[recorder](resolved) if recorder in SETTLE else resolved
