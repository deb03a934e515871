"""Recorded traces on disk, so that drawing one again needs no torch. A cache never fails: it only misses.

Key: recorder, parameters as given and as resolved (the seed is one of them), and the sources that recorder imports.
"""

import hashlib
import json
import os
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from engine import declared, packages
from engine.errors import GradreelError
from engine.recorders import package
from engine.trace import Trace
from pipeline import kept
from pipeline.sources import digests, source

FOLDER_VARIABLE = "GRADREEL_CACHE"
TRACE = "trace.npz"


def folder() -> Path:
    """Where traces are kept: GRADREEL_CACHE, or else the user's cache folder as the system defines it."""
    chosen = os.environ.get(FOLDER_VARIABLE)
    if chosen:
        return Path(chosen).expanduser() / "traces"
    from platformdirs import user_cache_path

    return user_cache_path("gradreel", appauthor=False) / "traces"


def code_version(recorder: str) -> str:
    """sha256 of every source file that ``recorder`` imports, and the versions of the libraries that compute."""
    identity = {"sources": _sources(recorder), "packages": packages.versions(packages.COMPUTING)}
    return hashlib.sha256(_text(identity).encode()).hexdigest()


@cache
def _sources(recorder: str) -> dict[str, str]:
    own = (f"{package(recorder)}.{module}" for module in ("recorder", "declared"))
    return digests(tuple(module for module in own if source(module).is_file()))


def path_for(recorder: str, given: Mapping[str, Any], resolved: Mapping[str, Any]) -> Path:
    """The entry (pipeline.kept) that holds, or will hold, the trace of these parameters."""
    identity = {"recorder": recorder, "given": given, "resolved": resolved, "code": code_version(recorder)}
    text = _text(identity)
    return folder() / f"{recorder}-{hashlib.sha256(text.encode()).hexdigest()[:32]}"


def _text(data: Mapping[str, Any]) -> str:
    """``data`` as JSON, the same for equal data: tuples are lists, keys are in order."""
    return json.dumps(data, sort_keys=True, ensure_ascii=True, default=_plain)


def _plain(data: Any) -> Any:
    return dict(data) if isinstance(data, Mapping) else list(data)


def load(place: Path, recorder: str, given: Mapping[str, Any], resolved: Mapping[str, Any]) -> Trace | None:
    """The trace of ``path_for``'s parameters kept at ``place``; None when there is none, or it is damaged or another's.

    A trace says itself what it is of, whatever is said of it beside it.
    """
    path = kept.take(place, TRACE)
    try:
        trace = Trace.load(path) if path is not None else None
    except (GradreelError, OSError):
        return None
    if trace is None or trace.recorder != recorder or declared.problem(trace) is not None:
        return None
    same = _text(trace.params["resolved"]) == _text(resolved) and set(trace.params["given"]) == set(given)
    return trace if same else None


def store(trace: Trace, place: Path) -> bool:
    """Keep the trace; False when the folder cannot be written, which costs time next time, nothing else."""
    try:
        kept.put(place, {TRACE: trace.save})
    except (GradreelError, OSError):
        return False
    return True
