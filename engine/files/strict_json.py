"""JSON that came from somebody: read whole or refused, each time with a reason that can stand in a sentence.

Python's own reader also takes NaN, the same name twice, half characters and nesting without end; nothing that gradreel
writes holds any of these, so such a text was not written by gradreel.
"""

import json
from collections.abc import Iterable
from typing import Any

from engine.text.echo import echo

DEPTH_MAX = 24  # a lecture's report has nine levels, a trace's header six
DIGITS_MAX = 400  # a float64 written in full has at most 309 digits before its point


class Wrong(ValueError):
    """Why a text is not the JSON that is read here; the message continues "… because it " or stands in brackets."""


def parse(text: str) -> Any:
    """What ``text`` holds. Raises Wrong, whose message is a clause such as "it holds NaN"."""
    try:
        data = json.loads(text, object_pairs_hook=_object, parse_constant=_constant, parse_int=_whole)
    except json.JSONDecodeError as error:
        raise Wrong(f"it is not JSON from line {error.lineno}, column {error.colno} on") from error
    except RecursionError as error:
        raise Wrong(f"it is nested more than {DEPTH_MAX} deep") from error
    _check(data)
    return data


def _object(pairs: Iterable[tuple[str, Any]]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for name, value in pairs:
        if name in found:
            raise Wrong(f"it gives {echo(name)} twice")
        found[name] = value
    return found


def _constant(name: str) -> Any:
    raise Wrong(f"it holds {name}, which is no number")


def _whole(digits: str) -> int:
    if len(digits) > DIGITS_MAX:
        raise Wrong(f"it holds a whole number of {len(digits)} digits")
    return int(digits)


def _check(data: Any) -> None:
    """Wrong for nesting without end, half a character (``\\ud800``), which no file or terminal can hold, and 1e999."""
    level = [data]
    for _ in range(DEPTH_MAX + 1):
        deeper: list[Any] = []
        for one in level:
            if isinstance(one, dict):
                deeper += one.keys()
                deeper += one.values()
            elif isinstance(one, list):
                deeper += one
            elif isinstance(one, str):
                if not one.isascii() and any("\ud800" <= sign <= "\udfff" for sign in one):
                    raise Wrong("it holds half a character")
            elif isinstance(one, float) and one in (float("inf"), float("-inf")):
                raise Wrong("it holds a number that is too large")
        level = deeper
    if level:
        raise Wrong(f"it is nested more than {DEPTH_MAX} deep")
