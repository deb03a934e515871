"""Parameters that are files: a path together with the sha256 of its contents, so that a run can be repeated.

A person gives a path; resolved it is a ``File``. Both the cache's key and the trace hold the contents' sha256: another
content is another run, and ``verify`` notices a file that is gone or changed.
"""

import hashlib
import os
from collections.abc import Iterator
from contextlib import contextmanager
from io import BufferedReader
from typing import Any, TypedDict

from engine.errors import InputError
from engine.files import regular
from engine.text.echo import typed

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
        raise InputError(f"{parameter} is {typed(value)}: give the path of a file.")
    file = File(path=os.fsdecode(path), sha256="")
    with regular.opened(file["path"], bytes_max=BYTES_MAX) as handle:
        file["sha256"] = _sha256(handle)
    if told is not None and file["sha256"] != told:
        raise InputError(
            f"{regular.name_of(file['path'])} is not the file of that run: its contents changed since; "
            f"put the earlier file back, or make the clip again with this one."
        )
    return file


@contextmanager
def opened(file: File) -> Iterator[BufferedReader]:
    """``file`` open for reading, at its beginning. InputError when it is gone or no longer what was resolved."""
    with regular.opened(file["path"], bytes_max=BYTES_MAX) as handle:
        if _sha256(handle) != file["sha256"]:
            raise InputError(
                f"{regular.name_of(file['path'])} was changed while it was being read: start again."
            )
        yield handle


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
                f"{regular.name_of(handle.name)} cannot be read to its end ({error.strerror}): copy it."
            ) from error
    return _known[identity]
