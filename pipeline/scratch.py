"""The one temporary folder of a run: everything temporary lies in it, whoever makes it, and it goes with the run.

It is claimed (engine.files.claims), so that the next run removes what a killed one left.
"""

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from multiprocessing.util import Finalize
from pathlib import Path

from engine.errors import RunError
from engine.files.claims import Claim
from engine.files.stopping import held
from pipeline.outputs import sweep_temporary, write_sentence

VARIABLE = "GRADREEL_SCRATCH"  # tells the processes of a pool whose folder they share
ELSEWHERE = "set TMPDIR to a folder with more room"


@contextmanager
def folder() -> Iterator[Path]:
    """An empty folder that is there until the context ends. RunError, with what to do, when none can be made."""
    place = new()
    try:
        yield place
    finally:
        remove(place)


def new() -> Path:
    """An empty folder that is there until the run ends, or until ``remove``. RunError as ``folder``."""
    with telling():
        return Path(tempfile.mkdtemp(prefix="", dir=root()))


def remove(place: Path) -> None:
    """Remove a folder with all that is in it; what cannot be removed goes with the run."""
    shutil.rmtree(place, ignore_errors=True)


@contextmanager
def telling() -> Iterator[None]:
    """What the system refuses inside is a RunError that says how to have temporary files elsewhere."""
    try:
        yield
    except OSError as error:
        raise RunError(write_sentence(_parent(), error, ELSEWHERE)) from error


def _parent() -> Path:
    """The folder for temporary files that the user has or chose."""
    try:
        return root().parent
    except OSError:
        return Path(os.environ.get("TMPDIR") or "/tmp")


@cache
def root() -> Path:
    """The run's own folder; in a process of its pool, that of the process that runs the pool. Raises OSError."""
    shared = os.environ.get(VARIABLE)
    if shared is not None and os.path.isdir(shared):
        return Path(shared)
    parent = Path(tempfile.gettempdir())
    sweep_temporary()
    with held():
        claim = Claim(parent, hidden=False)
        # After multiprocessing's own folder, which lies in it and goes at -100.
        Finalize(None, claim.release, exitpriority=-200)
    return claim.path


@contextmanager
def shared() -> Iterator[None]:
    """Processes started meanwhile, and the libraries here, make their temporary files in this run's folder."""
    before = os.environ.get("TMPDIR"), os.environ.get(VARIABLE), tempfile.tempdir
    with telling():
        place = str(root())
    os.environ["TMPDIR"] = os.environ[VARIABLE] = tempfile.tempdir = place
    try:
        yield
    finally:
        for name, value in zip(("TMPDIR", VARIABLE), before[:2], strict=True):
            if value is None:
                os.environ.pop(name, None)
            else:
                os.environ[name] = value
        tempfile.tempdir = before[2]
