"""What of a folder may go into a page: ordinary files that really lie in it, with names that a page can write."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

from engine.files.regular import is_regular

DEPTH_MAX = 40  # folders in one another


def why_not(path: Path, root: Path) -> str:
    """Why the file at ``path`` is left out, as the end of a sentence; "" when nothing speaks against it.

    ``root``: the folder that is shown, without links in it. A link from place to place within it is good.
    """
    try:
        str(path).encode()
    except UnicodeEncodeError:
        return "has a name that is not UTF-8: rename it"
    if not is_regular(path):
        return "is no ordinary file, or a link that leads nowhere: remove it"
    try:
        real = path.resolve(strict=True)
    except (OSError, RuntimeError):
        return "is a link that leads nowhere: remove it"
    if not real.is_relative_to(root):
        return "is a link to a file outside this folder: put the file itself here"
    return "" if os.access(real, os.R_OK) else "cannot be read: change its permissions"


def walk(folder: Path) -> Iterator[tuple[Path, list[str], list[str]]]:
    """As ``os.walk``: a folder, the folders in it, which may be changed, and its files. Links are not followed."""
    for place, folders, files in os.walk(folder):
        here = Path(place)
        if len(here.relative_to(folder).parts) >= DEPTH_MAX:
            folders.clear()
        yield here, folders, files


def put(path: Path, target: Path) -> None:
    """The same file under another name, without taking its space again where the system can do that."""
    target.parent.mkdir(parents=True, exist_ok=True)
    try:
        os.link(path.resolve(), target)
    except OSError:
        shutil.copyfile(path, target)


def put_folder(folder: Path, target: Path, root: Path) -> None:
    """Every file under ``folder`` that may go into a page, at the same place under ``target``."""
    for here, _, files in walk(folder):
        for name in files:
            if not why_not(here / name, root):
                put(here / name, target / here.relative_to(folder) / name)
