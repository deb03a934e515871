"""A look over a TOML text before it is parsed: what would take hours or all memory to read is refused, with its line.

`tomllib` needs the square of the parts of a dotted key, and Python's stack for what is nested. No script of a lecture
comes near these bounds. Time and memory grow with the length of the text alone.
"""

from __future__ import annotations

import re

KEY_PARTS_MAX = 12  # part.captions.loss.ko has four
DEPTH_MAX = 24  # arrays and tables in one another
WORD_CHARS_MAX = 400  # of what stands outside quotes: keys, numbers, dates
LONG_KEY = f"This key has more than {KEY_PARTS_MAX} parts between dots: write it as it is in docs/lecture.md."
DEEP = f"Tables or arrays stand more than {DEPTH_MAX} deep in one another: take some away."

# Every text is matched by one branch at every place, and no branch gives back what it took: one pass, no second try.
TOKEN = re.compile(
    r'''
    (?P<quoted> """(?:[^"\\]|\\.|"(?!""))*+(?:"{3,5})?
              | \'\'\'(?:[^']|'(?!\'\'))*+(?:'{3,5})?
              | "(?:[^"\\\n]|\\[^\n])*+"?
              | '[^'\n]*+'? )
  | \#[^\n]*+
  | [^\S\n]++
  | (?P<dot> \. )
  | (?P<open> [\[{] )
  | (?P<close> [\]}] )
  | (?P<end> [=,\n] )
  | (?P<word> [^\s\[\]{}=,."'\#]++ )
  | .
    ''',
    re.VERBOSE | re.DOTALL,
)


def too_much(text: str) -> tuple[int, str] | None:
    """The line and a sentence about what `text` has too much of; None when it can be parsed without fear."""
    dots = depth = 0
    for match in TOKEN.finditer(text):
        kind = match.lastgroup
        wrong = ""
        if kind == "word":
            wrong = _long(match.end() - match.start())
        elif kind == "dot":
            dots += 1
            wrong = LONG_KEY if dots >= KEY_PARTS_MAX else ""
        elif kind == "open":
            dots, depth = 0, depth + 1
            wrong = DEEP if depth > DEPTH_MAX else ""
        elif kind == "close":
            dots, depth = 0, max(0, depth - 1)
        elif kind == "end":
            dots = 0
        if wrong:
            return text.count("\n", 0, match.start()) + 1, wrong
    return None


def _long(length: int) -> str:
    if length <= WORD_CHARS_MAX:
        return ""
    return f"A key or a number has {length} characters: give at most {WORD_CHARS_MAX}, or put quotes around a text."
