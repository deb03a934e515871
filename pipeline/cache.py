"""Recorded traces on disk, so that drawing one again needs no torch. A cache never fails: it only misses.

Key: recorder, parameters as given and as resolved (the seed is one of them), and the code version.
"""

import hashlib
import json
import os
from collections.abc import Mapping
from importlib import metadata
from pathlib import Path
from typing import Any

from engine import declared
from engine.errors import GradreelError
from engine.trace import Trace
from pipeline import kept, scratch

FOLDER_VARIABLE = "GRADREEL_CACHE"
TRACE = "trace.npz"
MEASURED_WITH = ("torch", "numpy", "scikit-learn", "pillow")


def folder() -> Path:
    """Where traces are kept: GRADREEL_CACHE, or else the user's cache folder as the system defines it."""
    chosen = os.environ.get(FOLDER_VARIABLE)
    if chosen:
        return Path(chosen).expanduser() / "traces"
    from platformdirs import user_cache_path

    return user_cache_path("gradreel", appauthor=False) / "traces"


def code_version() -> str:
    """sha256 of every source file of the engine and the versions of the libraries that compute."""
    digest = hashlib.sha256()
    engine = Path(__file__).resolve().parents[1] / "engine"
    for source in sorted(engine.rglob("*.py")):
        digest.update(source.relative_to(engine).as_posix().encode() + b"\0" + source.read_bytes())
    for name in MEASURED_WITH:
        digest.update(f"{name}=={installed_version(name)}".encode())
    return digest.hexdigest()


def installed_version(name: str) -> str | None:
    """The installed version of a distribution, read without importing it; None when it is missing."""
    try:
        return metadata.version(name)
    except metadata.PackageNotFoundError:
        return None


def path_for(recorder: str, given: Mapping[str, Any], resolved: Mapping[str, Any]) -> Path:
    """The entry (pipeline.kept) that holds, or will hold, the trace of these parameters."""
    identity = {"recorder": recorder, "given": given, "resolved": resolved, "code": code_version()}
    text = json.dumps(identity, sort_keys=True, ensure_ascii=True, default=list)
    return folder() / f"{recorder}-{hashlib.sha256(text.encode()).hexdigest()[:32]}"


def load(place: Path, recorder: str) -> Trace | None:
    """The trace kept at ``place``; None when there is none, or it is damaged, another's, or of another recorder."""
    path = kept.take(place, TRACE)
    try:
        trace = Trace.load(path) if path is not None else None
    except (GradreelError, OSError):
        return None
    fits = trace is not None and trace.recorder == recorder and declared.problem(trace) is None
    return trace if fits else None


def store(trace: Trace, place: Path) -> bool:
    """Keep the trace; False when the folder cannot be written, which costs time next time, nothing else."""
    try:
        with scratch.folder() as written:
            trace.save(written / TRACE)
            kept.put(place, {TRACE: (written / TRACE).read_bytes()})
    except (GradreelError, OSError):
        return False
    return True
