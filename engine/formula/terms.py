"""What a formula is once it is read: its text, and a tree of terms. Standard library only."""

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from engine.errors import InputError


@dataclass(frozen=True)
class Formula:
    """The text as typed, one line. Columns below count its characters from 0."""

    text: str

    def error(self, sentence: str, start: int, end: int) -> InputError:
        """``sentence`` with the formula and carets under its characters ``start`` to ``end``."""
        before, marked = self.text[:start], self.text[start : max(end, start + 1)]
        carets = "^" * max(_columns(marked), 1)
        return InputError(f"{sentence}\n  {self.text}\n  {' ' * _columns(before)}{carets}")


@dataclass(frozen=True)
class Term:
    """A constant, a variable (``operation`` is "constant" or "input") or an operation on ``inputs``.

    label: a variable's name, or a constant as typed.  start, end: its columns in the formula.
    """

    operation: str
    start: int
    end: int
    inputs: tuple["Term", ...] = ()
    label: str = ""
    value: float = 0.0

    @property
    def key(self) -> tuple[object, ...]:
        """Equal for structurally equal terms, wherever they stand."""
        name = self.label if self.operation == "input" else self.value
        return (self.operation, name, *(one.key for one in self.inputs))

    def walk(self) -> Iterator["Term"]:
        """Every term in the order of evaluation, inputs before what uses them, repeats included."""
        for one in self.inputs:
            yield from one.walk()
        yield self

    @property
    def variables(self) -> tuple[str, ...]:
        """The names used, in order of first use."""
        return tuple(dict.fromkeys(one.label for one in self.walk() if one.operation == "input"))


def _columns(text: str) -> int:
    """Terminal columns: Hangul and other wide characters take two, combining marks none."""
    wide = sum(unicodedata.east_asian_width(one) in "WF" for one in text)
    return len(text) + wide - sum(unicodedata.combining(one) > 0 for one in text)
