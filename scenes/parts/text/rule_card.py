"""An optimiser's rule in a box: its name and settings, the lines of its rule, and its first step in numbers."""

from __future__ import annotations

from manim import VGroup

from scenes.parts.arrays.table import Column, Table
from scenes.parts.room.box import Box
from scenes.parts.room.layout import column, fit, row
from scenes.parts.room.legend import legend
from scenes.parts.text.typeset import Typeset
from scenes.parts.text.update_rules import RULES
from scenes.stage import style
from scenes.stage.stage import Stage

RULE_PX, PART_PX = 44, 38
HEAD, LINE, ROW = 0.5, 0.66, 0.58  # heights to each other: the title, a line of the rule, a row of numbers


class RuleCard:
    """`head`, `lines` and `table` below each other in `box`; `meant`, what its symbols mean, and `other`, what it
    is compared with, in the box `under`.

    Reads `NAME/lr`, the series of the rule's settings, and `NAME/first` (part, axis): the parts of the rule, and then
    the step itself. Where there is `NAME/shown`, its squares after those updates stand in its place. Labels: `first`,
    `step`, `symbol_…`, and `rates_differ` where the optimisers' rates do.
    """

    def __init__(
        self, film: Stage, name: str, title: Typeset, role: str, box: Box, under: Box, other: VGroup
    ) -> None:
        self.film, self.name, rule = film, name, RULES[name]
        rows = 3 if f"{name}/shown" in film.trace.series else len(film.array(f"{name}/first"))
        weights = HEAD, LINE * len(rule.lines), ROW * (rows + 1)
        head, middle, below = box.rows(*weights, gap=style.TIGHT)
        self.head = fit(row([title, self._settings()], style.WIDE), head, "left", "top")
        lines = [film.math(line, RULE_PX) for line in rule.lines]
        self.lines = fit(column(lines, style.GAP), middle, "left")
        self.table = (
            self._squares(below) if f"{name}/shown" in film.trace.series else self._first(below, role)
        )
        self.meant = self._meanings(under, other)
        self.panel = VGroup(self.head, self.lines, self.table, self.meant)

    def _first(self, box: Box, role: str) -> Table:
        """Its first step by axis: the parts of the rule, and what comes of them."""
        film, first = self.film, self.film.array(f"{self.name}/first")
        names = [film.math(part, PART_PX) for part in RULES[self.name].parts]
        names.append(film.words(film.label("step"), style.TABLE_PX, role))
        columns = [Column(names[: len(first)], film.head("first"), align="left")]
        for axis, one in enumerate("xy"):
            cells = film.values(f"{self.name}/first", [(i, axis) for i in range(len(first))], "short")
            columns.append(Column(cells, film.math(one, PART_PX)))
        ruled = ((len(first) - 1, 0, 2),) if len(first) else ()
        return Table(film.look, columns, box, rules=ruled, pitch=0.6)

    def _squares(self, box: Box) -> Table:
        """What it remembers of squares after some of its updates."""
        film, places = self.film, self.film.array(f"{self.name}/shown").tolist()
        steps = film.values("step", [k + 1 for k in places], "d", role="muted")
        columns = [Column(steps, film.head("step"))]
        for axis, one in enumerate("xy"):
            at = [(k, axis) for k in places]
            cells = film.values(f"{self.name}/state/square_avg", at, "short", role="input")
            columns.append(Column(cells, film.math(f"s_{one}", PART_PX)))
        return Table(film.look, columns, box, pitch=0.6)

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
            below.append(film.words(film.label("rates_differ"), colour="muted"))
        return VGroup(legend(told, upper, beside=True), fit(row(below, style.WIDE), lower, "left"))
