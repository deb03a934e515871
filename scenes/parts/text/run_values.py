"""What a series says of several runs, beside each other below a head: each run's mark and its value."""

from __future__ import annotations

from collections.abc import Iterable

from manim import VGroup

from scenes.parts.room.box import Box
from scenes.parts.room.layout import column, fit, row
from scenes.parts.text.typeset import Typeset
from scenes.stage import style
from scenes.stage.run_stage import RunStage


class RunValues:
    """Results of the training: a run that diverged has none. Values are written to be compared."""

    def __init__(
        self,
        film: RunStage,
        box: Box,
        head: Typeset,
        runs: Iterable[int],
        key: str,
        *place: int,
        role: str = "ink",
    ) -> None:
        runs = list(runs)
        form = film.form_of(key, *place, runs=runs)
        self.head, self.values = head, dict[int, VGroup]()
        for run in runs:
            if not film.diverged(run):
                text = film.value(film.of(run, key), *place, form=form, px=style.FORMULA_PX, colour=role)
                self.values[run] = row([film.sign(run), text])
        fit(column([head, row(self.values.values(), style.WIDE)]), box)

    def of(self, run: int) -> list[VGroup]:
        """A run's mark and value, if it has one."""
        return [self.values[run]] if run in self.values else []
