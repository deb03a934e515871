"""A folder that appears whole or not at all, and never in the place of one that is not ours."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from engine.errors import InputError, RunError
from engine.files import regular
from engine.text.echo import echo
from pipeline.outputs import check_name, ready_folder, staged, write_sentence

MARK = '<meta name="gradreel" content="{kind}">'
LOOKED_AT_BYTES = 16_384


def is_ours(page: Path, kind: str) -> bool:
    """Whether ``page`` is a page of this ``kind`` ("deck", "gallery") that gradreel wrote."""
    try:
        with regular.opened(page) as file:
            return MARK.format(kind=kind).encode() in file.read(LOOKED_AT_BYTES)
    except (InputError, OSError):
        return False


def free_folder(target: Path, ours: Callable[[Path], bool]) -> Path:
    """The same path, once a folder can be made there: nothing stands in its place but an older one that is ``ours``.

    For asking before long work starts; raises InputError or RunError.
    """
    ready_folder(target.absolute().parent)
    check_name(target.absolute())
    if target.is_symlink():
        raise InputError(f"{echo(target)} is a link: give -o the folder it leads to, or a new one.")
    if target.exists() and not target.is_dir():
        raise InputError(f"{echo(target)} is a file, not a folder: give -o the name of a folder.")
    try:
        if target.is_dir() and any(target.iterdir()) and not ours(target):
            raise InputError(f"{echo(target)} holds other files, which would be lost: give -o a new folder.")
    except OSError as error:
        raise RunError(write_sentence(target, error)) from error
    return target


@contextmanager
def staged_folder(target: Path, ours: Callable[[Path], bool]) -> Iterator[Path]:
    """Give an empty folder beside ``target``; at the end it becomes ``target``, an older one goes if it is ``ours``.

    Raises InputError when a file or a folder with anything else in it stands at ``target``, RunError when the
    system will not write there. Whatever goes wrong, Ctrl-C included, what stood there before stands there still.
    """
    target = free_folder(target, ours).absolute()
    with staged(target.parent) as stage:
        yield stage.folder(target)
