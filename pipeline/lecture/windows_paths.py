"""Paths pasted from Windows into double quotes, where TOML takes a backslash for the beginning of an escape."""

from __future__ import annotations

import re
import unicodedata

from engine.text.echo import PATH_MAX, echo

WRITE = "write 'C:\\…' in single quotes, or C:/… with slashes"
# What tomllib says of a backslash that begins no escape.
COMPLAINTS = (
    "Unescaped '\\' in a string",
    "Invalid hex value",
    "Escaped character is not a Unicode scalar value",
)

# A drive or a server, a key whose value is a path, or a suffix before the closing quote.
LIKE_A_PATH = re.compile(
    r'"[^"]*?[a-z]:\\|"\\\\|\b(picture|video|cover|image|series)\s*=\s*"|\\[^"\\]*\.[a-z]\w{1,4}"',
    re.IGNORECASE,
)


def of_complaint(what: str, line: str) -> str | None:
    """The sentence for what tomllib says of `line`, if it is about a backslash."""
    if what not in COMPLAINTS:
        return None
    if LIKE_A_PATH.search(line):
        return f"Backslashes in double quotes are escapes in TOML: {WRITE}."
    return (
        "A backslash in double quotes begins an escape such as \\n, and here is none that names a character: write "
        "\\\\ for a backslash, or put the text in single quotes."
    )


def of_path(given: str) -> str | None:
    """The sentence for a path that has a tab or a line break in it, which TOML made of its backslashes."""
    if not any(unicodedata.category(sign) == "Cc" for sign in given):
        return None
    return (
        f"There is no file {echo(given, PATH_MAX)}: backslashes in double quotes are escapes in TOML "
        f"(\\t is a tab, \\n a line break): {WRITE}."
    )
