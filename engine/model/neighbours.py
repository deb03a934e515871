"""Which files of its own folder a Python file imports: a model is as much what stands in them as what it says itself.

They are found by reading, nothing is run; what is imported in other ways than by ``import`` is not seen.
"""

import ast
import warnings
from collections.abc import Iterator
from pathlib import Path

from engine.errors import InputError
from engine.files import regular
from engine.text.composed import on_disk

BYTES_MAX = 4 * 2**20  # of a source file
FILES_MAX = 200  # of one model


def imported(path: str) -> list[str]:
    """The files in the folder of ``path`` that it imports, and those that they import, as paths like ``path``."""
    folder = Path(path).parent
    found: dict[str, None] = {}
    waiting = [path]
    while waiting and len(found) < FILES_MAX:
        one = waiting.pop(0)
        for names in _names(one):
            for place in _places(folder, Path(one), names):
                if place != path and place not in found and regular.is_regular(place):
                    found[place] = None
                    waiting.append(place)
    return sorted(found)


def _names(path: str) -> Iterator[tuple[int, tuple[str, ...]]]:
    """What is imported: how many folders up a relative import begins (0: none), and the dotted name."""
    if not path.endswith(".py"):
        return
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of odd escapes in texts, which are not ours to mend
            tree = ast.parse(regular.content(on_disk(path), bytes_max=BYTES_MAX))
    except (SyntaxError, ValueError, RecursionError, InputError):
        return  # whoever opens or imports it says what is wrong
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            for one in node.names:
                yield 0, tuple(one.name.split("."))
        elif isinstance(node, ast.ImportFrom):
            base = tuple(node.module.split(".")) if node.module else ()
            for one in node.names:
                yield node.level, (*base, one.name)


def _places(folder: Path, path: Path, wanted: tuple[int, tuple[str, ...]]) -> Iterator[str]:
    """Where a module of that name and the packages around it would lie."""
    up, names = wanted
    base = folder
    if up:
        base = path.parent
        for _ in range(up - 1):
            base = base.parent
        if folder != base and folder not in base.parents:
            return
        yield str(base / "__init__.py")
    for count in range(1, len(names) + 1):
        place = base.joinpath(*names[:count])
        yield f"{place}.py"
        yield str(place / "__init__.py")
