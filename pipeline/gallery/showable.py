"""What records say, as far as a page can hold it: finite numbers, whole letters, texts and lists of some length."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import astuple
from typing import Any

from engine.errors import InputError
from engine.text.echo import echo
from pipeline.gallery.about import About

TEXT_CHARS_MAX = 400
LINE_CHARS_MAX = 4_000
SECONDS_MAX = 1_000_000.0  # eleven days
BEATS_MAX = 2_000
ROWS_MAX = 50_000


def check(about: About) -> None:
    """Raises InputError, with the reason, when a page cannot hold what was read."""
    times = [about.seconds or 0.0]
    times += [time for beat in about.beats for time in (beat.start_s, beat.end_s)]
    times += [row.time_s for row in about.shown or ()]
    if not all(0 <= time <= SECONDS_MAX for time in times):  # not for NaN either
        raise InputError("it names times that no film has.")
    if len(about.beats) > BEATS_MAX or len(about.shown or ()) > ROWS_MAX:
        raise InputError(f"it lists more than {BEATS_MAX} beats or {ROWS_MAX} numbers.")
    try:
        json.dumps(astuple(about), allow_nan=False, ensure_ascii=False).encode()
    except (ValueError, RecursionError) as error:  # a lone half of a letter; a number without end
        raise InputError("it holds something that no page can show.") from error


def short(text: str) -> str:
    """A text for a card, as it is while it has an ordinary length."""
    return text if len(text) <= TEXT_CHARS_MAX else echo(text, TEXT_CHARS_MAX)


def typable(line: str, given: Mapping[str, Any], known: Sequence[str]) -> str:
    """The command ``line`` if it may stand there to be copied, else "".

    It may when every parameter ``given`` is one of the scene's ``known`` ones, so that no record can add an option of
    the command, and when every sign of it can be seen.
    """
    good = set(given) <= set(known) and len(line) <= LINE_CHARS_MAX and echo(line, LINE_CHARS_MAX) == line
    return line if good else ""
