"""The engine under names that nobody else has: ``engine.trace`` is ``gradreel._own.engine.trace`` here.

In a process of somebody else ``engine`` may be a package of theirs. So nothing goes on the import path; the modules get
names below this one, and an import of ``engine`` that stands in one of them is an import of its neighbour. Only the
engine is ever loaded in that way: what draws works in a process of its own (_asking.py).
"""

from __future__ import annotations

import builtins
import sys
from collections.abc import Mapping, Sequence
from importlib import import_module
from importlib.abc import MetaPathFinder
from importlib.machinery import ModuleSpec, SourceFileLoader
from importlib.util import spec_from_file_location
from types import ModuleType
from typing import Any

from gradreel import house

ROOM = "engine"
PREFIX = f"{__name__}."
__path__: list[str] = []  # a package to the import system; the finder below knows where its modules lie


def _import(
    name: str,
    globals: Mapping[str, Any] | None = None,
    locals: Mapping[str, Any] | None = None,
    fromlist: Sequence[str] | None = (),
    level: int = 0,
) -> ModuleType:
    """What an import statement does in the engine's own modules."""
    if level or name.partition(".")[0] != ROOM:
        return builtins.__import__(name, globals, locals, fromlist or (), level)
    found = builtins.__import__(PREFIX + name, globals, locals, fromlist or (), 0)
    return found if fromlist else import_module(PREFIX + ROOM)


# Python takes __import__ from the __builtins__ of the module in which an import stands.
_BUILTINS = {**vars(builtins), "__import__": _import}


class _Loader(SourceFileLoader):
    """Loads a module as usual, its compiled form included; only its imports are ours."""

    def exec_module(self, module: ModuleType) -> None:
        vars(module)["__builtins__"] = _BUILTINS
        super().exec_module(module)


class _Finder(MetaPathFinder):
    """Knows the engine's modules below this one, and nothing else."""

    def find_spec(
        self, fullname: str, path: Sequence[str] | None = None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        names = fullname.removeprefix(PREFIX).split(".")
        if not fullname.startswith(PREFIX) or names[0] != ROOM:
            return None
        place = house().joinpath(*names)
        package = place.is_dir()
        file = place / "__init__.py" if package else place.with_suffix(".py")
        if not file.is_file():
            return None
        spec = spec_from_file_location(fullname, file, loader=_Loader(fullname, str(file)))
        if spec is not None and package:
            spec.submodule_search_locations = []  # with the folder in it, another finder would come first
        return spec


sys.meta_path.append(_Finder())


def own(name: str) -> Any:
    """The engine's module of that name, such as ``engine.trace``. Type checkers cannot look into it."""
    return import_module(PREFIX + name)
