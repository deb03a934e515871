"""An optimiser's rule in a box: its name and settings, the lines of its rule, and its first step in numbers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

import numpy as np
from manim import Animation, FadeIn, FadeOut, Rectangle, VGroup, VMobject

from scenes.parts.arrays.table import Cell, Column, Table
from scenes.parts.room.box import Box
from scenes.parts.room.layout import column, fit, row
from scenes.parts.room.legend import legend
from scenes.parts.text.step_sizes import FORERUNNER, pace_form, steeper
from scenes.parts.text.typeset import Typeset
from scenes.parts.text.update_rules import RULES
from scenes.stage import style
from scenes.stage.comparing import in_column
from scenes.stage.stage import Stage

RULE_PX, PART_PX, WORKED_PX = 44, 38, 40
HEAD, LINE, ROW = 0.5, 0.66, 0.58  # heights to each other: the title, a line of the rule, a row of numbers
WORKED = "digits:4"  # of numbers that can be checked by hand
FEW = 2  # moments need no frame
RIM = 0.1  # of a frame, around what is spoken of
BELOW = 0.2  # of a row, by which a note stands higher than the next row of its table


class RuleCard:
    """`head`, and below it the rule and its numbers in `box`; `meant`, what its symbols mean, in the box `under`, where
    `other` finds its place, what it is compared with.

    `moments` are what appears with one caption each: the lines of the rule and then the table; where each line makes
    one part (`UpdateRule.moments`), a line with its number; where there is `NAME/shown`, the squares after those
    updates: their sum (`NAME/sum`), the rule, their mean (where there is `NAME/pace`: η/√s of the forerunner, the rule,
    its own η/√s); of the last of these all numbers but the first wait in `later`, by the step at which they come.
    `last` is the step at which its path arrives, or ends.

    Reads `NAME/lr`, the series of the rule's settings, `NAME/gradient` and `NAME/first` (part, axis): the parts of the
    rule, and then the step itself; `NAME/reached`. Labels: `first`, `step`, `arrives_at`, `first_along`, `as_sum`,
    `as_mean`, `symbol_…`, and `rates_differ` where the optimisers' rates do.
    """

    def __init__(
        self,
        film: Stage,
        name: str,
        title: Typeset,
        role: str,
        box: Box,
        under: Box,
        other: VGroup,
    ) -> None:
        self.film, self.name, self.rule = film, name, RULES[name]
        self.first = film.array(f"{name}/first")
        self.later: dict[int, VGroup] = {}
        self.framed: VGroup | None = None
        reached, updates = (film.item(f"{name}/{key}") for key in ("reached", "updates"))
        self.last = max(reached, 1) if reached >= 0 else updates
        self.axis = steeper(film, name)
        squares = f"{name}/shown" in film.trace.series
        worked = bool(self.rule.moments) and len(self.first) > 0
        rows = 4 + (f"{name}/pace" in film.trace.series) if squares else 0 if worked else len(self.first)
        weights = HEAD, LINE * len(self.rule.lines), ROW * (rows + 1)
        head, middle, below = box.rows(*weights, gap=style.TIGHT)
        self.head = fit(row([title, self._settings()], style.WIDE), head, "left", "top")
        self.frame: Rectangle | None = None
        self.moments: list[VGroup]
        if worked:
            self.moments = self._line_by_line(box.without(top=box.top - head.bottom, right=RIM), role)
        else:
            lines = fit(
                column([film.math(line, RULE_PX) for line in self.rule.lines], style.GAP), middle, "left"
            )
            self.moments = (
                self._squares(below, lines) if squares else [lines, VGroup(self._first(below, role))]
            )
        self.meant = self._meanings(under, other)
        self.panel = VGroup(self.head, *self.moments, *self.later.values(), self.meant, other)

    def tells(self, moment: int) -> list[Animation]:
        """Animations with which a moment appears; of several, a frame goes to the one that is spoken of."""
        here = self.moments[moment]
        if len(self.moments) <= FEW:
            return [FadeIn(here)]
        around = self.framed if self.framed is not None and moment == len(self.moments) - 1 else here
        frame = Rectangle(width=around.width + 2 * RIM, height=around.height + 2 * RIM)
        frame.set_stroke(self.film.look.muted, style.LINE).move_to(around)
        old, self.frame = self.frame, frame
        return [FadeIn(here, frame), *([FadeOut(old)] if old is not None else [])]

    def with_numbers(self, dots: VGroup) -> VGroup:
        """The dots of the path's steps, from the second one on, each with the numbers that come there."""
        steps = range(2, self.last + 1)
        return VGroup(*(VGroup(*dots[k - 1 : k], *self.later.get(k, ())) for k in steps))

    def nothing_framed(self) -> list[Animation]:
        """Animations after which nothing is singled out."""
        old, self.frame = self.frame, None
        return [FadeOut(old)] if old is not None else []

    def _first(self, box: Box, role: str) -> Table:
        """Its first step by axis: the parts of the rule, and what comes of them."""
        film, first = self.film, self.first
        names = [film.math(part, PART_PX) for part in self.rule.parts]
        names.append(film.words(film.label("step"), style.TABLE_PX, role))
        columns = [Column(names[: len(first)], film.head("first"), align="left")]
        for axis, one in enumerate("xy"):
            cells = film.values(f"{self.name}/first", [(i, axis) for i in range(len(first))], "short")
            columns.append(Column(cells, film.math(one, PART_PX)))
        ruled = ((len(first) - 1, 0, 2),) if len(first) else ()
        return Table(film.look, columns, box, rules=ruled, pitch=0.6)

    def _line_by_line(self, box: Box, role: str) -> list[VGroup]:
        """Each line of the rule with what it makes in the first step, along its steeper axis."""
        film, count = self.film, len(self.rule.lines)
        lines = [film.math("nabla f", WORKED_PX), *(film.math(line, WORKED_PX) for line in self.rule.lines)]
        gradient = film.value(f"{self.name}/gradient", 0, self.axis, form="short", px=style.TABLE_PX)
        cells: list[Cell] = [
            *film.values(f"{self.name}/first", [(i, self.axis) for i in range(count)], WORKED)
        ]
        cells.insert(-1, None)  # the last line says what the step does, and is not its value
        lines.append(film.words(film.label("step"), style.TABLE_PX, role))
        cells[-1] = film.value(
            f"{self.name}/first", count - 1, self.axis, form=WORKED, px=style.TABLE_PX, colour=role
        )
        along = film.words(film.label("first_along", axis="xy"[self.axis]), style.LABEL_PX, "muted")
        columns = [Column(lines, align="left", fits=True), Column([gradient, *cells], along)]
        last = count + 1  # the step
        table = Table(film.look, columns, box, rules=((last, 0, 1),), pitch=0.78, gap=box.width)
        starts = np.cumsum([1, *self.rule.moments])
        moments = [VGroup(*table.rows[a:b]) for a, b in pairwise(starts.tolist())]
        moments[0].add(table.heads, table.rows[0])
        moments[-1].add(table.rules, table.rows[last])
        return moments

    def _squares(self, box: Box, lines: VMobject) -> list[VGroup]:
        """What it remembers of squares after some of its updates beside what they add up to, by axis."""
        film, name, axis = self.film, self.name, self.axis
        places = film.array(f"{name}/shown").tolist()
        steps = film.values("step", [k + 1 for k in places], "d", role="muted")
        rows = [(i, axis) for i in range(len(places))]
        if (
            f"{name}/pace" in film.trace.series
        ):  # what multiplies the gradient, by its forerunner and by itself
            sides = [self._paces(FORERUNNER, rows, "muted"), self._paces(name, rows, "input")]
            steps = VGroup(film.words(film.label(f"along_{'xy'[axis]}"), style.LABEL_PX, "muted"), *steps)
        else:
            sums = film.values(f"{name}/sum", rows, in_column(film.array(f"{name}/sum")[:, axis]))
            means = film.values(
                f"{name}/state/square_avg", [(k, axis) for k in places], "short", role="input"
            )
            head = film.label("as_sum", axis="xy"[axis])
            sides = [
                Column(sums, film.words(head, style.LABEL_PX, "muted")),
                Column(means, film.words(film.label("as_mean"), style.LABEL_PX, "input")),
            ]
        columns = [Column(steps, film.head("step")), *sides]
        above, last = box.rows(len(steps) + 1, 1, gap=0.0)
        table = Table(film.look, columns, above, pitch=0.56, gap=style.WIDE)
        heads, own = list(table.heads), table.column(2)
        cells = own[-len(places) :] if places else []
        self.later = {k + 1: VGroup(cell) for k, cell in zip(places, cells, strict=True) if 0 < k < self.last}
        self.framed = VGroup(heads[2], own)
        waiting = [cell for row_ in self.later.values() for cell in row_]
        told = VGroup(heads[2], *(cell for cell in own if cell not in waiting))
        if places and places[-1] + 1 == film.item(f"{name}/reached"):
            who = film.name("optimisers", film.array("optimisers").tolist().index(name))
            arrives = film.label("arrives_at", name=who, step=film.integer("step", places[-1] + 1))
            under = replace(last, right=table.lefts[2] + table.widths[2], top=table.y(len(steps) - BELOW))
            note = fit(film.words(arrives, style.TABLE_PX, "input"), under, "right", "top")
            self.later.get(places[-1] + 1, told).add(note)
        return [VGroup(*heads[:2], table.column(0), table.column(1)), VGroup(lines), told]

    def _paces(self, name: str, rows: Sequence[tuple[int, int]], role: str) -> Column:
        """The column of a method's η/√s, with its own η, in the updates that are shown."""
        film = self.film
        form = pace_form(film, self.name)
        place = film.array("optimisers").tolist().index(name)
        cells = [
            film.math("{rate} \\/ sqrt(s)", PART_PX, role, rate=film.number(f"{name}/lr")),
            *film.values(f"{name}/pace", rows, form, role=role),
        ]
        return Column(cells, film.words(film.name("optimisers", place), style.LABEL_PX, role))

    def _settings(self) -> Typeset:
        settings = {"eta": f"{self.name}/lr", **RULES[self.name].settings}
        fields = {f"s{i}": self.film.number(series) for i, series in enumerate(settings.values())}
        source = ", quad ".join(f"{sign} = {{s{i}}}" for i, sign in enumerate(settings))
        return self.film.math(source, PART_PX, **fields)

    def _meanings(self, under: Box, other: VGroup) -> VGroup:
        film = self.film
        upper, lower = under.rows(1, 1, gap=style.TIGHT)
        told = [
            (film.math(one.partition("_")[0], PART_PX), film.words(film.label(f"symbol_{one}")))
            for one in RULES[self.name].keeps
        ]
        below = [other]
        if len({film.item(f"{one}/lr") for one in film.array("optimisers")}) > 1:
            below.append(film.words(film.label("rates_differ")))
        fit(row(below, style.WIDE), lower, "left")
        return VGroup(legend(told, upper, beside=True), *below[1:])
