"""A sum of recorded numbers as a formula, term by term."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from scenes.stage.provenance import APART
from scenes.stage.stage import Stage

TERMS_MAX = 12  # more terms than these are not written out
ENDS = 3  # of those, so many stand in front of the dots
Index = tuple[int, ...]


class Sum:
    """`source` is Typst math for `film.formula`, `fields` the numbers in it."""

    def __init__(self, film: Stage) -> None:
        self.film, self.fields = film, dict[str, str]()
        self._terms: list[str] = []

    @property
    def source(self) -> str:
        """The terms with the signs between them."""
        return " + ".join(self._terms)

    def add(self, series: str, *index: int, form: str = "short") -> None:
        """A term; in parentheses where a minus would follow a plus, and a plain 0 as what it is."""
        self._terms.append(self._factor(series, index, form, first=not self._terms))

    def add_product(self, *factors: tuple[str, Index, str]) -> None:
        """A term of several factors, each a series, an index in it and a form."""
        terms = (self._factor(*one, first=not self._terms and not k) for k, one in enumerate(factors))
        self._terms.append(" dot ".join(list(terms)))

    def add_dots(self) -> None:
        """Terms that are not written out."""
        self._terms.append("dots.c")

    def _factor(self, series: str, index: Index, form: str, *, first: bool) -> str:
        name, value = f"term{len(self.fields)}", float(self.film.array(series)[index])
        self.fields[name] = self.film.number(self.film.s(series), *index, form=form if value else "d")
        return f"({{{name}}})" if value < 0 and not first else f"{{{name}}}"

    def add_all(self, series: str, form: str = "short") -> None:
        """Every value of a series; of many, the first and the last."""
        places = list(np.ndindex(*self.film.array(series).shape))
        folded = len(places) > TERMS_MAX
        for place in places[:ENDS] if folded else places:
            self.add(series, *place, form=form)
        if folded:
            self.add_dots()
            self.add(series, *places[-1], form=form)


def signed_terms(
    film: Stage, series: str, places: Sequence[tuple[int, ...]], dots: int | None = None, form: str = ".2f"
) -> tuple[str, dict[str, str]]:
    """Terms of a series behind each other, each with its own sign, and what fills them.

    dots: so many terms stand before an ellipsis.
    """
    parts: list[str] = []
    fields: dict[str, str] = {}
    for k, place in enumerate(places):
        text = film.number(film.s(series), *place, form=f"{APART}+{form}" if k else form)
        fields[f"term{k}"] = text
        parts.append(f"{{term{k}}}" if not k or text[0] in "+−" else f"+ {{term{k}}}")
    if dots is not None:
        parts.insert(dots, "+ dots.c")
    return " thick ".join(parts), fields
