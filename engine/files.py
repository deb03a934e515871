"""Parameters that are files: a path together with the sha256 of its contents, so that a run can be repeated.

A person gives a path; resolved it is a ``File``. Both the cache's key and the trace hold the contents' sha256: another
content is another run, and ``verify`` notices a file that is gone or changed.
"""

import hashlib
import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from io import BufferedReader
from typing import Any, TypedDict

from engine.errors import InputError

BYTES_MAX = 2**30
_known: dict[tuple[int, ...], str] = {}  # one render resolves its parameters several times


class File(TypedDict):
    """A file as it was when the parameters were resolved: the path as given, and sha256 hex of its bytes."""

    path: str
    sha256: str


def is_file(value: object) -> bool:
    """Whether ``value`` has the form of a ``File``."""
    return isinstance(value, dict) and set(value) == {"path", "sha256"}


def checked(parameter: str, value: Any) -> File:
    """The ``File`` for a path, or for a ``File`` of an earlier run whose contents must still be the same.

    Raises InputError when it is no readable, ordinary file, is empty or too large, or was changed.
    """
    path = value["path"] if is_file(value) else value
    told = value["sha256"] if is_file(value) else None
    if not isinstance(path, str | os.PathLike) or not os.fspath(path):
        raise InputError(f"{parameter} is {value!r}: give the path of a file.")
    file = File(path=os.fsdecode(path), sha256="")
    with _opened(file["path"]) as handle:
        file["sha256"] = _sha256(handle)
    if told is not None and file["sha256"] != told:
        raise InputError(
            f"{file['path']} is not the file of that run: its contents changed since; "
            f"put the earlier file back, or make the clip again with this one."
        )
    return file


@contextmanager
def opened(file: File) -> Iterator[BufferedReader]:
    """``file`` open for reading, at its beginning. InputError when it is gone or no longer what was resolved."""
    with _opened(file["path"]) as handle:
        if _sha256(handle) != file["sha256"]:
            raise InputError(f"{file['path']} was changed while it was being read: start again.")
        yield handle


@contextmanager
def _opened(path: str) -> Iterator[BufferedReader]:
    try:
        # Without O_NONBLOCK a pipe would wait for its writer before anything could be said about it.
        descriptor = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or "no possible path"
        raise InputError(f"{path!r} cannot be read ({reason}): check the path.") from error
    try:
        _check(path, os.fstat(descriptor))
        with os.fdopen(descriptor, "rb", closefd=False) as handle:
            yield handle
    finally:
        os.close(descriptor)


def _check(path: str, about: os.stat_result) -> None:
    if not stat.S_ISREG(about.st_mode):
        kind = "a folder" if stat.S_ISDIR(about.st_mode) else "no ordinary file"
        raise InputError(f"{path} is {kind}: give the path of a file.")
    if about.st_size == 0:
        raise InputError(f"{path} is empty: give a file with something in it.")
    if about.st_size > BYTES_MAX:
        raise InputError(f"{path} has {about.st_size / 2**30:.1f} GiB: give a file of at most 1 GiB.")


def _sha256(handle: BufferedReader) -> str:
    """sha256 hex of an open file, which stands at its beginning afterwards. An unchanged file is read only once."""
    about = os.fstat(handle.fileno())
    identity = (about.st_dev, about.st_ino, about.st_size, about.st_mtime_ns, about.st_ctime_ns)
    if identity not in _known:
        try:
            _known[identity] = hashlib.file_digest(handle, "sha256").hexdigest()
            handle.seek(0)
        except OSError as error:
            raise InputError(
                f"{handle.name} cannot be read to its end ({error.strerror}): copy it."
            ) from error
    return _known[identity]
