"""Texts of a script as they are shown: one form of every letter, one kind of line break, no sign without a shape."""

from __future__ import annotations

import unicodedata
from typing import Any

from pydantic_core import PydanticCustomError

from engine.echo import echo

UNSEEN = "unseen"  # the type of the error for a sign that cannot be shown
# PowerPoint and Word break lines inside a paragraph with \v, Unicode has two signs of its own for it.
BREAKS = {ord(sign): "\n" for sign in "\v\f\x85\u2028\u2029"}
SPACES = {ord("\t"): " "}


def text(value: Any) -> Any:
    """A text that may have line breaks. What is no text is left to the model."""
    if not isinstance(value, str):
        return value
    shown = unicodedata.normalize("NFC", value.replace("\r\n", "\n").translate(BREAKS | SPACES))
    for sign in shown:
        if sign != "\n" and unicodedata.category(sign) in ("Cc", "Cs"):
            raise PydanticCustomError(UNSEEN, "{sign}", {"sign": echo(sign)})
    return shown


def line(value: Any) -> Any:
    """A text of one line: its breaks are spaces."""
    shown = text(value)
    return shown.replace("\n", " ") if isinstance(shown, str) else shown
