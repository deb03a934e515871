"""The films' font as a PDF needs it: only the letters used, in two fixed weights.

The letters are taken out first: giving the whole of a Korean variable font a fixed weight takes most of a minute.
"""

from __future__ import annotations

import io
import logging
from pathlib import Path

from scenes.fonts import font_folder

WEIGHTS = {"": 400, "B": 700}  # fpdf2's styles


def static_fonts(text: str, folder: Path) -> dict[str, Path]:
    """Write a TrueType font with the letters of ``text`` for each style of WEIGHTS; returns the files."""
    from fontTools.ttLib import TTFont
    from fontTools.varLib import instancer

    small = _subset(text)
    files = {}
    for style, weight in WEIGHTS.items():
        small.seek(0)
        files[style] = folder / f"{weight}.ttf"
        with TTFont(small) as font:
            instancer.instantiateVariableFont(font, {"wght": weight}, inplace=True)
            font.save(files[style])
    return files


def _subset(text: str) -> io.BytesIO:
    from fontTools import subset

    logging.getLogger("fontTools").setLevel(logging.WARNING)  # it tells of every table otherwise
    (file,) = font_folder().glob("*.ttf")
    options = subset.Options(layout_features=["kern"], notdef_outline=True)
    data = io.BytesIO()
    with subset.load_font(str(file), options) as font:
        subsetter = subset.Subsetter(options)
        subsetter.populate(text=text + " ?")
        subsetter.subset(font)
        font.save(data)
    return data
