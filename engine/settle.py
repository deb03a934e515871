"""Parameters whose default depends on other parameters: None becomes what will really run."""

from collections.abc import Callable
from typing import Any

from engine.errors import InputError
from engine.number_file import check_numbers, read_column
from engine.parameters import DEFAULT_EXPRESSION, DEFAULT_SEQUENCE


def _net(resolved: dict[str, Any]) -> dict[str, Any]:
    """The network goes with the default formula; a user's own formula stands alone unless they ask for it."""
    net = resolved["net"]
    return resolved | {"net": resolved["expression"] == DEFAULT_EXPRESSION if net is None else net}


def _series(resolved: dict[str, Any]) -> dict[str, Any]:
    """A CSV file becomes its numbers, {name: numbers}: the run stays repeatable when the file has changed or gone."""
    series, sequence, column = (resolved[name] for name in ("series", "sequence", "column"))
    if series is None:
        if column:
            raise InputError("column is given without series: give --series FILE.csv too, or leave it out.")
        return resolved | {"sequence": DEFAULT_SEQUENCE if sequence is None else sequence}
    if sequence is not None:
        raise InputError(
            "Both sequence and series are given: the net learns one of them, leave the other out."
        )
    if isinstance(series, str):
        series = dict([read_column(series, column)])
    if len(series) != 1:
        raise InputError(f"series has {len(series)} columns: give exactly one.")
    ((name, numbers),) = series.items()
    check_numbers(name, numbers)
    return resolved | {"series": series}


SETTLE: dict[str, Callable[[dict[str, Any]], dict[str, Any]]] = {"backpropagation": _net, "rnn": _series}


def settle(recorder: str, resolved: dict[str, Any]) -> dict[str, Any]:
    """``resolved`` with every open default of ``recorder`` decided, so that the cache and the scenes see one value."""
    return SETTLE[recorder](resolved) if recorder in SETTLE else resolved
