"""What a Typst source says: for the search for digits, and for people."""

from __future__ import annotations

import re

from scenes.parts.text.source import FREE

# How scenes.parts.text.source writes numbers and raised digits into Typst markup.
NUM = re.compile(r"#num\[((?:\\.|[^\]\\])*)\];?")
POWER = re.compile(r"\^\(" + NUM.pattern + r"\)")
RAISED = re.compile(r"#super\([^()]*\)\[([^\]]*)\];?")
RAISE = str.maketrans("\u2212-0123456789", "⁻⁻⁰¹²³⁴⁵⁶⁷⁸⁹")
CALL = re.compile(r"#\w+(?:\([^()]*\))?\[")
DIGIT = re.compile(r"\d")


def shown_text(source: str) -> str:
    """What a Typst source shows, without rules, names and tags in formulas, roughly as one line of text."""
    source = RAISED.sub(lambda match: match[1].translate(RAISE), source)
    if not source.startswith("$ "):
        return _plain(source)
    numbers: list[str] = []

    def take(match: re.Match[str]) -> str:
        power = _plain(match[2]).translate(RAISE) if match[2] else ""
        numbers.append(_plain(match[1]) + power)
        return " "

    rest = re.sub(NUM.pattern + f"(?:{POWER.pattern})?", take, source[2:-2])
    return " ".join([FREE.sub(" ", rest), *numbers])


def _plain(markup: str) -> str:
    """Text markup without calls, brackets and backslashes."""
    return re.sub(r"\\(.)", r"\1", re.sub(r"(?<!\\)\]", "", CALL.sub("", markup)))


def readable(source: str) -> str:
    """A Typst source as a report repeats it: formulas as Typst math, numbers and plain text as they are shown."""
    source = RAISED.sub(lambda match: match[1].translate(RAISE), source)
    formula = source.startswith("$ ")
    shown = NUM.sub(lambda match: _plain(match[1]), source[2:-2]) if formula else _plain(source)
    return " ".join(shown.split())
