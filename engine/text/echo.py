"""How a sentence repeats what a user gave: on one line, cut to a readable length, nothing that steers a terminal.

Every value, name, path or piece of a file that comes from outside goes through ``echo`` before it stands in a message.
"""

import os
import re
import unicodedata

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


def visible(text: str) -> str:
    """``text`` of any length and of several lines, with whatever would steer a terminal written as an escape.

    For what has no other bound or place: whole reports, and the last look at a message before it is printed.
    """
    return STEERING.sub(lambda match: _sign(match[0]), text)


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
