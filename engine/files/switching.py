"""Puts finished files and folders in their places, all of them or none, also when the process is killed in between.

Before the first one moves, a journal beside them says which go where. Whoever works in that folder next and finds a
journal of a dead process moves the rest (``finish``): the result of the dead process was complete.
"""

import errno
import json
import os
import stat
import sys
from collections.abc import Callable, Sequence
from functools import cache
from pathlib import Path
from typing import Any

JOURNAL = "journal.json"
JOURNAL_MAX_BYTES = 1_000_000
AT_FDCWD, RENAME_EXCHANGE = -100, 2  # from Linux' fcntl.h and fs.h
RENAME_SWAP = 2  # from macOS' stdio.h
UNABLE = (errno.EINVAL, errno.ENOSYS, errno.ENOTSUP, errno.EPERM, errno.EXDEV)

Move = tuple[Path, Path]  # from the claimed folder, to the place


def switch(claimed: Path, moves: Sequence[Move]) -> None:
    """Move each ``(new, place)``; ``new`` lies in ``claimed``, ``place`` beside it.

    What is moved has been brought ``to_disk``. What stood at the places is in ``claimed`` afterwards.
    Raises OSError, and then everything is as it was.
    """
    if len(moves) == 1 and not moves[0][0].is_dir():
        os.replace(*moves[0])  # one step by itself
        return
    journal = claimed / JOURNAL
    _write(journal, [_entry(*move) for move in moves])
    done: list[Move] = []
    try:
        for move in moves:
            put(*move)
            done.append(move)
    except BaseException:
        journal.unlink(missing_ok=True)
        for move in reversed(done):
            _undo(*move)
        raise


def finish(claimed: Path) -> None:
    """Move what a dead process had written down in ``claimed`` and not moved. Raises OSError as ``switch``."""
    for name, target, identity in _read(claimed / JOURNAL):
        new, place = claimed / name, claimed.parent / target
        # Only the very file that the dead process wrote is moved: a folder that came by mail moves nothing.
        if _identity(new) == identity and _may_go(new, place):
            put(new, place)


def put(new: Path, place: Path) -> None:
    """Move ``new`` to ``place``; what stood there is at ``new`` then. One step where the system can do that."""
    if not os.path.lexists(place):
        os.rename(new, place)
        return
    try:
        _exchange()(os.fsencode(new), os.fsencode(place))
    except OSError as error:
        if error.errno not in UNABLE:
            raise
        _put_by_steps(new, place)


def _put_by_steps(new: Path, place: Path) -> None:
    aside = new.with_name(f"{new.name}.old")
    try:
        os.link(place, aside, follow_symlinks=False)
    except (OSError, NotImplementedError):  # a folder, or a disk that has no links
        os.rename(place, aside)
    try:
        os.replace(new, place)
    except BaseException:
        os.replace(aside, place)
        raise
    os.rename(aside, new)


def _undo(new: Path, place: Path) -> None:
    if os.path.lexists(new):
        put(new, place)
    else:
        os.rename(place, new)


@cache
def _exchange() -> Callable[[bytes, bytes], None]:
    """The system's way to exchange two names; a function that raises OSError(ENOSYS) where there is none."""
    import ctypes  # loaded only when something is replaced

    before: tuple[int, ...]
    between: tuple[int, ...]
    library: Any = None if sys.platform == "win32" else ctypes.CDLL(None, use_errno=True)
    if hasattr(library, "renameat2"):
        call, before, between, last = library.renameat2, (AT_FDCWD,), (AT_FDCWD,), RENAME_EXCHANGE
    elif hasattr(library, "renamex_np"):
        call, before, between, last = library.renamex_np, (), (), RENAME_SWAP
    else:
        call = None

    def exchange(one: bytes, other: bytes) -> None:
        if call is None:
            raise OSError(errno.ENOSYS, os.strerror(errno.ENOSYS))
        if call(*before, one, *between, other, ctypes.c_uint(last)) != 0:
            number = ctypes.get_errno()
            raise OSError(number, os.strerror(number), os.fsdecode(one), None, os.fsdecode(other))

    return exchange


def _entry(new: Path, place: Path) -> dict[str, Any]:
    return {"from": new.name, "to": place.name, "identity": _identity(new)}


def _identity(path: Path) -> list[int] | None:
    """What no copy of a file, and no file from an archive, has in common with it; None when nothing is there."""
    try:
        about = path.lstat()
    except OSError:
        return None
    return [about.st_dev, about.st_ino, about.st_ctime_ns]


def _may_go(new: Path, place: Path) -> bool:
    """Whether what stands at ``place`` is of the kind that a command would have replaced."""
    try:
        there = place.lstat().st_mode
    except FileNotFoundError:
        return True
    return stat.S_IFMT(there) == stat.S_IFMT(new.lstat().st_mode)


def _write(journal: Path, entries: Sequence[dict[str, Any]]) -> None:
    """Whole or not at all: half a journal is none."""
    part = journal.with_suffix(".part")
    with open(part, "w", encoding="utf-8") as file:
        json.dump({"moves": entries}, file)
        file.flush()
        os.fsync(file.fileno())
    os.rename(part, journal)
    _sync(journal.parent)


def _read(journal: Path) -> list[tuple[str, str, list[int]]]:
    """The moves of a journal; none when there is none, or it is not one."""
    try:
        if not stat.S_ISREG(journal.lstat().st_mode) or journal.lstat().st_size > JOURNAL_MAX_BYTES:
            return []
        moves = [
            (str(one["from"]), str(one["to"]), one["identity"])
            for one in json.loads(journal.read_text(encoding="utf-8"))["moves"]
        ]
    except (OSError, ValueError, RecursionError, TypeError, KeyError):
        return []
    return [move for move in moves if all(_plain(name) for name in move[:2])]


def _plain(name: str) -> bool:
    return name not in ("", ".", "..") and os.path.basename(name) == name and "\0" not in name


def to_disk(path: Path) -> None:
    """Have the system write a file, or a folder with all that is in it, before a journal tells of it."""
    if path.is_dir():
        for one in path.iterdir():
            to_disk(one)
    _sync(path)


def _sync(path: Path) -> None:
    """Have the system write it; where it cannot, that is no reason to stop."""
    try:
        descriptor = os.open(path, os.O_RDONLY)
    except OSError:
        return
    try:
        os.fsync(descriptor)
    except OSError:
        pass
    finally:
        os.close(descriptor)
