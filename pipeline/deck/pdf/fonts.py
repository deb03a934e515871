"""The films' font as a PDF needs it: only the letters used, in two fixed weights.

The letters are taken out first: giving the whole of a Korean variable font a fixed weight takes most of a minute.
"""

from __future__ import annotations

import io
import logging
import unicodedata
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from engine.errors import InputError
from engine.text.echo import echo
from engine.text.fonts import font_files

WEIGHTS = {"": 400, "B": 700}  # fpdf2's styles
UNSEEN = "\n\r\t\ufeff\u200b\u200c\u200d\u200e\u200f\u00ad\u2060\ufe0e\ufe0f"


@dataclass(frozen=True)
class StaticFont:
    """The letters that a font was made for, and its file for each style of WEIGHTS."""

    letters: frozenset[str]
    files: dict[str, Path]


def static_fonts(text: str, folder: Path) -> list[StaticFont]:
    """Write TrueType fonts with the letters of ``text``.

    The first is the films' font; then those of its sisters that have letters which it lacks. InputError names a
    letter that none of them has: a PDF would leave it out without a word.
    """
    left = frozenset(plain(text)) - frozenset(UNSEEN)
    made: list[StaticFont] = []
    for number, file in enumerate(font_files()):
        own = left & _letters(file)
        if own or number == 0:
            files = _static(file, "".join(sorted(own)), folder, number)
            made.append(StaticFont(own | frozenset(" ?"), files))
        left -= own
        if not left:
            break
    if left:
        sign = min(left)
        raise InputError(
            f"The PDF's font has no {echo(sign)} (U+{ord(sign):04X}): write it otherwise, or make a PowerPoint deck "
            "with --to pptx."
        )
    return made


def plain(text: str) -> str:
    """``text`` with letters that no font here has in their plain form, where there is one: 𝔼 is E, 𝛁 is ∇."""
    return "".join(map(_plain, text))


@cache
def _plain(letter: str) -> str:
    known = (
        frozenset[str]().union(*map(_letters, font_files())) if not letter.isascii() else frozenset(letter)
    )
    simple = unicodedata.normalize("NFKC", letter)
    return simple if letter not in known and frozenset(simple) <= known else letter


@cache
def _letters(file: Path) -> frozenset[str]:
    from fontTools.ttLib import TTFont

    with TTFont(file, lazy=True) as font:
        return frozenset(map(chr, font.getBestCmap()))


def _static(source: Path, text: str, folder: Path, number: int) -> dict[str, Path]:
    from fontTools.ttLib import TTFont
    from fontTools.varLib import instancer

    small = _subset(source, text)
    files = {}
    for style, weight in WEIGHTS.items():
        small.seek(0)
        files[style] = folder / f"{number}-{weight}.ttf"
        with TTFont(small) as font:
            instancer.instantiateVariableFont(font, {"wght": weight}, inplace=True)
            font.save(files[style])
    return files


def _subset(file: Path, text: str) -> io.BytesIO:
    from fontTools import subset

    logging.getLogger("fontTools").setLevel(logging.WARNING)  # it tells of every table otherwise
    options = subset.Options(layout_features=["kern"], notdef_outline=True)
    data = io.BytesIO()
    with subset.load_font(str(file), options) as font:
        subsetter = subset.Subsetter(options)
        subsetter.populate(text=text + " ?")
        subsetter.subset(font)
        font.save(data)
    return data
