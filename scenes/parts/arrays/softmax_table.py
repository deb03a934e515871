"""From scores to probabilities: a row for each class, with bars of z, then of e^z as shares of their sum."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from manim import UP, Animation, Line, Rectangle, VGroup, VMobject

from scenes.parts.arrays.table import BAR_LEAST, Bars, Column, Table
from scenes.parts.room.box import Box
from scenes.parts.room.folding import Fold
from scenes.parts.room.motion import leave
from scenes.parts.text.typeset import Typeset
from scenes.stage import style
from scenes.stage.style import Look

FAINT = 0.4  # of the lines of an axis, which stand among the bars
PITCH = 1.0  # from one row to the next, where there is room


class SoftmaxTable(Table):
    """`names` stand for the classes that `classes` shows, `texts` are their scores, exponentials and shares, `heads`
    those of their columns; `sums` names the row of sums and gives those of scores, exponentials and shares; `ends`
    stand above the bars: 0 of the scores, the sum at the end of the `tracks`, and 1, which takes its place.

    probabilities, logits: of the shown classes (shown,). `score_bars` with their `zero` line stand for z; `bars` in
    their tracks for e^z and for p alike, whose axes differ in their numbers only. ticks: numbers on the axis of e^z, by
    their share of the sum, from 0 on; `scale` are these, each with its line.
    """

    def __init__(
        self,
        look: Look,
        box: Box,
        classes: Fold,
        names: Sequence[VMobject],
        texts: tuple[Sequence[Typeset], Sequence[Typeset], Sequence[Typeset]],
        heads: tuple[Typeset, Typeset, Typeset],
        sums: tuple[Typeset, Typeset, Typeset, Typeset],
        probabilities: Sequence[float],
        logits: Sequence[float],
        ends: tuple[Typeset, Typeset, Typeset],
        ticks: Mapping[float, Typeset],
    ) -> None:
        self.scores, self.exps, self.shares = map(list, texts)
        self.sum_name, self.score_total, self.total, self.one = sums
        columns: list[Column | Bars] = [
            Column([*names, self.sum_name], align="left"),
            Column([*self.scores, self.score_total], heads[0]),
            Column([*self.exps, self.total], heads[1]),
            Bars([*probabilities, None]),
            Column([*self.shares, self.one], heads[2]),
        ]
        rows = Fold(classes.count + 1, (*classes.shown, classes.count), classes.gap)
        rules = [(len(classes.shown), column, column) for column in (1, 2, 4)]
        super().__init__(look, columns, box, rows=rows, rules=rules, pitch=PITCH)
        self.bars, self.ends = self.column(3), ends
        count = len(classes.shown)
        self.tracks = VGroup(*(self._track(row) for row in range(count)))
        low, high = min(0.0, *logits), max(0.0, *logits)
        long = self.widths[3] / ((high - low) or 1.0)
        x = self.lefts[3] - low * long
        self.score_bars = VGroup(*(self._score_bar(row, x, value * long) for row, value in enumerate(logits)))
        self.zero = self._upright(x)
        full = self.lefts[3] + self.widths[3]
        for place, end in zip((x, full, full), ends, strict=True):
            end.centre_at([place, self.head_y, 0])
        self.scale = VGroup(*(self._tick(share, text) for share, text in sorted(ticks.items())))

    def _upright(self, x: float) -> Line:
        """A line from above the first bar to below the last one."""
        top, bottom = self.box(0, 3).top, self.box(len(self.tracks) - 1, 3).bottom
        return Line([x, top, 0], [x, bottom, 0], color=self.look.muted, stroke_width=style.LINE)

    def _tick(self, share: float, text: Typeset) -> VGroup:
        x = self.lefts[3] + share * self.widths[3]
        line = self._upright(x).set_stroke(opacity=FAINT if share else 1)
        return VGroup(line, text.centre_at([x, self.head_y, 0]))

    def _score_bar(self, row: int, x: float, long: float) -> Rectangle:
        bar = self.bars[row].copy().stretch_to_fit_width(max(abs(long), BAR_LEAST))
        return bar.move_to([x + long / 2, self.row_y(row), 0])

    def _track(self, row: int) -> Rectangle:
        room = self.box(row, 3)
        track = Rectangle(width=room.width, height=self.bars[row].height, stroke_width=style.HAIRLINE)
        return track.set_stroke(self.look.muted).move_to(room.centre)

    def chosen(self, row: int) -> Animation:
        """A row's track becomes bold, in the colour of its bar."""
        bold: Animation = self.tracks[row].animate.set_stroke(self.look.activation, style.STRONG)
        return bold

    def turned(self, lanes: Sequence[Box], side: Box, picture: float) -> tuple[list[Box], list[Animation]]:
        """Only tracks, bars and shares stay and go to `lanes`, a box a row; they reach from `side`, less the width of
        a `picture`, to where they ended. Gives the boxes of the pictures, and the animations; `kept` is what stays."""
        right = self.lefts[3] + self.widths[3]
        left = side.left + picture + style.GAP
        share = (right - left) / self.widths[3]
        moves: list[Animation] = []
        for k, lane in enumerate(lanes):
            way = (lane.centre[1] - self.row_y(k)) * UP
            edge = np.array([right, self.row_y(k), 0])
            long = self.tracks[k], self.bars[k]
            moves += [one.animate.stretch(share, 0, about_point=edge).shift(way) for one in long]
            moves.append(self.shares[k].animate.shift(way))
        gone = self.heads, *self.scores, *self.exps, self.rules
        sums = self.sum_name, self.score_total, self.total, self.one
        moves.append(leave(*gone, *sums, self.scale[:1], self.ends[2], self.ellipsis))
        self.kept = VGroup(*self.tracks, *self.bars, *self.shares)
        rooms = [Box(side.left, side.left + picture, *self._within(lane)) for lane in lanes]
        return rooms, moves

    @staticmethod
    def _within(lane: Box) -> tuple[float, float]:
        inner = lane.without(bottom=style.TIGHT, top=style.TIGHT)
        return inner.bottom, inner.top
