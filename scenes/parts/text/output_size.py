"""The formula for a convolution's output size, worked out; and a table of its letters in several cases."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from manim import RIGHT, VGroup

from scenes.parts.arrays.table import Column, Table
from scenes.parts.room.box import Box
from scenes.parts.room.layout import column, fit
from scenes.parts.text.typeset import Typeset
from scenes.stage import style
from scenes.stage.stage import Stage

PX, RULE_PX = 40, 46
# With letters, and with their numbers; then both for a dilation d.
PLAIN = (
    "floor((n + rule(2) p - f) / s) + rule(1)",
    "floor(({n} + rule(2) dot {p} - {f}) / {s}) + rule(1)",
)
SPREAD = (
    "floor((n + rule(2) p - d(f - rule(1)) - rule(1)) / s) + rule(1)",
    "floor(({n} + rule(2) dot {p} - {d} dot ({f} - rule(1)) - rule(1)) / {s}) + rule(1)",
)


def worked_size(film: Stage, told: Mapping[str, str], box: Box) -> VGroup:
    """Three lines: the letters, their numbers, and the quotient `q`, rounded down to `k`, with what comes out, `o`.

    told: texts by letter; with a `d` the formula for a dilation.
    """
    letters, values = SPREAD if "d" in told else PLAIN
    last = "= floor({q}) + rule(1) = {k} + rule(1) = {o}"
    lines = column(
        [film.math(one, RULE_PX, **told) for one in (f"o = {letters}", f"= {values}", last)], style.WIDE
    )
    lines[1:].shift(film.math("o", RULE_PX).width * RIGHT)  # equals signs below each other
    return fit(lines, box)


def size_cases(
    film: Stage, names: Mapping[str, str], cases: Sequence[tuple[Typeset, Mapping[str, str]]], box: Box
) -> Table:
    """A row for each letter of `names` (its label) and a column for each case: its head and its texts by letter."""
    columns = [
        Column([film.math(one, PX) for one in names], align="centre"),
        Column([film.words(film.label(key), PX, "muted") for key in names.values()], align="left"),
        *(Column([film.words(told[one], PX) for one in names], head) for head, told in cases),
    ]
    rules = [(len(names) - 1, 0, len(columns) - 1)]
    return Table(film.look, columns, box, gap=style.WIDE, rules=rules, up="centre")
