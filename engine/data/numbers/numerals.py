"""Numbers as people write them: points or commas for decimals, marks between thousands, percent, signs of any script.

What a mark means is decided for a whole column, never for one cell: "1,234" alone is both 1234 and 1.234.
"""

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

CELL_MAX = 400  # characters of one number; the longest float written out in full has about 330

_PLAIN = re.compile(r"[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?")
_GROUPED = re.compile(  # 1,234,567 · 1 234 567 · 1'234 · and as in India 12,34,567
    r"[+-]?(?:[1-9]\d{0,2}(?:(?:,\d{3})+|(?: \d{3})+|(?:'\d{3})+)|[1-9]\d?(?:,\d{2})+,\d{3})(?:\.\d*)?"
)
_SPACES = dict.fromkeys(map(ord, "\u00a0\u2007\u2009\u202f\u3000\t"), " ")
_MINUS = dict.fromkeys(map(ord, "−﹣－–‐‑‒"), "-")
_APOSTROPHES = dict.fromkeys(map(ord, "’ʼ＇′"), "'")
_FULL_WIDTH = {
    ord(one): ord(one) - 0xFEE0 for one in "．％＋ｅＥ"
}  # not the comma, which separates cells in China
_SIGNS = _FULL_WIDTH | _SPACES | _MINUS | _APOSTROPHES
_SWAPPED = str.maketrans(".,", ",.")
_MISSING_WORDS = (
    "na n/a n.a. n/a. nan nul null none nil missing - -- . .. ... … * ** *** ? / 없음 결측 해당없음 미상"
)
MISSING = frozenset(_MISSING_WORDS.split())


@dataclass(frozen=True)
class Numeral:
    """A cell's number with a decimal point and with a decimal comma; None where it is no number that way."""

    point: float | None
    comma: float | None
    percent: bool = False


@lru_cache(maxsize=2**14)  # a cell is looked at several times before it is known what it is
def read(cell: str) -> Numeral:
    """What ``cell`` says. A number too large for a float is infinite, one too small is not a number."""
    text = _simple(cell)
    percent = text.endswith("%")
    if percent:
        text = text[:-1].rstrip()
    if not text or len(text) > CELL_MAX:
        return Numeral(None, None)
    point = _number(text)
    return Numeral(point, point if text.isdigit() else _number(text.translate(_SWAPPED)), percent)


def _simple(cell: str) -> str:
    """Full-width and other digits as 0 to 9, every minus as "-", every space as " ", nothing around."""
    text = cell.strip().strip("\ufeff\u200b\u200e\u200f").strip()
    if text.isascii():
        return text
    text = text.translate(_SIGNS)
    return "".join(str(unicodedata.decimal(one, one)) for one in text)


def _number(text: str) -> float | None:
    """``text`` with a decimal point as a float."""
    if _PLAIN.fullmatch(text):
        number = float(text)
        too_small = number == 0 and re.search("[1-9]", re.split("[eE]", text)[0])
        return None if too_small else number
    if _GROUPED.fullmatch(text):
        return float(re.sub("[, ']", "", text))
    return None


def plain(text: str) -> float | None:
    """A number with a decimal point, for where only that is meant: "−3.5", not "3,5" nor "5%"; None if it is none."""
    one = read(text)
    return None if one.percent else one.point


def is_number(cell: str) -> bool:
    """Whether ``cell`` is a number with one decimal mark or the other."""
    one = read(cell)
    return one.point is not None or one.comma is not None


def why_not(cell: str) -> str:
    """Why ``cell``, which is no finite number, cannot be used, and what to write: the end of a sentence."""
    text = _simple(cell)
    low = text.lower() if len(text) <= CELL_MAX else ""
    if not text:
        return "the cell is empty; write a number, or delete the row"
    if low.lstrip("+-") in ("inf", "infinity", "∞", "nan") or _PLAIN.fullmatch(low):
        number = read(cell).point
        small = number is None and "nan" not in low and "inf" not in low and "∞" not in low
        return (
            "{} is too small for a computer's numbers; write 0, or delete the row"
            if small
            else ("{} is not finite; give finite numbers only")
        )
    for pattern, told in _REASONS:
        if pattern.fullmatch(low):
            return told
    if low in MISSING:
        return "'{}' stands for a missing value; write a number, or delete the row"
    return "'{}' is not a number; give numbers such as 12 or 3.5"


_DATE = r"\d{1,4}[-./年년]\s?\d{1,2}([-./月월]\s?\d{1,4}[.日일]?)?([t ]+\d{1,2}:.*)?|\d{1,2}:\d\d.*|\d{4}[-./]?q[1-4]"
_REASONS = (
    (re.compile(r"#[a-z0-9/!?]+"), "'{}' is an error of the spreadsheet; mend it there, or delete the row"),
    (re.compile(r"[+-]?0x[0-9a-f]+"), "'{}' is hexadecimal, not a number here; write it in tens, such as 12"),
    (
        re.compile(r"[+-]?\d+(_\d+)+(\.\d*)?"),
        "'{}' is not a number, for it has underscores; write 1000, not 1_000",
    ),
    (re.compile(_DATE), "'{}' is a date or a time, not a number; choose another column"),
    (re.compile(r"\([\d.,' ]+\)|[\d.,' ]+-"), "'{}' is not a number; write a minus before it, such as -5"),
    (
        re.compile(
            r"[^\d\s.,+-]{1,12}\s?[+-]?\d[\d.,' ]*|[+-]?\d[\d.,' ]*\s?[^\d\s.,][^\d\s]{0,11}|[\d.,]+ [^\d]{1,12}"
        ),
        "'{}' is not a number alone; write the number only, and its unit or currency in the column's name",
    ),
)
