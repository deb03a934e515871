"""Ways in which somebody may alter a trace: of a series, a flag, a parameter, a node. Each gives what to put there."""

import random
from collections.abc import Callable, Iterator
from typing import Any

import numpy as np

from engine import declared
from engine.errors import RunError
from engine.trace import Trace
from engine.trace.series import Node, Series

Change = Callable[[Series], Series]


def _values(one: Series, values: Any, axes: tuple[str, ...] | None = None) -> Series:
    return Series(values, one.axes if axes is None else axes, one.unit, one.source)


def _all(value: float) -> Change:
    return lambda one: _values(one, np.full_like(one.values, value))


def _text(text: str) -> Change:
    return lambda one: _values(one, np.full(one.shape, text))


def _times(factor: float) -> Change:
    return lambda one: _values(one, (one.values * factor).astype(one.values.dtype))


NUMBERS: dict[str, Change] = {
    "zeros": _all(0),
    "ones": _all(1),
    "minus ones": _all(-1),
    "huge": _all(1e300),
    "large": _all(1e12),
    "tiny": _all(1e-300),
    "halves": _all(0.5),
    "negated": _times(-1),
    "scaled up": _times(1e6),
    "scaled down": _times(1e-9),
    "backwards": lambda one: _values(one, one.values.reshape(-1)[::-1].reshape(one.shape)),
    "one huge": lambda one: _values(one, _one(one, 1e300)),
    "one up": lambda one: _values(one, one.values + 1),
}
TRUTHS: dict[str, Change] = {"turned": lambda one: _values(one, ~one.values)}
TEXTS: dict[str, Change] = {
    "empty": _text(""),
    "long": _text("가" * 60),
    "code": _text('a" #read("secret.txt") "b'),
    "word": _text("word"),
    "unseen": _text("\u202e\x1b"),
    "same": lambda one: _values(one, np.full(one.shape, str(one.values.reshape(-1)[0]))),
    "backwards": lambda one: _values(one, one.values.reshape(-1)[::-1].reshape(one.shape)),
}
FORMS: dict[str, Change] = {
    "shorter": lambda one: _values(one, one.values[:-1]),
    "one long": lambda one: _values(one, one.values[:1]),
    "none": lambda one: _values(one, one.values[:0]),
    "longer": lambda one: _values(one, np.concatenate([one.values, one.values[-1:]])),
    "one axis more": lambda one: _values(one, one.values[None], ("more", *one.axes)),
    "floats": lambda one: _values(one, np.zeros(one.shape, np.float64)),
    "whole": lambda one: _values(one, np.zeros(one.shape, np.int64)),
    "truths": lambda one: _values(one, np.zeros(one.shape, np.bool_)),
    "texts": _text("1"),
    "other names": lambda one: _values(one, one.values, tuple(f"{name}s" for name in one.axes)),
}


def _one(one: Series, value: float) -> Any:
    values = one.values.copy()
    values.reshape(-1)[0] = value
    return values


def changes_of(one: Series) -> dict[str, Change]:
    """Every alteration that makes sense for a series of this kind."""
    own = {"b": TRUTHS, "U": TEXTS}.get(one.values.dtype.kind, NUMBERS)
    return own | FORMS


def altered(one: Series, change: Change) -> Series | None:
    """The series after the change; None where that is no other series."""
    try:
        with np.errstate(all="ignore"):
            found = change(one)
    except (RunError, ValueError, OverflowError, IndexError, TypeError):
        return None
    return None if found == one else found


def replaced(trace: Trace, **fields: Any) -> Trace:
    """The trace with other fields."""
    kept = {name: getattr(trace, name) for name in ("recorder", "version", "seed", "params", "environment")}
    kept |= {name: getattr(trace, name) for name in ("series", "nodes", "flags")}
    return Trace(**(kept | fields))


def single(trace: Trace) -> Iterator[tuple[str, Trace]]:
    """Every trace that differs in one series, with what was done."""
    for name, one in trace.series.items():
        for how, change in changes_of(one).items():
            new = altered(one, change)
            if new is not None:
                yield f"{name}: {how}", replaced(trace, series={**trace.series, name: new})
        yield f"{name}: gone", replaced(trace, series={k: v for k, v in trace.series.items() if k != name})


def together(trace: Trace, how: str, share: float, seed: int) -> Trace:
    """As many series as go together changed in one way, of a random ``share`` of them; still as declared."""
    generator = random.Random(f"{how} {seed}")
    for name, one in list(trace.series.items()):
        change = changes_of(one).get(how)
        new = altered(one, change) if change and generator.random() < share else None
        if new is None:
            continue
        candidate = replaced(trace, series={**trace.series, name: new})
        if declared.problem(candidate) is None:
            trace = candidate
    return trace


def around(trace: Trace) -> Iterator[tuple[str, Trace]]:
    """Traces that differ in what is no series: parameters, flags, nodes, seed, recorder."""
    resolved = dict(trace.params["resolved"])
    for name, value in resolved.items():
        for other in (None, -1, 0, 10**6, 0.5, "x", "", [], {}, True, [1, 2], {"x": 1.0}):
            if other != value or type(other) is not type(value):
                params = {"given": {}, "resolved": {**resolved, name: other}}
                yield f"{name} = {other!r}", replaced(trace, params=params)
    for params in ({}, {**resolved, "more": 1}):
        yield "other parameters", replaced(trace, params={"given": {}, "resolved": params})
    for name, flag in trace.flags.items():
        yield f"flag {name} turned", replaced(trace, flags={**trace.flags, name: not flag})
        yield f"flag {name} a text", replaced(trace, flags={**trace.flags, name: "yes"})
        yield f"flag {name} gone", replaced(trace, flags={k: v for k, v in trace.flags.items() if k != name})
    yield "another flag", replaced(trace, flags={**trace.flags, "more": True})
    yield "another seed", replaced(trace, seed=trace.seed + 1)
    for other in ("expression", "perceptron", "vanishing", "rnn", "momentum", "convolution"):
        if other != trace.recorder:
            yield f"recorder {other}", replaced(trace, recorder=other)
    yield "a node more", replaced(trace, nodes=(*trace.nodes, Node("more", "more", "input")))
    if trace.nodes:
        yield "a node less", replaced(trace, nodes=trace.nodes[:-1])
        yield "no nodes", replaced(trace, nodes=())
        renamed = (Node("n0", 'a" #read("x") "b', "input"),)
        yield "other nodes", replaced(trace, nodes=renamed)
