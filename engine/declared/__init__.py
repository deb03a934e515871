"""What each recorder's trace holds, declared in one place, and the check that a trace holds just that.

Recorders are run by us; traces come from anybody. ``check`` stands between a trace file and whoever draws it.
"""

import importlib
import importlib.util
import json
from collections.abc import Mapping
from typing import Any

from engine.declared.check import Sizes, Wrong, check_series, each_value, filled
from engine.declared.rule import Declaration
from engine.errors import InputError
from engine.files.given import is_file
from engine.files.named import is_named
from engine.recorders import package, resolve, signature
from engine.text.echo import echo
from engine.trace import Trace

__all__ = ["check", "declaration", "problem"]


def declaration(recorder: str) -> Declaration | None:
    """What a trace of ``recorder`` holds; None for one that declares nothing. InputError for an unknown recorder."""
    name = f"{package(recorder)}.declared"
    if importlib.util.find_spec(name) is None:
        return None
    found: Declaration = importlib.import_module(name).DECLARED
    return found


def check(trace: Trace, name: object) -> None:
    """InputError when ``trace`` is none that its recorder can have made; ``name`` is the file it came from."""
    found = problem(trace)
    if found is not None:
        raise InputError(
            f"{echo(name)} is no trace that {echo(trace.recorder)} can have recorded ({found}): record it again."
        )


def problem(trace: Trace) -> str | None:
    """What is wrong with ``trace``, as a clause; None when it holds what its recorder declares."""
    declared = declaration(trace.recorder)
    try:
        _check_params(trace)
        if declared is None:
            return None
        _check_flags(trace, declared)
        check_series(trace, declared)
        _check_echoes(trace, declared)
        if trace.nodes and not declared.nodes:
            raise Wrong("it has nodes, and its recorder records none")
    except Wrong as error:
        return str(error)
    return None


def _check_params(trace: Trace) -> None:
    """The resolved parameters are all of the recorder's, each of a value that it takes."""
    resolved, given = trace.params["resolved"], trace.params["given"]
    parameters = signature(trace.recorder)
    if set(resolved) != {one.name for one in parameters} or not set(given) <= set(resolved):
        raise Wrong("its parameters are not those of its recorder")
    if resolved["seed"] != trace.seed:
        raise Wrong("its seed is not that of its parameters")
    try:
        again = resolve(trace.recorder, _without_files(resolved))
    except InputError as error:
        raise Wrong(f"its parameters cannot be used: {str(error).rstrip('.')}") from error
    if _text(again) != _text(_without_files(resolved)):
        raise Wrong("its parameters are not those of a run")


def _without_files(resolved: Mapping[str, Any]) -> dict[str, Any]:
    """A file that the run read is nobody's business now: it is neither opened nor looked for."""
    kept = {name: value for name, value in resolved.items() if not (is_file(value) or is_named(value))}
    for name in set(resolved) - set(kept):
        if is_file(resolved[name]) and not all(isinstance(one, str) for one in resolved[name].values()):
            raise Wrong(f"its {name} is no file")
    return kept | {name: None for name in resolved if name not in kept}


def _check_echoes(trace: Trace, declared: Declaration) -> None:
    """A series that holds a parameter holds the one that the run had."""
    for name, series in declared.params.items():
        if series in trace.series and trace.series[series].values.tolist() != trace.params["resolved"][name]:
            raise Wrong(f"{series} is not the parameter {name}")


def _text(data: Any) -> str:
    """As JSON: tuples are lists, and true is not 1."""
    return json.dumps(data, sort_keys=True, default=dict)


def _check_flags(trace: Trace, declared: Declaration) -> None:
    wanted: dict[str, type] = {}
    for pattern, kind in declared.flags.items():
        if "{" not in pattern:
            wanted[pattern] = kind
            continue
        each = declared.flags_each
        assert each is not None
        if each.of not in trace.series or trace.series[each.of].values.ndim != 1:
            raise Wrong(f"{each.of} is missing")
        for value in each_value(trace, each, Sizes(), pattern):
            wanted[filled(pattern, {each.letter: value})] = kind
    if set(trace.flags) != set(wanted):
        raise Wrong("its flags are not those of its recorder")
    for name, kind in wanted.items():
        if type(trace.flags[name]) is not kind:
            raise Wrong(f"flag {name} is neither true nor false")
