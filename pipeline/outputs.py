"""Where results go: whether they can, and how they appear whole or not at all (engine.files.staging)."""

import errno
import io
import os
import shutil
import stat
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from functools import cache
from pathlib import Path
from typing import IO, TYPE_CHECKING

from engine.errors import InputError, RunError
from engine.files import staging
from engine.files.claims import sweep
from engine.files.staging import Stage
from engine.text.echo import PATH_MAX, echo
from pipeline.values import NAME_BYTES_MAX

if TYPE_CHECKING:
    from engine.trace import Trace

ELSEWHERE = "choose another place with -o"


@contextmanager
def staged(folder: Path) -> Iterator[Stage]:
    """Give a Stage; its files are committed at the end, or removed when anything goes wrong, Ctrl-C included.

    Raises RunError, with what to do, when the system will not write in ``folder``.
    """
    try:
        with staging.staged(folder) as stage:
            yield stage
    except OSError as error:
        raise RunError(write_sentence(folder, error)) from error


def save_trace(trace: "Trace", path: Path) -> None:
    """Save ``trace`` at a stage's ``path``, which is nobody's to know: what the system says goes to the stage."""
    try:
        trace.save(path)
    except RunError as error:
        raise error.__cause__ or error from None


def save_package(save: Callable[[IO[bytes]], object], path: Path) -> None:
    """What a library packs as a zip (.docx, .pptx), written to ``path``. Raises OSError.

    Through memory: on a full disk zipfile's own clean-up fails once more, and prints a traceback.
    """
    packed = io.BytesIO()
    save(packed)
    path.write_bytes(packed.getbuffer())


def write_sentence(folder: Path, error: OSError, remedy: str = ELSEWHERE) -> str:
    """What to do about a write that failed in ``folder``; ``remedy``: how to write somewhere else."""
    place = _name(folder)
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return f"There is no space left in {place}: make room, or {remedy}."
    if error.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
        return f"{place} cannot be written: {remedy}."
    if error.errno == errno.ENAMETOOLONG:
        return f"The path {place} is too long for this system: {remedy}."
    return f"Writing in {place} failed ({error.strerror or error}): {remedy}."


def ready_folder(folder: Path) -> Path:
    """Make ``folder`` if need be and see that files can be made in it, before any long work starts.

    What killed commands left there, and among the temporary files, is finished or removed.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except FileExistsError as error:
        raise InputError(f"{_name(folder)} is a file, not a folder: {ELSEWHERE}.") from error
    except NotADirectoryError as error:
        raise InputError(f"A part of {_name(folder)} is a file, not a folder: {ELSEWHERE}.") from error
    except OSError as error:
        raise RunError(write_sentence(folder, error)) from error
    if not os.access(folder, os.W_OK | os.X_OK):
        raise RunError(f"{_name(folder)} cannot be written: {ELSEWHERE}.")
    staging.tidy(folder)
    sweep_temporary()
    return folder


@cache
def sweep_temporary() -> None:
    """Remove the temporary folders of killed commands, once a run."""
    with suppress(OSError):  # without such a folder, whoever needs one says so
        sweep(Path(tempfile.gettempdir()))


def free_target(target: Path) -> Path:
    """The same path, once its folder is ready and nothing but an ordinary file stands in its place.

    A link is refused as a device or a pipe is: neither it nor what it leads to is ours to replace.
    """
    ready_folder(target.parent)
    check_name(target)
    try:
        there = target.lstat().st_mode
    except FileNotFoundError:
        return target
    except OSError as error:
        raise RunError(write_sentence(target.parent, error)) from error
    if target.is_dir():
        raise InputError(f"{_name(target)} is a folder: give the name of a file, or the folder it goes in.")
    if stat.S_ISLNK(there):
        raise InputError(
            f"{_name(target)} is a link: give the name of the file it leads to, or another name."
        )
    if not stat.S_ISREG(there):
        raise InputError(f"{_name(target)} is a device or a pipe, no ordinary file: give another name.")
    return target


def check_name(target: Path) -> None:
    """InputError when the disk takes no name as long as that of ``target``, whose folder is there."""
    try:
        longest = os.pathconf(target.parent, "PC_NAME_MAX")
    except (AttributeError, OSError, ValueError):
        longest = NAME_BYTES_MAX
    size = len(os.fsencode(target.name))
    if size > longest:
        raise InputError(
            f"The name {echo(target.name, PATH_MAX)} is too long: it has {size} bytes (a Hangul syllable is 3) and "
            f"this disk takes {longest}; give a shorter one with -o."
        )


def _name(path: Path) -> str:
    return echo(path, PATH_MAX)


def free_bytes(folder: Path) -> int:
    """Space left on the disk that holds ``folder`` or its nearest parent that exists."""
    place = folder.resolve()
    while not place.exists():
        place = place.parent
    return shutil.disk_usage(place).free
