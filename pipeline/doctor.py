"""What is installed, what is missing, and what to do about it. Works when torch or manim is missing."""

import importlib
import os
import platform
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from engine import packages
from engine.packages import Package
from engine.text.fonts import font_files
from pipeline import cache
from pipeline.outputs import free_bytes
from pipeline.target import DEFAULT_FOLDER

REINSTALL = "run `make setup` in a checkout, or `pip install --upgrade gradreel`"
SYSTEM = "install cairo and pango (docs/install.md), then " + REINSTALL
OPTIONAL = "only needed for --voice"
SPACE_NEEDED_BYTES = 1_000_000_000
OLDEST_PYTHON = (3, 11)


@dataclass(frozen=True)
class Finding:
    """One line of the report; ``advice`` says what to do when ``good`` is false."""

    what: str
    found: str
    good: bool = True
    advice: str = ""


def examine() -> Iterator[Finding]:
    """Look at everything, one finding after the other."""
    good = sys.version_info >= OLDEST_PYTHON
    yield Finding("python", platform.python_version(), good, "install Python 3.11 or later")
    yield Finding("system", f"{platform.system()} {platform.machine()}")
    for package in packages.PACKAGES:
        if package.asked:
            yield _library(package)
    for what, look in (("cairo", _cairo), ("pango", _pango), ("font", _font), ("device", _device)):
        yield _tried(what, look)
    yield _tried("espeak-ng", _espeak)
    piper = packages.installed("piper-tts")
    yield Finding("piper-tts", piper or f"not there, {OPTIONAL} piper:…: `pip install gradreel[piper]`")
    yield _folder("cache folder", cache.folder(), f"set {cache.FOLDER_VARIABLE} to a folder you may write")
    yield _folder("media folder", Path(DEFAULT_FOLDER), "give another folder with -o")
    yield _space()


def _library(package: Package) -> Finding:
    version = packages.installed(package.name)
    if version is None:
        return Finding(package.name, "missing", False, REINSTALL)
    try:
        importlib.import_module(package.module)
    except Exception as error:  # a broken library may raise anything, and saying so is what this is for
        return Finding(package.name, f"{version}, does not load: {_line(error)}", False, REINSTALL)
    return Finding(package.name, version)


def _tried(what: str, look: Callable[[], str]) -> Finding:
    advice = SYSTEM if what in ("cairo", "pango") else REINSTALL
    try:
        return Finding(what, look())
    except Exception as error:  # as above
        return Finding(what, f"not usable: {_line(error)}", False, advice)


def _cairo() -> str:
    return str(importlib.import_module("cairo").cairo_version_string())


def _pango() -> str:
    return str(importlib.import_module("manimpango").pango_version())


def _font() -> str:
    """The file of the font the films are set in, once those of its sisters are there too."""
    return font_files()[0].name


def _device() -> str:
    torch = importlib.import_module("torch")
    return f"cpu ({torch.get_num_threads()} threads), which gradreel computes on"


def _espeak() -> str:
    from pipeline.voice import espeak

    return espeak.found() or f"not there, {OPTIONAL} espeak: {espeak.INSTALL}"


def _folder(what: str, folder: Path, advice: str) -> Finding:
    place = folder.resolve()
    while not os.path.exists(place):
        place = place.parent
    usable = place.is_dir() and os.access(place, os.W_OK | os.X_OK)
    return Finding(what, f"{folder}{'' if usable else ', cannot be written'}", usable, advice)


def _space() -> Finding:
    free = free_bytes(Path(DEFAULT_FOLDER))
    return Finding(
        "space left", f"{free / 1e9:.1f} GB", free >= SPACE_NEEDED_BYTES, "make room: films need about 1 GB"
    )


def _line(error: Exception) -> str:
    said = str(error).strip().splitlines()
    return f"{type(error).__name__}: {said[0]}" if said else type(error).__name__
