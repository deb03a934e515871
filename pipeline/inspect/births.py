"""Remembers where each mobject was made: the line of the scene, not of the parts it uses."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

ROOT = Path(__file__).resolve().parents[2]
# Lines of these build what a scene asks for; the scene's own line is the one to mend.
BUILDERS = (
    "scenes.parts",
    "scenes.stage.explainer",
    "scenes.stage.captioned",
    "scenes.stage.captions",
    "scenes.stage.declare",
)
LIBRARY = ("manim.", "builtins", "abc")
BASES = ("scenes.stage.explainer", "scenes.stage.captioned")
BIRTH, SIZE = "inspect_birth", "inspect_size"


@dataclass(frozen=True)
class Place:
    """A line of code; `file` is relative to the checkout where it lies inside."""

    file: str
    line: int

    def __str__(self) -> str:
        return f"{self.file}:{self.line}"


@dataclass(frozen=True, eq=False)
class Birth:
    """Where a mobject was made. Texts also know what they say, how large they were set (`em_px`, at 1080p), and the
    `numbers` that were read for them.
    """

    place: Place
    made: str
    source: str = ""
    em_px: float = 0.0
    numbers: tuple[str, ...] = ()

    def __deepcopy__(self, memo: dict[int, Any]) -> Birth:
        return self  # a copy was made where its original was


NOWHERE = Birth(Place("?", 0), "mobject")


def birth_of(mobject: Any) -> Birth:
    """Where `mobject` was made, as far as it is known."""
    return getattr(mobject, BIRTH, NOWHERE)


@contextmanager
def births(film_class: type) -> Iterator[None]:
    """While inside, every new mobject remembers the line that made it; afterwards Manim is as it was."""
    from manim import Mobject

    from scenes.parts.text.typeset import Typeset

    modules = {cls.__module__ for cls in film_class.__mro__ if not cls.__module__.startswith(LIBRARY)}
    make, typeset = Mobject.__init__, Typeset.__init__

    def made(self: Any, *args: Any, **options: Any) -> None:
        setattr(self, BIRTH, Birth(_place(modules), type(self).__name__))
        make(self, *args, **options)

    def set_text(self: Any, *args: Any, **options: Any) -> None:
        typeset(self, *args, **options)
        numbers = tuple(reading.text for reading in self.readings)
        birth = Birth(birth_of(self).place, type(self).__name__, self.source, self.em_px, numbers)
        for part in (self, *self.submobjects):
            setattr(part, BIRTH, birth)
            setattr(part, SIZE, _size(part))

    # setattr, for these are classes' methods that are put back at the end.
    setattr(Mobject, "__init__", made)  # noqa: B010
    setattr(Typeset, "__init__", set_text)  # noqa: B010
    try:
        yield
    finally:
        setattr(Mobject, "__init__", make)  # noqa: B010
        setattr(Typeset, "__init__", typeset)  # noqa: B010


def _place(modules: set[str]) -> Place:
    """The nearest line on the stack that belongs to the scene; else one of the builders, the base class first."""
    frame: Any = sys._getframe(2)
    builders: dict[bool, Any] = {}
    while frame is not None:
        name = frame.f_globals.get("__name__", "")
        if name.startswith(BUILDERS):
            builders.setdefault(name in BASES, frame)
        elif name.startswith("scenes.") or name in modules:
            return _at(frame)
        frame = frame.f_back
    builder = builders.get(True) or builders.get(False)
    return _at(builder) if builder is not None else NOWHERE.place


def beat_place(film: Any, beat: str) -> Place:
    """The line where a film's beat begins."""
    code = type(film).beat_method(beat).__code__
    return _line(code.co_filename, code.co_firstlineno)


def _at(frame: Any) -> Place:
    return _line(frame.f_code.co_filename, frame.f_lineno)


def _line(file: str, line: int) -> Place:
    path = Path(file)
    return Place(path.relative_to(ROOT).as_posix() if path.is_relative_to(ROOT) else file, line)


def _size(mobject: Any) -> tuple[float, float]:
    """Width and height of a mobject's own points, in units."""
    points = mobject.points
    if len(points) == 0:
        return (0.0, 0.0)
    width, height = np.ptp(points[:, :2], axis=0)
    return (float(width), float(height))


def scale_since_birth(parts: list[Any]) -> float | None:
    """How much larger the parts of a text are than they were set; None when they have turned into something else."""
    ratios = []
    for part in parts:
        was, now = getattr(part, SIZE, (0.0, 0.0)), _size(part)
        pairs = [(a, b) for a, b in zip(was, now, strict=True) if a > 1e-3]
        if len(part.points) == 0 or not pairs or max(now) < 1e-6:
            continue
        scales = [b / a for a, b in pairs]
        if max(scales) > 1.05 * min(scales) + 1e-6:
            return None
        ratios.append(scales[0])
    return float(np.median(ratios)) if ratios else None
