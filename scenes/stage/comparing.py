"""Digits for numbers that are compared: chosen for a whole group, so that values that differ differ in text.

One value rounded by itself says how large it is; two of them say by how much they differ only if both were rounded
finely enough for their difference. No Manim here.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from scenes.stage.provenance import DIGITS, DIGITS_MAX, SIGNIFICANT, format_value, read_number

SHARE = 0.25  # of a group's span: what rounding may move a value
LAST_BITS = 8  # so many units in the last place are rounding of the computation, no difference
DOUBLE = 17  # significant digits of a float64
GROUPED = 1e5  # plain digits from here on are grouped by thousands
GROUP, PLAIN_BELOW = (
    1e3,
    1e5,
)  # between them a number in significant digits has thousands, and no power of ten
COLUMN_CHARS = 12  # the room for a number in a column
PLAIN_MIN, PLAIN_MAX = 0.1, 1000.0  # sizes that two decimals show
FEWEST = 3  # significant digits where decimals of a fixed count say too little


def comparable(
    *groups: ArrayLike, form: str = "auto", every: bool = True, fine: float = math.inf, most: float = math.inf
) -> str:
    """The one format spec in which the numbers of each of `groups` can be compared with each other.

    It is `form` where that tells them apart, else the shortest spec with more digits: of the same decimals, or of the
    same count of significant digits. Told apart means: texts differ where values differ by more than the last bits of
    their type (with `every` False two of many may look alike, as in a map), and rounding moves no value by more than
    SHARE of its group's span, nor by more than `fine`. Where that would take more than `most` characters (or those of
    `form`), `form` stays if its rounding is fine enough, else the finest spec that keeps to `most` is taken.
    """
    told = [_distinct(one) for one in map(np.asarray, groups) if one.size]
    wanted = _Wanted(told, every, fine)
    if not wanted.groups or wanted.met(form):
        return form
    ladders = [list(ladder) for ladder in _ladders(wanted.values, form)]
    met = [spec for ladder in ladders for spec in _first(wanted, ladder)]
    best = _exact(wanted, min(met, key=wanted.length, default=ladders[-1][-1]))
    most = max(most, wanted.length(form))
    if wanted.length(best) <= most:
        return best
    if wanted.coarseness(form) <= 1:
        return form
    fitting = [spec for ladder in ladders for spec in ladder if wanted.length(spec) <= most]
    return min([form, *fitting], key=wanted.coarseness)


def alike(form: str, *values: float) -> bool:
    """Whether numbers that are so written look like one number."""
    return len({format_value(value, form) for value in values}) == 1


def in_column(values: ArrayLike) -> str:
    """For numbers below each other: two decimals where they say something and fit, else significant digits."""
    largest = float(np.abs(np.asarray(values)).max())
    form = ".2f" if largest == 0 or PLAIN_MIN <= largest < PLAIN_MAX else "short"
    return comparable(values, form=form, most=COLUMN_CHARS)


def beside(other: str, value: float, form: str = "short") -> str:
    """`form` for a number that stands beside one formatted by `other`: by thousands where that one is."""
    plain = GROUP <= abs(value) < PLAIN_BELOW
    return ",.0f" if "," in other and plain else form


@dataclass(frozen=True)
class _Wanted:
    """What a spec must do. `groups` are the different values of each group in rising order."""

    groups: list[list[float]]
    every: bool
    fine: float

    @property
    def values(self) -> list[float]:
        return [value for group in self.groups for value in group]

    def met(self, spec: str) -> bool:
        apart = not self.every or all(
            len({format_value(value, spec) for value in group}) == len(group) for group in self.groups
        )
        return apart and self.coarseness(spec) <= 1

    def coarseness(self, spec: str) -> float:
        """How far rounding moves a value, in units of what is allowed; the largest of all."""
        return max(self._coarseness(group, spec) for group in self.groups)

    def _coarseness(self, group: list[float], spec: str) -> float:
        span = group[-1] - group[0]
        allowed = min(SHARE * span if span else math.inf, self.fine)
        moved = max(abs(read_number(format_value(value, spec)) - value) for value in group)
        if moved == 0:
            return 0.0
        return moved / allowed if allowed else math.inf

    def length(self, spec: str) -> int:
        return max(len(format_value(value, spec)) for value in self.values)


def _distinct(group: np.ndarray) -> list[float]:
    """The different values in rising order; of those that differ in their last bits only, the first."""
    slack = LAST_BITS * (np.finfo(group.dtype).eps if group.dtype.kind == "f" else 0.0)
    kept: list[float] = []
    for value in sorted(map(float, group.ravel())):
        if not kept or value - kept[-1] > slack * max(abs(value), abs(kept[-1])):
            kept.append(value)
    return kept


def _first(wanted: _Wanted, ladder: list[str]) -> list[str]:
    return next(([spec] for spec in ladder if wanted.met(spec)), [])


def _exact(wanted: _Wanted, spec: str) -> str:
    """The next spec where one more decimal shows all values as they are: numbers that were typed; else this one."""
    head, _, places = spec.removesuffix("f").rpartition(".")
    if not spec.endswith("f") or not places.isdigit() or wanted.coarseness(spec) == 0:
        return spec
    finer = f"{head}.{int(places) + 1}f"
    return finer if wanted.coarseness(finer) == 0 else spec


def _ladders(values: list[float], form: str) -> Iterator[Iterator[str]]:
    """Specs with more and more digits: fixed decimals, and, but for percentages, significant digits."""
    largest = max(map(abs, values))
    size = math.floor(math.log10(largest)) if largest else 0
    sign = "+" if form.startswith("+") else ""
    comma = "," if largest >= GROUPED else ""
    kind = form[-1] if form[-1] in "f%" else "f"
    known = form.lstrip("+,").removeprefix(".").removesuffix(kind)
    first = int(known) + 1 if known.isdigit() else 0
    last = max(DOUBLE - size - 2 * (kind == "%"), first)
    yield (f"{sign}{comma}.{places}{kind}" for places in range(first, last + 1))
    if kind == "f":
        start = SIGNIFICANT.get(form, FEWEST - 1) + 1
        yield (f"{sign}{DIGITS}{places}" for places in range(start, DIGITS_MAX + 1))
