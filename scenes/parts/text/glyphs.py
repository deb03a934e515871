"""Characters that no font at hand has: Typst draws a box (tofu) for them."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache

from engine.errors import InputError
from engine.text.signs import stands_alone
from scenes.parts.text import typeset
from scenes.parts.text.source import escape
from scenes.stage.style import DARK

NO_CHARACTER = "\U0010fffd"  # private use, last plane: no font has it


@cache
def glyphs(source: str, settings: str = "") -> tuple[str, ...]:
    """The outlines that Typst draws for a source, as SVG path data."""
    root = typeset._svg(typeset._preamble(DARK) + settings, source)
    symbols = root.iter(f"{typeset.SVG}symbol")
    return tuple(symbol[0].get("d", "") for symbol in symbols if len(symbol))


@cache
def missing(source: str) -> str:
    """The characters of a text that are drawn as a box, or loose where they should join, each once."""
    loose = "".join(c for c in dict.fromkeys(source) if not c.isascii() and not stands_alone(c))
    if loose or not set(glyphs(source)) & _tofu():
        return loose
    formula = source.startswith("$ ")
    return "".join(c for c in dict.fromkeys(source) if not c.isascii() and _is_tofu(c, formula))


def require(texts: Iterable[str]) -> None:
    """InputError when the film's font lacks a character of these texts, which someone chose."""
    for text in texts:
        lacking = missing(escape(str(text)))
        if lacking:
            sign = f"{lacking[0]} (U+{ord(lacking[0]):04X})"
            raise InputError(f"The film's font has no sign for {sign}: choose other characters.")


def _is_tofu(character: str, formula: bool) -> bool:
    alone = f"$ {character} $" if formula else escape(character)
    return bool(set(glyphs(alone)) & _tofu())


@cache
def _tofu() -> frozenset[str]:
    """Outlines of the box that stands for a missing character, in each font and weight."""
    bold = '#set text(weight: "bold")\n'
    drawn = (
        glyphs(NO_CHARACTER),
        glyphs(NO_CHARACTER, bold),
        glyphs(f"$ {NO_CHARACTER} $"),
        glyphs(f"#num[{NO_CHARACTER}]"),
    )
    return frozenset(outline for outlines in drawn for outline in outlines)
