"""Texts of a script as they are shown: one form of every letter, one kind of line break, no sign without a shape."""

from __future__ import annotations

import unicodedata
from typing import Any

from pipeline.clean import clean


def text(value: Any) -> Any:
    """A text that may have line breaks. What is no text is left to the model.

    Signs that nothing can show come along when text is copied from other programs: they are left out.
    """
    if not isinstance(value, str):
        return value
    return unicodedata.normalize("NFC", clean(value).replace("\t", " "))


def line(value: Any) -> Any:
    """A text of one line: its breaks are spaces."""
    shown = text(value)
    return shown.replace("\n", " ") if isinstance(shown, str) else shown
