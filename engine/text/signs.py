"""Which signs the films can draw: those that a font at hand has and that stand on their own.

Letters that join (Arabic), that are put together from parts around each other (Devanagari and its kin, Thai) or that
run from right to left are not drawn right where a film takes a text apart, character by character, or cuts it. So they
are refused, as is what no font has: emoji, key caps, rare scripts.
"""

from __future__ import annotations

import unicodedata
from functools import cache, lru_cache
from typing import Any

from engine.errors import InputError
from engine.files.stopping import held
from engine.text.echo import echo
from engine.text.fonts import FAMILIES, font_folders

# First words of the Unicode names of letters, marks and digits that can be drawn one after the other.
DRAWN = frozenset(
    """
    LATIN GREEK CYRILLIC ARMENIAN GEORGIAN HANGUL HIRAGANA KATAKANA CJK KANGXI BOPOMOFO IDEOGRAPHIC FULLWIDTH
    HALFWIDTH MODIFIER COMBINING MATHEMATICAL DOUBLE SCRIPT BLACK PLANCK KELVIN OHM ANGSTROM MICRO MASCULINE FEMININE
    VARIATION EULER TURNED ROTATED ALEF BET GIMEL DALET VERTICAL MASU DIGIT SUPERSCRIPT SUBSCRIPT VULGAR CIRCLED
    PARENTHESIZED NEGATIVE DINGBAT ROMAN SMALL INFORMATION
    """.split()  # noqa: SIM905 - a list of fifty words, one a line
)
RIGHT_TO_LEFT = ("R", "AL", "AN")
# What turns the letters behind it round, as an override does: a film would show another text than the script.
TURNING = ("LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI")
BLANK = frozenset("\u115f\u1160\u2800\u3164\uffa0")  # letters of Unicode that are drawn as nothing
NO_SIGN = "\U0010fffd"  # private use, last plane: no font has it
KNOWN = "Latin, Greek, Cyrillic, Hangul, Chinese and Japanese letters, and mathematical signs"


def lacking(text: str) -> str:
    """The signs of ``text`` that cannot be drawn, each once; "" where all of it can."""
    unusual = "".join(dict.fromkeys(one for one in text if not _usual(one)))
    if not unusual:
        return ""
    foreign = "".join(one for one in unusual if not stands_alone(one))
    return foreign or (_without_glyph(unusual) if _boxed(text) else "")


def stands_alone(sign: str) -> bool:
    """Whether a sign is of a script whose letters are drawn one after the other, from left to right."""
    if unicodedata.bidirectional(sign) in (*RIGHT_TO_LEFT, *TURNING) or sign == "\u20e3":
        return False
    if unicodedata.category(sign) == "Cs":  # half a character: a name or an argument that is not UTF-8
        return False
    if unicodedata.category(sign)[0] not in "LMN":
        return True
    return unicodedata.name(sign, "?").partition(" ")[0].partition("-")[0] in DRAWN


def is_seen(text: str) -> bool:
    """Whether anything of ``text`` shows: no joiner, mark or filler alone, of which nobody sees anything."""
    return any(unicodedata.category(one)[0] not in "CZM" and one not in BLANK for one in text)


def belongs_to_the_sign_before(one: str) -> bool:
    """Whether a character stands on or in the one before: a mark (NFC has no x̄), a selector, an old Korean jamo."""
    return unicodedata.category(one)[0] == "M" or "\u1160" <= one <= "\u11ff"


def complaint(text: str) -> str:
    """What is to be said of a text that cannot be drawn: a sentence's end that names the sign; "" where it can."""
    lost = lacking(text)
    if not lost and text.strip() and not is_seen(text):
        return "has nothing that can be seen: write some letters, or leave it out"
    if not lost:
        return ""
    sign = lost[0]
    name = unicodedata.name(sign, "without a name").lower()
    return f"has {echo(sign)} (U+{ord(sign):04X}, {name}), which cannot be drawn: use {KNOWN}"


def check(name: str, value: Any) -> None:
    """InputError when a text in ``value`` (or in its lists and dicts, names included) cannot be drawn."""
    if isinstance(value, str):
        told = complaint(value)
        if told:
            raise InputError(f"{name} {told}.")
    elif isinstance(value, list | tuple):
        for one in value:
            check(name, one)
    elif isinstance(value, dict):
        for key, one in value.items():
            check(name, key)
            check(name, one)


def _usual(sign: str) -> bool:
    """What Noto Sans KR has for certain: ASCII, western letters and signs, Hangul syllables."""
    return sign <= "\u00ff" or "\uac00" <= sign <= "\ud7a3"


def _without_glyph(signs: str) -> str:
    found = "".join(one for one in signs if _boxed(one))
    return found or signs[:1]  # the font has each of them, though not as they stand together


@lru_cache(maxsize=1024)
def _boxed(text: str) -> bool:
    """Whether Typst draws a box somewhere in ``text``: as the films do, with fonts of its own after ours."""
    return bool(_outlines(text) & _box())


@cache
def _box() -> frozenset[str]:
    return _outlines(NO_SIGN)


def _outlines(text: str) -> frozenset[str]:
    from xml.etree import ElementTree

    escaped = "".join(f"\\u{{{ord(one):x}}}" for one in text if unicodedata.category(one) != "Cc")
    families = ", ".join(f'"{family}"' for family in FAMILIES)
    source = f"#set page(width: auto, height: auto)\n#set text(font: ({families}))\n{escaped}"
    with held():  # a stop inside Typst, which is no Python, would be a panic of its own
        drawn = _compiler().compile(input=source.encode(), format="svg")
    symbols = ElementTree.fromstring(drawn).iter("{http://www.w3.org/2000/svg}symbol")
    return frozenset(symbol[0].get("d", "") for symbol in symbols if len(symbol))


@cache
def _compiler() -> Any:
    import typst

    folders = font_folders()
    return typst.Compiler(
        root=str(folders[0]), font_paths=[str(one) for one in folders], ignore_system_fonts=True
    )
