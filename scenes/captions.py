"""Captions: filled with shown numbers, cut into lines a viewer can read, timed by reading speed."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from scenes.provenance import Shown
from scenes.style import LINE_CHARS, LINES_MAX, MIN_CUE_S, READING_CPS

FIELD = re.compile(r"\{(\w+)\}")


@dataclass(frozen=True)
class Cue:
    """One subtitle: clip times in seconds, its lines, and the beat it belongs to."""

    start_s: float
    end_s: float
    lines: tuple[str, ...]
    beat: str


class CaptionError(ValueError):
    """A caption that does not fit its lines or holds a digit that is no shown number."""


def fill(template: str, fields: Mapping[str, str], digits: re.Pattern[str] = re.compile(r"\d")) -> str:
    """Put `fields` into the `{name}` places of `template`.

    A digit in the template itself would be an invented number, so it is refused; digits come in as `Shown` values.
    """
    if digits.search(template):
        raise CaptionError(f"The text {template!r} has a digit of its own; show it through number().")
    for name, value in fields.items():
        if digits.search(value) and not isinstance(value, Shown):
            raise CaptionError(f"The field {name!r} ({value!r}) has a digit that did not come through number().")
    return FIELD.sub(lambda match: fields[match.group(1)], template)


def reading_seconds(text: str, language: str) -> float:
    """How long `text` must stay to be read, in seconds."""
    return max(MIN_CUE_S, len(text) / READING_CPS[language])


def wrap(text: str, language: str) -> tuple[str, ...]:
    """Cut `text` into at most two lines, none over the language's limit: at its own line break, or evenly at a space."""
    limit = LINE_CHARS[language]
    if "\n" in text:
        lines = tuple(text.split("\n"))
        if len(lines) <= LINES_MAX and all(len(line) <= limit for line in lines):
            return lines
        text = text.replace("\n", " ")
    if len(text) <= limit:
        return (text,)
    spaces = [i for i, c in enumerate(text) if c == " "]
    cuts = [(text[:i], text[i + 1 :]) for i in spaces if i <= limit and len(text) - i - 1 <= limit]
    if not cuts:
        raise CaptionError(
            f"The caption {text!r} does not fit {LINES_MAX} lines of {limit} characters ({language}): shorten or split it."
        )
    return min(cuts, key=lambda cut: abs(len(cut[0]) - len(cut[1])) + 4 * (len(cut[0]) > len(cut[1])))
