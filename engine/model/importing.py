"""A user's Python file as a module of its own, which finds its neighbours and leaves nothing behind.

The file is code that the user chose to run. It is imported from the very bytes whose sha256 the trace keeps.
"""

import importlib.abc
import importlib.util
import re
import sys
import sysconfig
import traceback
import warnings
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from types import ModuleType

from engine.errors import InputError
from engine.files import given
from engine.model.neighbours import Home, home
from engine.text.composed import on_disk
from engine.text.echo import echo

NAME = "_gradreel_own_"  # begins the names under which users' files are imported
OURS = ("engine", "pipeline", "scenes", "render", "gradreel")
HOUSE = Path(__file__).resolve().parents[2]
SAID_MAX = 200


class Sources:
    """The files of one run: each is imported once, also when model and loss stand in the same one."""

    def __init__(self, stack: ExitStack) -> None:
        self._stack = stack
        self._known: dict[str, ModuleType] = {}

    def module(self, file: given.File) -> ModuleType:
        """The file as a module. InputError when it is no Python, or when importing it fails."""
        place = str(Path(on_disk(file["path"])).absolute())
        if place not in self._known:
            with given.opened(file) as handle:
                content = handle.read()
            lives = home(place)
            self._stack.enter_context(_neighbours(lives))
            self._known[place] = self._stack.enter_context(_imported(place, content, lives))
        return self._known[place]


@contextmanager
def sources() -> Iterator[Sources]:
    """Users' files can be imported until the block ends; then sys.path and sys.modules are as they were."""
    with ExitStack() as stack:
        yield Sources(stack)


class _Bytes(importlib.abc.SourceLoader):
    """Imports bytes that were read before, and keeps no compiled copy."""

    def __init__(self, place: str, content: bytes) -> None:
        self._place, self._content = place, content

    def get_filename(self, fullname: str) -> str:
        return self._place

    def get_data(self, path: str | bytes) -> bytes:
        if path != self._place:
            raise OSError(f"{path!r} is no source")
        return self._content


@contextmanager
def _imported(place: str, content: bytes, lives: Home) -> Iterator[ModuleType]:
    file = echo(Path(place).name)
    name = lives.name or f"{NAME}{re.sub('[^A-Za-z0-9_]', '_', Path(place).stem)}"
    loader = _Bytes(place, content)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of odd escapes in texts, which are not ours to mend
            loader.get_code(name)
    except (SyntaxError, ValueError) as error:
        line = f", line {error.lineno}," if isinstance(error, SyntaxError) and error.lineno else ""
        said = echo(error.msg if isinstance(error, SyntaxError) else error, SAID_MAX)
        raise InputError(f"{file}{line} is no Python ({said}): give a Python file.") from error
    before = sys.modules.get(name)
    try:
        with _first(lives):
            try:
                module = _run(name, loader)
            except (Exception, SystemExit) as error:
                raise InputError(f"{file} cannot be imported: {what(error, Path(place))}.") from error
        yield module
    finally:
        sys.modules.pop(name, None)
        if before is not None:
            sys.modules[name] = before


def _run(name: str, loader: _Bytes) -> ModuleType:
    """The module, run; the packages around it first, which may import it themselves."""
    around = name.rpartition(".")[0]
    if around:
        importlib.import_module(around)
        if name in sys.modules:
            return sys.modules[name]
    spec = importlib.util.spec_from_loader(name, loader)
    assert spec is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module  # dataclasses look for the module of their class there
    loader.exec_module(module)
    return module


def what(error: BaseException, place: Path) -> str:
    """What a user's file raised: the line, the error, and what helps. ``place``: the file."""
    where = line_of(error) or place.name
    if isinstance(error, ModuleNotFoundError) and error.name:
        missing = echo(error.name)
        return (
            f"{where} imports {missing}, which is not there: install it where gradreel is, or put {missing}.py into "
            f"the folder of {echo(place.name)}"
        )
    return f"{where} raises {said(error)}"


def said(error: BaseException) -> str:
    """``KeyError: 'x'`` on one line."""
    text = echo(" ".join(str(error).split()), SAID_MAX).rstrip(".")
    return f"{type(error).__name__}: {text}" if text else type(error).__name__


def line_of(error: BaseException) -> str:
    """``net.py, line 12``: the last line of the user's own that was running; "" where none was."""
    libraries = tuple(f"{sysconfig.get_path(key)}/" for key in ("stdlib", "platstdlib", "purelib", "platlib"))
    ours = tuple(f"{HOUSE / name}/" for name in ("engine", "pipeline", "scenes"))
    for frame in reversed(traceback.extract_tb(error.__traceback__)):
        if not frame.filename.startswith(("<", *libraries, *ours)):
            return f"{echo(Path(frame.filename).name)}, line {frame.lineno}"
    return ""


@contextmanager
def _first(lives: Home) -> Iterator[None]:
    """While a file is imported its folder comes first, as when Python runs it: its engine.py hides ours."""
    bases = [one for one in lives.bases if one != HOUSE]
    hides = {one for one in OURS for base in bases if (base / f"{one}.py").is_file() or (base / one).is_dir()}
    hidden = {name: one for name, one in sys.modules.items() if name.partition(".")[0] in hides}
    for name in hidden:
        del sys.modules[name]
    written, sys.dont_write_bytecode = sys.dont_write_bytecode, True
    path = list(sys.path)
    first = lives.bases if hides else [lives.folder, lives.root]
    sys.path[:0] = map(str, first)
    try:
        yield
    finally:
        sys.path[:], sys.dont_write_bytecode = path, written
        for name in [name for name in sys.modules if name.partition(".")[0] in hides]:
            del sys.modules[name]
        sys.modules.update(hidden)


@contextmanager
def _neighbours(lives: Home) -> Iterator[None]:
    """Functions of the file may import neighbours while they run; afterwards none of those is left."""
    before, path = set(sys.modules), list(sys.path)
    bases = [str(one) for one in lives.bases]
    sys.path.extend(bases)
    try:
        yield
    finally:
        sys.path[:] = path
        new = [name for name in sys.modules if name not in before and name.partition(".")[0] not in OURS]
        # All are looked at before one goes: where a package without __init__.py lies, it asks its parent.
        for name in [name for name in new if _lies_in(sys.modules[name], bases, path)]:
            del sys.modules[name]


def _lies_in(module: ModuleType, bases: list[str], path: list[str]) -> bool:
    """Whether a module was found in one of ``bases``, and not in a library that lies below it, such as .venv."""
    file = getattr(module, "__file__", None) or next(iter(getattr(module, "__path__", ())), None)
    if not isinstance(file, str):
        return False
    around = [one for one in (*bases, *path) if one and Path(one) in Path(file).parents]
    return not around or max(around, key=len) in bases
