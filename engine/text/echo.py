"""How a sentence repeats what a user gave: on one line, cut to a readable length, nothing that steers a terminal.

Every value, name, path or piece of a file that comes from outside goes through ``echo`` before it stands in a message.
"""

import os
import re
import unicodedata
from collections.abc import Iterable, Mapping
from datetime import date, time
from itertools import islice

LENGTH_MAX = 80
PATH_MAX = 200  # people need all of an ordinary path to find the file
# Cc: escapes and line ends; Cf: joiners and marks that reverse text; Cs: lone surrogates; Co, Cn: no sign at all;
# Zl, Zp: line ends of Unicode.
_UNSEEN = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})
# What changes a terminal or the order of letters; joiners, which Hindi and emoji need, do not.
STEERING = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\u2028-\u202e\u2066-\u2069]")


def echo(value: object, length_max: int | None = None) -> str:
    """``value`` for a message: text and paths as they are, anything else as Python writes it.

    Signs that cannot be seen, or that a terminal obeys, are written as escapes (``\\x1b``, ``\\u202e``); what is
    longer than ``length_max`` (80; of a path object 200) characters keeps its beginning and its end around "…". Never
    raises, and needs no more memory than a few times the value itself.
    """
    if length_max is None:
        length_max = PATH_MAX if isinstance(value, os.PathLike) else LENGTH_MAX
    text = _text(value, length_max)
    if len(text) > 2 * length_max:  # escaping makes text longer, never shorter
        text = text[:length_max] + text[-length_max:]
        cut = True
    else:
        cut = False
    escaped = "".join(_sign(sign) for sign in text)
    if len(escaped) <= length_max and not cut:
        return escaped
    tail = length_max // 4
    return f"{escaped[: length_max - tail - 1]}…{escaped[-tail:]}"


def typed(value: object, length_max: int = LENGTH_MAX, *, quoted: bool = False) -> str:
    """``value`` as a person writes it in a script or types it: true, none, 2020-01-01, [1, 2], { x = 1.5 }.

    quoted: a text stands in quotes, as it does in lists and tables; the empty one always does.
    """
    if isinstance(value, str) and value and not quoted:
        return echo(value, length_max)
    text = _written(value, length_max)
    return text if len(text) <= length_max else f"{text[: length_max - 1]}…"


def whole_path(path: str | os.PathLike[str]) -> str:
    """The name of a file, all of it and on one line, for lines that say what was made: people and scripts copy it."""
    text = os.fsdecode(os.fspath(path))
    return visible(text).replace("\n", "\\n").replace("\t", "\\t")


def visible(text: str) -> str:
    """``text`` of any length and of several lines, with whatever would steer a terminal written as an escape.

    For what has no other bound or place: whole reports, and the last look at a message before it is printed.
    """
    return STEERING.sub(lambda match: _sign(match[0]), text)


def _written(value: object, length_max: int) -> str:
    """The beginning of it, somewhat longer than is shown; what is behind that is not looked at."""
    if value is None or isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, str):
        return f'"{echo(value, length_max)}"'
    if isinstance(value, Mapping):
        pairs = ((f"{echo(key)} = ", one) for key, one in value.items())
        return f"{{ {_joined(pairs, length_max)} }}" if value else "{}"
    if isinstance(value, list | tuple):
        return f"[{_joined((('', one) for one in value), length_max)}]"
    return echo(str(value) if isinstance(value, date | time) else value)


def _joined(entries: Iterable[tuple[str, object]], length_max: int) -> str:
    found: list[str] = []
    for before, value in islice(entries, length_max):
        if sum(map(len, found)) > length_max:
            break
        found.append(before + _written(value, length_max))
    return ", ".join(found)


def _text(value: object, length_max: int) -> str:
    if isinstance(value, str):
        return value
    if isinstance(value, os.PathLike):
        return os.fsdecode(os.fspath(value))
    if isinstance(value, int) and not isinstance(value, bool) and value.bit_length() > 4 * length_max:
        # Python refuses to write integers of over 4,300 digits, and nobody reads fewer.
        return f"a whole number of {value.bit_length()} bits"
    if isinstance(value, list | tuple | set | frozenset | dict | bytes) and len(value) > length_max:
        return f"{type(value).__name__} of {len(value)}"
    try:
        return repr(value)
    except Exception:  # a value's own repr may fail, also deep inside; the message must still be said
        return f"a {type(value).__name__} that cannot be shown"


def _sign(sign: str) -> str:
    if unicodedata.category(sign) not in _UNSEEN:
        return sign
    code = ord(sign)
    if code < 0x100:
        return {"\n": "\\n", "\r": "\\r", "\t": "\\t"}.get(sign, f"\\x{code:02x}")
    return f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"
