"""The mistakes of a lecture script, collected so that all are told at once, each with its line."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import islice
from pathlib import Path
from typing import Any

from engine.errors import InputError, nearest
from engine.text.echo import echo
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

    def where(self, place: places.Path) -> str:
        """`core.toml:12`, for a sentence about that place."""
        return f"{echo(self.file)}:{self._places.line(place)}"

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
    return f"{name} is {shown(value)}: give {allowed}."


def unknown(what: str, name: str, known: Iterable[str], owner: str = "") -> str:
    """`There is no beat nuron in forward. Did you mean neuron?`"""
    return (
        f"There is no {what} {echo(name, VALUE_CHARS_MAX)}{owner and f' in {owner}'}. {nearest(name, known)}"
    )


def shown(value: Any) -> str:
    """A TOML value as it would be written, on one line and not too long."""
    text = _written(value)
    return text if len(text) <= VALUE_CHARS_MAX else f"{text[: VALUE_CHARS_MAX - 1]}…"


def _written(value: Any) -> str:
    """The beginning of it, somewhat longer than is shown; what is behind that is not looked at."""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, str):
        return f'"{echo(value, VALUE_CHARS_MAX)}"'
    if isinstance(value, dict):
        return "{ " + _joined((f"{echo(key)} = ", one) for key, one in value.items()) + " }"
    if isinstance(value, list | tuple):
        return f"[{_joined(('', one) for one in value)}]"
    return echo(value) if isinstance(value, int | float) else echo(str(value))


def _joined(entries: Iterable[tuple[str, Any]]) -> str:
    found: list[str] = []
    for before, value in islice(entries, VALUE_CHARS_MAX):
        if sum(map(len, found)) > VALUE_CHARS_MAX:
            break
        found.append(before + _written(value))
    return ", ".join(found)
