"""The one way a value reaches the screen: formatted from a trace, and written down as a row.

No Manim here, so that `verify` can format a value again without drawing anything.
"""

from __future__ import annotations

import math
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from scenes.stage.text import term

MINUS = "\u2212"
SUPERSCRIPT = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")
THIN_SPACE = "\u2009"
PLAIN = str.maketrans("⁻⁰¹²³⁴⁵⁶⁷⁸⁹\u2212", "-0123456789-", f",{THIN_SPACE}")
SIGNIFICANT = {"short": 3, "auto": 4, "long": 8}
MARK_FIRST = 0xF0000  # planes 15 and 16 belong to nobody's script: 131,000 readings
PLACE, ORDINAL = "place", "ordinal"
APART = "apart:"
DIGITS = "digits:"  # before a count of significant digits
DIGITS_MAX = 18


@dataclass(frozen=True)
class Row:
    """Where one text on screen came from: clip time (s), beat, text, series, index and exact value."""

    time_s: float
    beat: str
    text: str
    series: str
    index: tuple[int, ...]
    value: Any
    format: str


@dataclass(frozen=True, eq=False)
class Reading:
    """One value read from the trace for the screen; every text that holds it keeps it, and so do the text's copies.

    mark: one character of a private area, which stands for it inside the source of a formula.
    """

    text: str
    series: str
    index: tuple[int, ...]
    value: Any
    format: str
    mark: str

    def __deepcopy__(self, memo: dict[int, Any]) -> Reading:
        return self  # a copied text shows the same value

    def row(self, time_s: float, beat: str) -> Row:
        """What is written down when it is seen."""
        return Row(time_s, beat, self.text, self.series, self.index, self.value, self.format)


class Shown(str):
    """A text with the `readings` it was made of. Formulas and captions accept digits only in this type."""

    __slots__ = ("readings",)
    readings: tuple[Reading, ...]

    def __new__(cls, text: str, readings: Iterable[Reading] = ()) -> Shown:
        """`text` as it is shown."""
        made = super().__new__(cls, text)
        made.readings = tuple(readings)
        return made

    @property
    def marks(self) -> str:
        """The marks of its readings, one character each."""
        return "".join(reading.mark for reading in self.readings)


def readings_of(*texts: str) -> tuple[Reading, ...]:
    """What `texts` were read from, in order; nothing for texts that hold no value."""
    return tuple(one for text in texts if isinstance(text, Shown) for one in text.readings)


def mark(number: int) -> str:
    """The mark of the film's reading `number`, counted from zero."""
    return chr(MARK_FIRST + number)


def format_value(value: Any, spec: str = "auto") -> str:
    """Format `value` for the screen.

    `spec` is a Python format spec (".2f", "+.3f", "d", ".0%"), or "auto" (an integer as it is, else up to four
    significant digits, with a power of ten when very large or small), "short" (the same with three), "long" (with
    eight), "digits:5" or "+digits:5" (with as many as it says, as comparing chooses them), "decade" (a power of
    ten as 10⁻³), "name" (a string as it is), "character" (one that is seen even when it is a space or an accent) or
    "term:ko" / "term:en" (a string of the data in the viewer's language), "tail" (of a dotted name what follows the
    last dot, and one part more where that is a number), "shape" (a tensor's shape, written as in Python, as 3×28×28),
    "place" (a position along an axis), "ordinal" (the same, counted from one) or "apart:+.2f" (its sign clear of its
    digits, as between terms). Minus is the real minus sign and a rounded zero has no sign.
    """
    if spec.startswith(APART):
        text = format_value(value, spec.removeprefix(APART))
        return f"{text[0]}{THIN_SPACE}{text[1:]}" if text[0] in ("+", MINUS) else text
    if spec in (PLACE, ORDINAL):
        return str(int(value) + (spec == ORDINAL))
    if spec == "name":
        return str(value)
    if spec == "tail":
        parts = str(value).split(".")
        return ".".join(parts[-2:] if parts[-1].isdigit() else parts[-1:])
    if spec == "shape":
        return "×".join(part.strip() for part in str(value).strip("()").split(",") if part.strip())
    if spec == "character":
        return _visible(str(value))
    if spec.startswith("term:"):
        return term(str(value), spec.removeprefix("term:"))
    if spec == "decade":
        return "10" + str(round(math.log10(float(value)))).translate(SUPERSCRIPT)
    if spec in SIGNIFICANT or spec.lstrip("+").startswith(DIGITS):
        plus = "+" if spec.startswith("+") and float(value) > 0 else ""
        return plus + _significant(float(value), _places(spec.lstrip("+")))
    text = format(int(value) if spec.endswith("d") else float(value), spec)
    if text.startswith(("-", "+")) and not any(c in "123456789" for c in text):
        text = text[1:]
    return text.replace("-", MINUS)


def read_number(text: str) -> float:
    """The number that a text of `format_value` says, be it with thousands, a power of ten or a percent sign."""
    mantissa, _, power = text.translate(PLAIN).partition("×10")
    share = mantissa.endswith("%")
    return float(f"{mantissa.rstrip('%')}e{int(power or 0) - 2 * share}")


def _places(spec: str) -> int:
    """How many significant digits `spec` asks for; ValueError for none or too many."""
    places = SIGNIFICANT.get(spec) or int(spec.removeprefix(DIGITS))
    if not 1 < places <= DIGITS_MAX:
        raise ValueError(f"{places} significant digits")
    return places


def _visible(character: str) -> str:
    """A space as ␣, and a mark that needs a letter on a dotted circle."""
    if character.isspace():
        return "␣"
    return f"◌{character}" if character and unicodedata.combining(character[0]) else character


def _significant(value: float, places: int) -> str:
    if value == 0:
        return "0"
    if value == int(value) and abs(value) < 1e5:
        return format_value(value, "d")
    exponent = int(f"{value:.{places - 1}e}".partition("e")[2])
    if -4 <= exponent < 5:
        digits = max(places - 1 - exponent, 0)
        text = f"{value:.{digits}f}"
        return (text.rstrip("0").rstrip(".") if "." in text else text).replace("-", MINUS)
    mantissa, power = f"{value:.{places - 2}e}".split("e")
    mantissa = mantissa.rstrip("0").rstrip(".").replace("-", MINUS)
    return f"{mantissa}×10{str(int(power)).translate(SUPERSCRIPT)}"
