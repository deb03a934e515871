"""The formula for a convolution's output size, worked out; and a table of its letters in several cases."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from manim import RIGHT, VGroup

from scenes.parts.arrays.table import Column, Table
from scenes.parts.room.box import Box
from scenes.parts.room.layout import column, fit
from scenes.stage import style
from scenes.stage.stage import Stage

PX, RULE_PX = 40, 46
LETTERS = "nfpsdo"  # from top to bottom
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


def size_cases(film: Stage, cases: Sequence[tuple[str, Mapping[str, str]]], box: Box) -> Table:
    """A row for each letter with its label letter_… and a column for each case: its head and its texts by letter."""
    letters = [one for one in LETTERS if one in cases[0][1]]
    columns = [
        Column([film.math(one, PX) for one in letters], align="centre"),
        Column([film.words(film.label(f"letter_{one}"), PX, "muted") for one in letters], align="left"),
        *(
            Column([film.words(told[one], PX) for one in letters], film.words(head, style.LABEL_PX, "muted"))
            for head, told in cases
        ),
    ]
    rules = [(len(letters) - 1, 0, len(columns) - 1)]
    return Table(film.look, columns, box, gap=style.WIDE, rules=rules, up="centre")
