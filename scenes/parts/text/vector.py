"""A recorded vector written out in a formula: (a, b, …, z)."""

from __future__ import annotations

from scenes.parts.room.folding import fold
from scenes.parts.text.source import num
from scenes.stage.explainer import Explainer

ENTRIES_MAX = 7


def vector(film: Explainer, series: str, *index: int, keep: tuple[int, ...] = (), form: str = "auto") -> str:
    """Typst math of the values of `series` after `index`; of many, the first and the last ones and those to `keep`."""
    count = film.trace[series].values[index].shape[0]
    places = fold(count, ENTRIES_MAX, keep)
    entries = [num(film.number(series, *index, place, form=form)) for place in places.shown]
    if places.gap is not None:
        entries.insert(places.gap, "dots.c")
    return f"({', '.join(entries)})"
