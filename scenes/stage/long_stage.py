"""What beats about long ways back share: the three long runs of recorder `rnn`, their names, what they came to."""

from __future__ import annotations

from typing import ClassVar

from manim import VGroup

from scenes.parts.arrays.table import Column, Table
from scenes.parts.charts.markers import marker
from scenes.parts.room.box import Box
from scenes.parts.room.layout import column, fit, row
from scenes.parts.text.typeset import Typeset
from scenes.stage import style
from scenes.stage.provenance import Shown
from scenes.stage.recurrent_stage import RecurrentStage

NAME_PX, BIAS_PX, MARK = 36, 32, 0.13
SETTING_ROOM = 4.4
LEFT_PX = 40  # of what is left
PITCH = 1.15  # of the table's rows, whose names may have two lines


class LongStage(RecurrentStage):
    """`LONG` are the RNN, the LSTM as torch starts it, and the one whose gates start from given biases.

    Labels: `per_step`, `at_first`, `left` ({first}, {n}), `before` ({what}), `again` ({name}), `all_units` ({units}),
    `fresh`.
    """

    LONG = (1, 2, 3)
    TONES: ClassVar = {1: "muted", 2: "gradient", 3: "gradient"}  # of their curves

    @property
    def lasts(self) -> bool:
        """Whether every run's gradient can be followed to the first step, or underflows on the way."""
        return all(self.item(f"long{run}/per_step") for run in self.LONG)

    def times(
        self, series: str, *index: int, form: str = ".3f", px: float = NAME_PX, role: str = "gradient"
    ) -> Typeset:
        """By how much a gradient changes."""
        return self.math("times {f}", px, role, f=self.number(series, *index, form=form))

    def at_first(self, run: int) -> Shown:
        """The gradient at the first step of a long run."""
        return self.number(f"long{run}/gradient_norm", 0, form="short")

    def setting(self) -> VGroup:
        """What the long runs are: the sequence again and again, nothing trained, and what their norms are of."""
        units = self.label("all_units", units=self.number("hidden", form="d"))
        texts = (self.fitted(one, SETTING_ROOM, NAME_PX) for one in (self.label("fresh"), units))
        return column([self.again(SETTING_ROOM, NAME_PX), *texts], style.TIGHT)

    def again(self, room: float, px: float, colour: str = "ink") -> Typeset:
        """What the long runs read, again and again."""
        name = self.number("sequence" if self.of_characters else "data/name", form="name")
        return self.fitted(self.label("again", name=name), room, px, colour)

    def net(self, run: int) -> list[Typeset]:
        """The name of a long run, and the biases that it starts from."""
        name = self.words(self.name(f"long{run}/cell"), NAME_PX, self.TONES[run])
        biases = {gate[0]: self.number(f"long/{gate}_bias") for gate in ("forget", "input")}
        given = biases if self.item(f"long{run}/open") else {}
        return [name, *(self.math(f"b_{one} = {{n}}", BIAS_PX, "gradient", n=n) for one, n in given.items())]

    def came_to(self, run: int) -> Typeset:
        """A run's factor a step, or its gradient at the first step where that has underflown."""
        if self.lasts:
            return self.times(f"long{run}/per_step", role=self.TONES[run])
        return self.words(self.at_first(run), NAME_PX, self.TONES[run])

    def long_table(self, box: Box) -> Table:
        """A row for each long run: its mark and name, and what is left at each step."""
        columns = [
            Column([marker(run, self.look, self.TONES[run], MARK) for run in self.LONG]),
            Column([column(self.net(run), style.TIGHT) for run in self.LONG], align="left"),
            Column([self.came_to(run) for run in self.LONG], self.said(self._what)),
        ]
        return Table(self.look, columns, box, gap=style.GAP, pitch=PITCH, up="centre")

    def curve_name(self, run: int) -> Typeset:
        """The name of a long run beside its curve, with the biases that its gates start from."""
        if not self.item(f"long{run}/open"):
            return self.words(self.name(f"long{run}/cell"), NAME_PX, self.TONES[run])
        named = 'word("{name}"), quad b_f = {f}, thick b_i = {i}'.replace(
            "{name}", self.name(f"long{run}/cell")
        )
        biases = {gate[0]: self.number(f"long/{gate}_bias") for gate in ("forget", "input")}
        return self.math(named, NAME_PX, self.TONES[run], **biases)

    def what_is_left(self, box: Box) -> tuple[Typeset, Table]:
        """The same in short: what is left of each run's gradient at the first step; what that is, above."""
        ends = {"first": self.number("long/step", 0, form="d"), "n": self.number("long/length", form="d")}
        what = self.label("left" if self.lasts else "at_first", **ends)
        above, below = box.rows(1, len(self.LONG), gap=0)
        head = self.fitted(self.label("before", what=what), box.width, NAME_PX, "muted")
        series, at = ("left", ()) if self.lasts else ("gradient_norm", (0,))
        left = [
            self.value(f"long{run}/{series}", *at, form="short", px=LEFT_PX, colour=self.TONES[run])
            for run in self.LONG
        ]
        names = [row(self.net(run), style.TIGHT) for run in self.LONG]
        columns = [Column(names, align="left"), Column(left)]
        return fit(head, above, "left", "top"), Table(self.look, columns, below, gap=style.WIDE, up="centre")

    @property
    def _what(self) -> str:
        return "per_step" if self.lasts else "at_first"
