"""What the signs in formulas mean, and where a film first draws them: symbols.toml, one table for the whole course."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from scenes.parts.text.source import MATH_WORDS, STRING

TABLE = Path(__file__).with_name("symbols.toml")
CONSTANTS = ("e", "π", "pi")
GREEK = re.compile(
    "alpha|beta|gamma|delta|epsilon|zeta|eta|theta|iota|kappa|lambda|mu|nu|xi|rho|sigma|tau|phi|chi|psi|omega"
)
# Words of Typst math that stand for something a viewer has to know.
SIGNS = frozenset(("partial", "nabla", "dot.o", "norm"))
_NUMBER = re.compile(r"#num\[(?:\\.|[^\]\\])*\];?")
# What stands below a letter only tells its like apart; so does a layer's number, which stands above it in brackets.
_INDEX = re.compile(r"_(?:\((?:[^()]|\([^()]*\))*\)|\w)|\^\(\([^()]*\)[^()]*\)|\^top")
_WORD = re.compile(r"hat\(\w+\)|[^\W\d_]+(?:\.[^\W\d_]+)*")


@dataclass(frozen=True)
class Symbol:
    """A sign in Typst math, the film and beat that introduce it, and the words for it by language.

    only: with which parameters it is shown; "" for the film as it comes.
    """

    sign: str
    film: str
    beat: str
    meaning: Mapping[str, str]
    only: str = ""


@cache
def symbols() -> tuple[Symbol, ...]:
    """The table, as it stands."""
    with TABLE.open("rb") as file:
        rows = tomllib.load(file)["symbol"]
    return tuple(
        Symbol(row["sign"], row["film"], row["beat"], {"ko": row["ko"], "en": row["en"]}, row.get("only", ""))
        for row in rows
    )


def signs(source: str) -> Iterator[str]:
    """The signs that a formula's Typst source shows, without indices and numbers; nothing for plain text."""
    if not source.startswith("$ "):
        return
    bare = _INDEX.sub(" ", re.sub(STRING, " ", _NUMBER.sub(" ", source[2:-2])))
    for word in _WORD.findall(bare):
        known = word in SIGNS or word.startswith("hat(") or GREEK.fullmatch(word)
        if word not in CONSTANTS and (known or (len(word) == 1 and word not in MATH_WORDS)):
            yield word


def introduced(sign: str, film: str, films: Sequence[str]) -> list[Symbol]:
    """How `film` means a sign: as it says itself, else as the nearest film before it in `films` does.

    Several rows where it is introduced in other beats with other parameters; none where nobody has introduced it.
    """
    before = films[: films.index(film) + 1]
    found = ([one for one in symbols() if (one.sign, one.film) == (sign, slug)] for slug in reversed(before))
    return next((rows for rows in found if rows), [])
