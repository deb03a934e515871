"""Names with values as people type them, ``hidden=32,bias=false,widths=[16,8]``: parsed by type, never evaluated."""

import re
from typing import Any

from engine.data.numbers.numerals import CELL_MAX, plain
from engine.text.composed import composed
from engine.text.echo import echo

Setting = bool | int | float | str | None
Settings = dict[str, Setting | tuple[Setting, ...]]

WORDS: dict[str, Setting] = {"true": True, "false": False, "none": None}
WHOLE = re.compile(r"[+-]?\d+")
ALLOWED = "names with values such as hidden=32,bias=false"


class Wrong(ValueError):
    """Why a text is none: a clause that names the piece."""


def settings(text: str) -> Settings:
    """The names with their values: whole numbers, numbers, true, false, none, lists in brackets, else text.

    Quotes around a text make a text of anything. Raises Wrong.
    """
    found: Settings = {}
    for piece in filter(None, map(str.strip, _split(text))):
        name, equals, value = (one.strip() for one in composed(piece).partition("="))
        if not equals or not name.isidentifier():
            raise Wrong(f"'{echo(piece)}' is not name=value; give for example hidden=32,bias=false")
        if name in found:
            raise Wrong(f"{echo(name)} is given twice")
        found[name] = _value(value)
    return found


def typed(value: Any) -> str:
    """A value as it is typed."""
    if isinstance(value, list | tuple):
        return f"[{','.join(map(typed, value))}]"
    if isinstance(value, str):
        return value if value and _value(value) == value and not set(value) & set(",[]") else f"'{value}'"
    return str(value).lower() if value is None or isinstance(value, bool) else repr(value)


def _value(text: str) -> Any:
    if text.startswith("[") and text.endswith("]"):
        return tuple(_scalar(one.strip()) for one in _split(text[1:-1]) if one.strip())
    return _scalar(text)


def _scalar(text: str) -> Setting:
    if len(text) > 1 and text[0] == text[-1] and text[0] in "'\"":
        return text[1:-1]
    if text.lower() in WORDS:
        return WORDS[text.lower()]
    if len(text) > CELL_MAX:
        return text
    if WHOLE.fullmatch(text):
        return int(text)
    number = plain(text)
    return text if number is None else number


def _split(text: str) -> list[str]:
    """At commas outside of brackets and quotes."""
    pieces, depth, quote = [""], 0, ""
    for sign in text:
        if quote:
            quote = "" if sign == quote else quote
        elif sign in "'\"":
            quote = sign
        else:
            depth += {"[": 1, "]": -1}.get(sign, 0)
        if sign == "," and depth <= 0 and not quote:
            pieces.append("")
        else:
            pieces[-1] += sign
    return pieces
