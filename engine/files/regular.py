"""Opening what a user named: an ordinary file of bounded size, and nothing else, whatever lies under the name.

A pipe would wait for its writer for ever, a device never ends, a folder has no bytes: each is refused in one sentence
before a byte is read. Whoever reads a file that is not the program's own opens it here.
"""

import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from io import BufferedReader

from engine.errors import InputError
from engine.text.composed import on_disk
from engine.text.echo import PATH_MAX, echo

GIB = 2**30


@contextmanager
def opened(path: str | os.PathLike[str], *, bytes_max: int = GIB) -> Iterator[BufferedReader]:
    """The file at ``path`` open for reading, at its beginning.

    Raises InputError when it cannot be read, is no ordinary file (links are followed), is empty, or has more than
    ``bytes_max`` bytes.
    """
    descriptor = _descriptor(path)
    try:
        _check(path, os.fstat(descriptor), bytes_max)
        with os.fdopen(descriptor, "rb", closefd=False) as handle:
            yield handle
    finally:
        os.close(descriptor)


def content(path: str | os.PathLike[str], *, bytes_max: int) -> bytes:
    """All bytes of the file at ``path``; InputError as ``opened``, also when it ends in an error while being read."""
    with opened(path, bytes_max=bytes_max) as handle:
        try:
            data = handle.read(bytes_max + 1)  # a file may grow after it was looked at
        except OSError as error:
            raise InputError(
                f"{name_of(path)} cannot be read to its end ({error.strerror}): copy it."
            ) from error
    if len(data) > bytes_max:
        raise InputError(_too_large(path, len(data), bytes_max))
    return data


def is_regular(path: str | os.PathLike[str]) -> bool:
    """Whether an ordinary file (or a link to one) lies at ``path``; never raises."""
    try:
        return stat.S_ISREG(os.stat(on_disk(path)).st_mode)
    except (OSError, ValueError):
        return False


def _descriptor(path: str | os.PathLike[str]) -> int:
    try:
        # Without O_NONBLOCK a pipe would wait for its writer before anything could be said about it.
        return os.open(on_disk(path), os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or "no possible path"
        raise InputError(f"{name_of(path)} cannot be read ({reason}): check the path.") from error


def _check(path: str | os.PathLike[str], about: os.stat_result, bytes_max: int) -> None:
    if not stat.S_ISREG(about.st_mode):
        kind = "a folder" if stat.S_ISDIR(about.st_mode) else "no ordinary file"
        raise InputError(f"{name_of(path)} is {kind}: give the path of a file.")
    if about.st_size == 0:
        raise InputError(f"{name_of(path)} is empty: give a file with something in it.")
    if about.st_size > bytes_max:
        raise InputError(_too_large(path, about.st_size, bytes_max))


def _too_large(path: str | os.PathLike[str], size: int, bytes_max: int) -> str:
    return f"{name_of(path)} has {_bytes(size)}: give a file of at most {_bytes(bytes_max)}."


def _bytes(size: int) -> str:
    for unit, name in ((GIB, "GiB"), (2**20, "MiB"), (2**10, "KiB")):
        if size >= unit:
            return f"{size / unit:.3g} {name}"
    return f"{size} bytes"


def name_of(path: str | os.PathLike[str]) -> str:
    """The path as given, fit for a sentence."""
    return echo(path, PATH_MAX)
