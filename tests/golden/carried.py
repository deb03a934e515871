"""The recorded traces that references are drawn from: small files, so that no processor and no version moves a picture.

A file holds everything of a film's default trace but its large series (photographs, surfaces), which no training
touches: those are recorded where the test runs. Rounding of 10⁻¹¹ makes the files small and is seen nowhere.
"""

from __future__ import annotations

import json
import lzma
import math
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np

from engine.trace import Series, Trace
from engine.trace.header import node_rows, nodes_of
from tests.shared import recorded

FOLDER = Path(__file__).parent / "traces"
LARGE = 10_000  # numbers; a series of more is not carried
DIGITS = 11  # significant; the films show ten at most


def place(recorder: str, folder: Path = FOLDER) -> Path:
    """Where a recorder's trace lies."""
    return folder / f"{recorder}.json.xz"


def trace_of(recorder: str, folder: Path = FOLDER) -> Trace:
    """The carried trace, its large series recorded now."""
    told = json.loads(lzma.decompress(place(recorder, folder).read_bytes()))
    live = recorded(recorder).series if told["large"] else {}
    carried = {name: _series(one) for name, one in told["series"].items()}
    return Trace(
        recorder=recorder,
        version=told["version"],
        seed=told["seed"],
        params=told["params"],
        environment=told["environment"],
        series=carried | {name: live[name] for name in told["large"]},
        nodes=nodes_of(told["nodes"]),
        flags=told["flags"],
    )


def carry(trace: Trace, folder: Path = FOLDER) -> Path:
    """Store a trace."""
    small = {name: one for name, one in trace.series.items() if one.values.size <= LARGE}
    told = {
        "version": trace.version,
        "seed": trace.seed,
        "params": trace.params,
        "environment": trace.environment,
        "flags": dict(trace.flags),
        "nodes": node_rows(trace.nodes),
        "series": {name: _told(one) for name, one in small.items()},
        "large": [name for name in trace.series if name not in small],
    }
    path = place(trace.recorder, folder)
    path.parent.mkdir(parents=True, exist_ok=True)
    text = json.dumps(told, ensure_ascii=False, separators=(",", ":"), default=dict)
    path.write_bytes(lzma.compress(text.encode(), preset=9 | lzma.PRESET_EXTREME))
    return path


def unlike(carried: Trace, fresh: Trace) -> list[str]:
    """What of a recorder changed since its trace was stored: parameters, and each series' place in the trace."""
    wrong = [] if carried.params == fresh.params else ["params"]
    wrong += sorted(set(carried.series) ^ set(fresh.series))
    for name in set(carried.series) & set(fresh.series):
        one, other = carried[name], fresh[name]
        if (one.axes, one.unit, one.values.dtype.kind) != (other.axes, other.unit, other.values.dtype.kind):
            wrong.append(name)
    return wrong


def _told(one: Series) -> dict[str, Any]:
    flat = one.values.ravel().tolist()
    if one.values.dtype.kind == "f":
        flat = [_rounded(number) for number in flat]
    kind = "U" if one.values.dtype.kind == "U" else one.values.dtype.str
    return {
        "kind": kind,
        "shape": one.shape,
        "axes": one.axes,
        "unit": one.unit,
        "source": one.source,
        "values": flat,
    }


def _rounded(number: float) -> float | int:
    """The nearest number of so many digits; a whole one without its point."""
    short = float(f"{number:.{DIGITS}g}")
    return int(short) if short == math.floor(short) and abs(short) < 1e9 and str(short) != "-0.0" else short


def _series(one: Mapping[str, Any]) -> Series:
    values = np.array(one["values"], dtype=one["kind"]).reshape(one["shape"])
    return Series(values, tuple(one["axes"]), one["unit"], one["source"])
