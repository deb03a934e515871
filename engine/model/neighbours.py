"""Where a Python file of a user finds what it imports, and which files these are.

A model is as much what stands in them as what it says itself. They are found by reading, nothing is run; what is
imported in other ways than by ``import`` is not seen.
"""

import ast
import os
import warnings
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from engine.errors import InputError
from engine.files import regular
from engine.text.composed import on_disk

BYTES_MAX = 4 * 2**20  # of a source file
FILES_MAX = 200  # of one model
PACKAGE = "__init__.py"
Wanted = tuple[
    int, tuple[str, ...]
]  # how many folders up a relative import begins (0: none), and the dotted name


@dataclass(frozen=True)
class Home:
    """Where a file lives. folder: its own; root: the one above all packages around it.

    name: what it is called from ``root``, where it imports from its own package (``from .layers import …``); else "".
    """

    folder: Path
    root: Path
    name: str

    @property
    def bases(self) -> list[Path]:
        """The folders that it may import from, the nearest first; the current one is where people run programs."""
        return list(dict.fromkeys((self.folder, self.root, Path.cwd())))


def home(path: str) -> Home:
    """Where the file at ``path`` lives. A package has an __init__.py, or is imported from as one."""
    place = Path(on_disk(path)).absolute()
    root = place.parent
    up = max((level for level, _ in _names(place)), default=0)
    for _ in range(up):
        root = root.parent
    while (root / PACKAGE).is_file() and root != root.parent:
        root = root.parent
    name = ".".join(place.relative_to(root).with_suffix("").parts) if up else ""
    return Home(place.parent, root, name)


def imported(path: str) -> list[str]:
    """The files of its own that the file at ``path`` imports, and those that they import, as paths like ``path``."""
    start = Path(on_disk(path)).absolute()
    lives = home(path)
    found: dict[Path, None] = {}
    waiting = [start, *(one / PACKAGE for one in _packages(lives))]
    while waiting and len(found) < FILES_MAX:
        one = waiting.pop(0)
        if one != start:
            if one in found or not regular.is_regular(one) or one.stat().st_size == 0:
                continue  # many an __init__.py is empty
            found[one] = None
        waiting += (place for names in _names(one) for place in _places(lives.bases, one, names))
    relative = not Path(path).is_absolute()
    return sorted(os.path.relpath(one) if relative else str(one) for one in found)


def _packages(lives: Home) -> Iterable[Path]:
    """The packages around a file, which Python runs before it."""
    return [one for one in (lives.folder, *lives.folder.parents) if lives.name and lives.root in one.parents]


def _names(path: Path) -> tuple[Wanted, ...]:
    """What is imported in a file; nothing where it cannot be read."""
    if path.suffix != ".py":
        return ()
    try:
        about = path.stat()
        return _read(path, about.st_mtime_ns, about.st_size)
    except (OSError, SyntaxError, ValueError, RecursionError, InputError):
        return ()  # whoever opens or imports it says what is wrong


@cache  # by when it was written: a file is asked several times
def _read(path: Path, mtime_ns: int, size: int) -> tuple[Wanted, ...]:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of odd escapes in texts, which are not ours to mend
        tree = ast.parse(regular.content(path, bytes_max=BYTES_MAX))
    return tuple(_wanted(tree))


def _wanted(tree: ast.AST) -> Iterator[Wanted]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            for one in node.names:
                yield 0, tuple(one.name.split("."))
        elif isinstance(node, ast.ImportFrom):
            base = tuple(node.module.split(".")) if node.module else ()
            for one in node.names:
                yield node.level, (*base, one.name)


def _places(bases: Iterable[Path], path: Path, wanted: Wanted) -> Iterator[Path]:
    """Where a module of that name, and the packages around it, may lie."""
    up, names = wanted
    if up:
        base = path.parent
        for _ in range(up - 1):
            base = base.parent
        bases = (base,)
    for base in bases:
        if up:
            yield base / PACKAGE
        for count in range(1, len(names) + 1):
            place = base.joinpath(*names[:count])
            yield place.with_name(f"{place.name}.py")
            yield place / PACKAGE
