"""Captions: filled with shown numbers, cut into lines a viewer can read, timed by reading speed. Beats in time."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from engine.errors import InputError, nearest
from engine.text.echo import echo
from scenes.stage.provenance import Shown, readings_of
from scenes.stage.style import LINE_CHARS, LINES_MAX, MIN_CUE_S, READING_CPS

FIELD = re.compile(r"\{(\w+)\}")


@dataclass(frozen=True)
class Cue:
    """One subtitle: clip times in seconds, its lines, and the beat it belongs to."""

    start_s: float
    end_s: float
    lines: tuple[str, ...]
    beat: str


@dataclass(frozen=True)
class BeatSpan:
    """Where a beat lies in the clip, in seconds."""

    name: str
    title: str
    start_s: float
    end_s: float


class CaptionError(ValueError):
    """A text that holds a digit which is no shown number."""


def fill(template: str, fields: Mapping[str, str], digits: re.Pattern[str] = re.compile(r"\d")) -> Shown:
    """Put `fields` into the `{name}` places of `template`.

    A digit in the template itself would be an invented number, so it is refused; digits come in as `Shown` values.
    """
    if digits.search(template):
        raise CaptionError(f"The text {template!r} has a digit of its own; show it through number().")
    for name, value in fields.items():
        if digits.search(value) and not isinstance(value, Shown):
            raise CaptionError(
                f"The field {name!r} ({value!r}) has a digit that did not come through number()."
            )
    return _filled(template, fields)


def _filled(template: str, fields: Mapping[str, str]) -> Shown:
    shown = readings_of(*(fields[name] for name in FIELD.findall(template)))
    return Shown(FIELD.sub(lambda match: fields[match.group(1)], template), shown)


def fill_own(template: str, fields: Mapping[str, str]) -> Shown:
    """As `fill`, for words of a lecture's author, whose digits are the author's own.

    Raises InputError for a field that the film does not have at this place.
    """
    for name in FIELD.findall(template):
        if name not in fields:
            raise InputError(f"The caption '{echo(template)}' asks for {{{name}}}. {nearest(name, fields)}")
    return _filled(template, fields)


def reading_seconds(text: str, language: str) -> float:
    """How long `text` must stay to be read, in seconds."""
    return max(MIN_CUE_S, len(text) / READING_CPS[language])


def wrap(text: str, language: str) -> tuple[str, ...]:
    """Cut `text` into at most two lines: at its own line break, or evenly at a space, so that the limit is kept.

    Shown numbers may be so long that no cut keeps the limit; then the cut with the shortest longer line is taken.
    """
    limit = LINE_CHARS[language]
    if "\n" in text:
        return tuple(text.split("\n", LINES_MAX - 1))
    if len(text) <= limit:
        return (text,)
    # By place, not by the two pieces: a text may be long, and there are as many pairs as spaces.
    spaces = [place for place, sign in enumerate(text) if sign == " "]
    if not spaces:
        return (text,)
    place = min(spaces, key=lambda i: (max(i, len(text) - i - 1, limit), _unevenness(i, len(text) - i - 1)))
    return text[:place], text[place + 1 :]


def fits(lines: tuple[str, ...], language: str) -> bool:
    """Whether a caption keeps to two lines of the language's length."""
    return len(lines) <= LINES_MAX and all(len(line) <= LINE_CHARS[language] for line in lines)


def _unevenness(first: int, second: int) -> int:
    """How far the lengths of two lines differ; a first line that is longer looks top-heavy and counts more."""
    return abs(first - second) + 4 * (first > second)
