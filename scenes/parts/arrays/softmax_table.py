"""From scores to probabilities: a row for each class, with bars of e^z that become shares of their sum."""

from __future__ import annotations

from collections.abc import Sequence

from manim import LEFT, Animation, VMobject

from scenes.parts.arrays.table import Bars, Column, Table
from scenes.parts.room.box import Box
from scenes.parts.room.folding import Fold
from scenes.parts.text.typeset import Typeset
from scenes.stage.style import Look

PITCH = 1.0  # from one row to the next, where there is room


class SoftmaxTable(Table):
    """`names` stand for the classes that `classes` shows, `texts` are their scores, exponentials and shares, `heads`
    those of their columns; `sums` names the row of sums and gives those of exponentials and shares.

    probabilities: of the shown classes (shown,). The bars stand for e^z first, the largest as long as there is room;
    `squeezed` makes them shares of their sum.
    """

    def __init__(
        self,
        look: Look,
        box: Box,
        classes: Fold,
        names: Sequence[VMobject],
        texts: tuple[Sequence[Typeset], Sequence[Typeset], Sequence[Typeset]],
        heads: tuple[Typeset, Typeset, Typeset],
        sums: tuple[Typeset, Typeset, Typeset],
        probabilities: Sequence[float],
    ) -> None:
        self.scores, self.exps, self.shares = map(list, texts)
        self.sum_name, self.total, self.one = sums
        columns: list[Column | Bars] = [
            Column([*names, self.sum_name], align="left"),
            Column([*self.scores, None], heads[0]),
            Column([*self.exps, self.total], heads[1]),
            Bars([*probabilities, None]),
            Column([*self.shares, self.one], heads[2]),
        ]
        rows = Fold(classes.count + 1, (*classes.shown, classes.count), classes.gap)
        rules = [(len(classes.shown), column, column) for column in (2, 4)]
        super().__init__(look, columns, box, rows=rows, rules=rules, pitch=PITCH)
        self.bars, self.most = self.column(3), max(probabilities)
        self.bars.stretch(1 / self.most, 0, about_edge=LEFT)

    def squeezed(self) -> Animation:
        """The bars become shares of their sum."""
        shorter: Animation = self.bars.animate.stretch(self.most, 0, about_edge=LEFT)
        return shorter
