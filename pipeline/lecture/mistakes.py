"""The mistakes of a lecture script, collected so that all are told at once, each with its line."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from engine.echo import echo
from engine.errors import InputError, nearest
from pipeline.lecture import places

VALUE_CHARS_MAX = 60


class Mistakes:
    """What is wrong with the script `file`."""

    def __init__(self, file: Path, text: str) -> None:
        self.file, self._places = file, places.Places(text)
        self._found: dict[tuple[int, str], None] = {}

    def add(self, place: places.Path, sentence: str) -> None:
        """`sentence` is wrong at `place`, a path of keys and numbers (from 0)."""
        self._found[self._places.line(place), sentence] = None

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
        raise InputError(
            "\n  ".join([f"{echo(self.file)} has {len(told)} mistakes; nothing was made.", *told])
        )


def is_not(name: str, value: Any, allowed: str) -> str:
    """`theme is "drak": give dark or light.`"""
    return f"{name} is {shown(value)}: give {allowed}."


def unknown(what: str, name: str, known: Iterable[str], owner: str = "") -> str:
    """`There is no beat nuron in forward. Did you mean neuron?`"""
    return f"There is no {what} {name}{owner and f' in {owner}'}. {nearest(name, known)}"


def shown(value: Any) -> str:
    """A TOML value as it would be written, not too long."""
    if isinstance(value, bool):
        text = str(value).lower()
    elif isinstance(value, str):
        text = f'"{value}"'
    elif isinstance(value, dict):
        text = "{ " + ", ".join(f"{key} = {shown(one)}" for key, one in value.items()) + " }"
    elif isinstance(value, list | tuple):
        text = f"[{', '.join(shown(one) for one in value)}]"
    else:
        text = str(value)
    return text if len(text) <= VALUE_CHARS_MAX else f"{text[: VALUE_CHARS_MAX - 1]}…"
