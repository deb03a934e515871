"""The mistakes of a lecture script, collected so that all are told at once, each with its line."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from engine.errors import InputError, nearest
from engine.text.echo import echo, typed
from pipeline.lecture import places

VALUE_CHARS_MAX = 60
MISTAKES_MAX = 50  # told at once; more are as well mended in the next round


class Mistakes:
    """What is wrong with the script `file`."""

    def __init__(self, file: Path, text: str) -> None:
        self.file, self._places = file, places.Places(text)
        self._found: dict[tuple[int, str], None] = {}

    def add(self, place: places.Path, sentence: str) -> None:
        """`sentence` is wrong at `place`, a path of keys and numbers (from 0)."""
        if not self.full:
            self._found[self._places.line(place), sentence] = None

    @property
    def full(self) -> bool:
        """Whether there are as many as are told, so that looking for more is of no use."""
        return len(self._found) >= MISTAKES_MAX

    def line(self, place: places.Path) -> int:
        """The line of a place, for a sentence about another one."""
        return self._places.line(place)

    def where(self, place: places.Path) -> str:
        """`core.toml:12`, for a sentence about that place."""
        return f"{echo(self.file)}:{self.line(place)}"

    def __bool__(self) -> bool:
        return bool(self._found)

    def stop_if_any(self) -> None:
        """Raise InputError with every mistake, in the order of the file."""
        if not self._found:
            return
        told = [f"{echo(self.file)}:{line}: {sentence}" for line, sentence in sorted(self._found)]
        if len(told) == 1:
            raise InputError(told[0])
        count = f"{'at least ' * self.full}{len(told)}"
        raise InputError("\n  ".join([f"{echo(self.file)} has {count} mistakes; nothing was made.", *told]))


def is_not(name: str, value: Any, allowed: str) -> str:
    """`theme is "drak": give dark or light.`"""
    return f"{name} is {typed(value, VALUE_CHARS_MAX, quoted=True)}: give {allowed}."


def unknown(what: str, name: str, known: Iterable[str], owner: str = "") -> str:
    """`There is no beat nuron in forward. Did you mean neuron?`"""
    return (
        f"There is no {what} {echo(name, VALUE_CHARS_MAX)}{owner and f' in {owner}'}. {nearest(name, known)}"
    )
