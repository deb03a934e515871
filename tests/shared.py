"""What all tests of a run share, whichever worker they run in: made once, then read from a folder."""

import hashlib
import os
import pickle
import shutil
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from engine import recorders
from engine.trace import Trace

VARIABLE = "GRADREEL_TESTS_SHARED"  # the folder, for the workers of one run
PATIENCE_S = 300.0  # so long one waits for what another worker is making before making it oneself
OPENED = pytest.StashKey[str]()
_KNOWN: dict[str, Any] = {}


def recorded(recorder: str, **given: Any) -> Trace:
    """The recorder's trace for these parameters, made once."""
    found: Trace = once(f"{recorder} {sorted(given.items())}", lambda: recorders.run(recorder, given))
    return found


def once(key: str, make: Callable[[], Any]) -> Any:
    """What `make` gives, which is made by one worker only."""
    if key not in _KNOWN:
        folder = os.environ.get(VARIABLE)
        _KNOWN[key] = _in_turn(_place(folder, key), make) if folder else make()
    return _KNOWN[key]


def known(key: str, made: Any) -> None:
    """Others need not make this any more."""
    if key not in _KNOWN:
        _KNOWN[key] = made
        folder = os.environ.get(VARIABLE)
        if folder:
            _write(_place(folder, key), made)


def _place(folder: str, key: str) -> Path:
    return Path(folder) / hashlib.sha256(key.encode()).hexdigest()


def _in_turn(path: Path, make: Callable[[], Any]) -> Any:
    """What lies at `path`; whoever finds nothing there makes it, and the others wait."""
    lock = path.with_suffix(".making")
    waits_until = time.monotonic() + PATIENCE_S
    while not path.is_file():
        try:
            lock.mkdir()
        except FileExistsError:
            if time.monotonic() > waits_until:
                return make()
            time.sleep(0.05)
            continue
        try:
            if not path.is_file():
                made = make()
                _write(path, made)
                return made
        finally:
            lock.rmdir()
    return pickle.loads(path.read_bytes())


def _write(path: Path, made: Any) -> None:
    part = path.with_suffix(f".{os.getpid()}")
    part.write_bytes(pickle.dumps(made))
    part.replace(path)


def open_folder(config: pytest.Config) -> None:
    """Before the workers start. Tests of one process need no folder, nor does a run inside a test."""
    if (
        not hasattr(config, "workerinput")
        and config.getoption("numprocesses", None)
        and VARIABLE not in os.environ
    ):
        config.stash[OPENED] = os.environ[VARIABLE] = tempfile.mkdtemp(prefix="gradreel-tests-")


def close_folder(config: pytest.Config) -> None:
    """After the last test, by whoever opened it."""
    folder = config.stash.get(OPENED, None)
    if folder:
        os.environ.pop(VARIABLE, None)
        shutil.rmtree(folder, ignore_errors=True)
