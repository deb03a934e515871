"""Folders for unfinished work that say whose they are: a file in each is locked for as long as its process lives.

However a process ends, the system takes its locks away, and a process with the same number gets none of them. So a
folder whose lock is free was left by a dead process; whoever works there next sweeps it away.
"""

import os
import re
import secrets
import shutil
import stat
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl

NAME = re.compile(r"\.?gradreel-[0-9a-f]{8}")
LOCK = "lock"
PATIENCE_S = 10.0  # a switch takes milliseconds; one that takes longer is stuck
TRIES = 20  # a name is lost only when somebody sweeps in the very moment in which it is claimed


class Claim:
    """A new, private folder in ``parent``, ours until it is released. Raises OSError when it cannot be made."""

    def __init__(self, parent: Path, *, hidden: bool) -> None:
        for _ in range(TRIES):
            self.path = parent / f"{'.' if hidden else ''}gradreel-{secrets.token_hex(4)}"
            os.mkdir(self.path, 0o700)
            if self._lock():
                return
        raise FileNotFoundError(f"{parent} is swept all the time")

    def _lock(self) -> bool:
        """Whether the folder is ours now; False when a sweeper was faster."""
        try:
            self._descriptor = os.open(self.path / LOCK, os.O_RDWR | os.O_CREAT, 0o600)
        except FileNotFoundError:
            return False
        except BaseException:
            os.rmdir(self.path)
            raise
        try:
            if _locked(self._descriptor) and (self.path / LOCK).exists():
                return True
        except OSError:  # a disk without locks: then nobody sweeps there either
            return True
        os.close(self._descriptor)
        return False

    def release(self) -> None:
        """Remove the folder with all that is in it."""
        _empty(self.path)
        if self._descriptor >= 0:
            os.close(self._descriptor)  # Windows removes no file that is open
            self._descriptor = -1
        shutil.rmtree(self.path, ignore_errors=True)


def sweep(parent: Path, finish: Callable[[Path], None] | None = None) -> None:
    """Remove the folders that dead processes left in ``parent``; first ``finish`` whatever they had begun.

    Those of living processes and of other people are left alone. Never raises OSError.
    """
    for folder in _found(parent):
        try:
            descriptor = os.open(folder / LOCK, os.O_RDWR | getattr(os, "O_NOFOLLOW", 0))
        except FileNotFoundError:
            _remove_empty(folder)
            continue
        except OSError:
            continue
        try:
            if not _locked(descriptor):
                continue
            if finish is not None:
                finish(folder)
            _empty(folder)
        except OSError:
            continue  # no locks on this disk, so nobody can say who is alive; or it cannot be finished today
        finally:
            os.close(descriptor)
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def alone(folder: Path) -> Iterator[None]:
    """Nobody else's switch in ``folder`` is under way meanwhile, where the system can say so; waits for it briefly."""
    try:
        descriptor = os.open(folder, os.O_RDONLY)
    except OSError:  # Windows opens no folders
        yield
        return
    try:
        end_s = time.monotonic() + PATIENCE_S
        while not _alone_now(descriptor) and time.monotonic() < end_s:
            time.sleep(0.02)
        yield
    finally:
        os.close(descriptor)


def _alone_now(descriptor: int) -> bool:
    try:
        return _locked(descriptor)
    except OSError:  # a disk without locks
        return True


def _found(parent: Path) -> list[Path]:
    try:
        with os.scandir(parent) as entries:
            return [Path(one.path) for one in entries if NAME.fullmatch(one.name) and _ours(one)]
    except OSError:
        return []


def _ours(entry: os.DirEntry[str]) -> bool:
    try:
        about = entry.stat(follow_symlinks=False)
    except OSError:
        return False
    return stat.S_ISDIR(about.st_mode) and (not hasattr(os, "geteuid") or about.st_uid == os.geteuid())


def _locked(descriptor: int) -> bool:
    """Whether the lock could be had at once; OSError where there are no locks."""
    try:
        if sys.platform == "win32":
            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
        else:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except (BlockingIOError, PermissionError):
        return False
    return True


def _empty(folder: Path) -> None:
    """Remove all but the lock, which goes last: killed in between, the rest is still known to be left over."""
    try:
        with os.scandir(folder) as entries:
            inside = [entry for entry in entries if entry.name != LOCK]
    except OSError:
        return
    for entry in inside:
        if entry.is_dir(follow_symlinks=False):
            shutil.rmtree(entry.path, ignore_errors=True)
        else:
            with suppress(OSError):
                os.unlink(entry.path)


def _remove_empty(folder: Path) -> None:
    """A process died before it could lock it, or is just about to and will take another name."""
    with suppress(OSError):
        os.rmdir(folder)
