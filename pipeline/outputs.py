"""Files that appear whole or not at all: written under temporary names beside their targets, then renamed."""

import errno
import os
import secrets
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from engine.errors import InputError, RunError


class Stage:
    """Temporary names for the files of one film; ``commit`` renames them in the order they were asked for."""

    def __init__(self) -> None:
        self._mark = secrets.token_hex(4)
        self.files: list[tuple[Path, Path]] = []  # temporary path and target of each, in order

    def file(self, target: Path) -> Path:
        """A temporary path in the folder of ``target``, with the same suffix (encoders look at it)."""
        temporary = target.with_name(f".{target.stem}.{self._mark}.part{target.suffix}")
        self.files.append((temporary, target))
        return temporary

    def commit(self) -> None:
        """Put every file in its place."""
        for temporary, target in self.files:
            os.replace(temporary, target)

    def discard(self) -> None:
        """Remove what was written and not put in its place."""
        for temporary, _ in self.files:
            temporary.unlink(missing_ok=True)


@contextmanager
def staged(folder: Path) -> Iterator[Stage]:
    """Give a Stage; its files are committed at the end, or removed when anything goes wrong, Ctrl-C included.

    Raises RunError, with what to do, when the system will not write in ``folder``.
    """
    stage = Stage()
    try:
        yield stage
        stage.commit()
    except OSError as error:
        raise RunError(write_sentence(folder, error)) from error
    finally:
        stage.discard()


def write_sentence(place: Path, error: OSError, remedy: str = "choose another place with -o") -> str:
    """What to do about a write that failed in ``place``; ``remedy``: how to write somewhere else."""
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return f"There is no space left in {place}: make room, or {remedy}."
    if error.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
        return f"{place} cannot be written: {remedy}."
    return f"Writing in {place} failed ({error.strerror or error}): {remedy}."


def ready_folder(folder: Path) -> Path:
    """Make ``folder`` if need be and see that files can be made in it, before any long work starts."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except FileExistsError as error:
        raise InputError(f"{folder} is a file, not a folder: choose another place with -o.") from error
    except NotADirectoryError as error:
        raise InputError(
            f"A part of {folder} is a file, not a folder: choose another place with -o."
        ) from error
    except OSError as error:
        raise RunError(write_sentence(folder, error)) from error
    if not os.access(folder, os.W_OK | os.X_OK):
        raise RunError(f"{folder} cannot be written: choose another place with -o.")
    return folder


def free_target(target: Path) -> Path:
    """The same path, once its folder is ready and no folder stands in its place."""
    ready_folder(target.parent)
    if target.is_dir():
        raise InputError(f"{target} is a folder: give the name of a file, or the folder it goes in.")
    return target


def free_bytes(folder: Path) -> int:
    """Space left on the disk that holds ``folder`` or its nearest parent that exists."""
    place = folder.resolve()
    while not place.exists():
        place = place.parent
    return shutil.disk_usage(place).free
