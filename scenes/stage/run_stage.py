"""Films that compare recorded runs: a run's mark, how its numbers are written beside the others', what it came to."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property

import numpy as np
from manim import VGroup, VMobject

from scenes.parts.arrays.table import Column, Table
from scenes.parts.charts.markers import marker
from scenes.parts.room.box import Box
from scenes.parts.room.layout import fit, row
from scenes.parts.text.typeset import Typeset
from scenes.stage import style
from scenes.stage.comparing import comparable
from scenes.stage.provenance import Shown
from scenes.stage.stage import Stage

ACCURACY_CHARS = 6  # the room for a percentage


class RunStage(Stage):
    """A film of trained nets: the series `run{k}/…` belong to run k, counted from 1.

    Read here are `test_accuracy`, `diverged` and `diverged_step` of each, and training/constant_accuracy. The film's
    labels are `diverged`, and for sentences `says_learnt`, `says_constant` and `says_diverged`.
    """

    @staticmethod
    def of(run: int, name: str) -> str:
        """The name of a series of run `run`."""
        return f"run{run}/{name}"

    @cached_property
    def runs(self) -> range:
        """Every run of the trace."""
        return range(1, 1 + sum(name.endswith("/test_accuracy") for name in self.trace.series))

    def form_of(self, key: str, *places: int, runs: Iterable[int] = ()) -> str:
        """How a series of these runs (else of all), at these places, is written to be compared."""
        values = np.array([self.array(self.of(run, key)) for run in runs or self.runs])
        return comparable(values[:, list(places)] if places else values, form="short")

    # -- what a run looks like -------------------------------------------------------------------------------------

    def sign(self, run: int, role: str = "ink") -> VMobject:
        """The run's own mark, the same in every chart."""
        return marker(run - 1, self.look, role)

    def titled(self, run: int, name: str, room: float) -> VGroup:
        """The run's mark and its name."""
        sign = self.sign(run)
        return row([sign, self.fitted(name, room - sign.width - style.GAP)], gap=style.TIGHT)

    def run_table(
        self,
        box: Box,
        names: Mapping[int, Typeset],
        columns: Iterable[Column],
        *,
        head: Typeset | None = None,
        role: str = "ink",
        pitch: float = 0.9,
        gap: float = style.WIDE,
    ) -> Table:
        """A row for each run: its mark in a role, its name, and what the columns say of it."""
        signs = Column([self.sign(run, role) for run in names])
        named = Column(list(names.values()), head, "left")
        return Table(self.look, [signs, named, *columns], box, up="centre", pitch=pitch, gap=gap)

    def counted(
        self,
        key: str,
        runs: Iterable[int],
        *place: int,
        form: str = "",
        role: str = "ink",
        trained: bool = False,
    ) -> Column:
        """A series of these runs below each other, headed by the label of its name; compared, unless `form` is given.

        `trained`: it is a result of the training, which a run that diverged does not have.
        """
        form, runs = form or self.form_of(key, *place, runs=runs), list(runs)
        cells = [
            self.outcome(run, style.SMALL_PX)
            if trained and self.diverged(run)
            else self.value(self.of(run, key), *place, form=form, px=style.TABLE_PX, colour=role)
            for run in runs
        ]
        return Column(cells, self.head(key))

    def facts_beside(self, facts: Sequence[tuple[str, Typeset]], box: Box) -> list[VGroup]:
        """Labels and what belongs to them, beside each other; each nearer to its own than to the next one."""
        names = [self.words(self.label(key), style.LABEL_PX, "muted") for key, _ in facts]
        pairs = [row([name, text], style.GAP) for name, (_, text) in zip(names, facts, strict=True)]
        for pair, name, place in zip(
            pairs, names, box.columns(*(float(one.width) for one in pairs)), strict=True
        ):
            fit(pair, place, "left").shift([0, place.centre[1] - name.strut.get_center()[1], 0])
        return pairs

    # -- what its training came to ---------------------------------------------------------------------------------

    def diverged(self, run: int) -> bool:
        """Whether a run's training left the finite numbers."""
        return bool(self.item(self.of(run, "diverged")))

    def diverged_step(self, run: int) -> Shown:
        """When it did."""
        return self.number(self.of(run, "diverged_step"), form="d")

    @cached_property
    def accuracy_form(self) -> str:
        """How the test accuracies of all runs are written, beside that of one constant answer."""
        values = [self.item(self.of(run, "test_accuracy")) for run in self.runs if not self.diverged(run)]
        return comparable([*values, self.item("training/constant_accuracy")], form=".0%", most=ACCURACY_CHARS)

    def percent(self, run: int) -> Shown:
        """The accuracy on the test set."""
        return self.number(self.of(run, "test_accuracy"), form=self.accuracy_form)

    def outcome(self, run: int, px: float) -> Typeset:
        """What a run's training came to: its accuracy, or that it diverged."""
        if self.diverged(run):
            return self.words(self.label("diverged"), style.SMALL_PX, "loss")
        return self.words(self.percent(run), px)

    def scored(self, run: int) -> Typeset:
        """The same with how many of the test examples that is (`test_right`)."""
        if self.diverged(run):
            return self.outcome(run, style.TABLE_PX)
        count = self.number(self.of(run, "test_right"), form="d")
        return self.words(self.join(self.percent(run), " (", count, ")"), style.TABLE_PX)

    def learnt(self, run: int, who: str) -> str:
        """A sentence on a run's training: it diverged, is no better than one constant answer, or learnt."""
        if self.diverged(run):
            return self.label("says_diverged", who=who, step=self.diverged_step(run))
        if self.item(self.of(run, "test_accuracy")) <= self.item("training/constant_accuracy"):
            chance = self.number("training/constant_accuracy", form=self.accuracy_form)
            return self.label("says_constant", who=who, accuracy=self.percent(run), chance=chance)
        return self.label("says_learnt", who=who, accuracy=self.percent(run))
