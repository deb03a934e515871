"""One spelling for every text that people give: Unicode's composed form (NFC), also when they name a file.

A Mac types and stores 한 as ㅎ+ㅏ+ㄴ and é as e + accent: the same word in other signs. Texts are composed where they
come in, so that a syllable is one character everywhere after. Names on a disk are found in either form.
"""

import os
import unicodedata
from pathlib import Path
from typing import Any

_FULL_WIDTH = {one: one - 0xFEE0 for one in range(0xFF01, 0xFF5F)} | {0x3000: 0x20}
ENTRIES_MAX = 100_000  # of a folder that is searched for a name in the other form


def composed(text: str) -> str:
    """``text`` in NFC: every letter that Unicode has as one character is one character."""
    return unicodedata.normalize("NFC", text)


def half_width(text: str) -> str:
    """``text`` with the full-width signs of Korean and Japanese keyboards (１，；ａ) as those of ASCII."""
    return text.translate(_FULL_WIDTH)


def composed_value(value: Any) -> Any:
    """``value`` with every text in it composed: texts, and those in lists, tuples and dicts, names included."""
    if isinstance(value, str):
        return composed(value)
    if isinstance(value, list | tuple):
        return type(value)(composed_value(one) for one in value)
    if isinstance(value, dict):
        return {composed_value(name): composed_value(one) for name, one in value.items()}
    return value


def on_disk(path: str | os.PathLike[str]) -> str:
    """``path`` as the disk spells it: the path itself when something is there, else one that differs in form only.

    Returns ``path`` unchanged when nothing is found either way; never raises.
    """
    given = os.fspath(path)
    if given.isascii() or os.path.lexists(given):
        return given
    found = Path(Path(given).anchor)
    for part in Path(given).parts[1 if found.parts else 0 :]:
        match = _entry(found, part)
        if match is None:
            return given
        found /= match
    return str(found)


def _entry(folder: Path, name: str) -> str | None:
    """The entry of ``folder`` that is called ``name`` when both are composed."""
    if os.path.lexists(folder / name):
        return name
    wanted = composed(name)
    try:
        with os.scandir(folder) as entries:
            for _, entry in zip(range(ENTRIES_MAX), entries, strict=False):
                if composed(entry.name) == wanted:
                    return entry.name
    except (OSError, ValueError):
        return None
    return None
