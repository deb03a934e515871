"""From scores to probabilities: a row for each class, with bars of e^z that become shares of their sum."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from manim import LEFT, UP, Animation, Rectangle, VGroup, VMobject

from scenes.parts.arrays.table import Bars, Column, Table
from scenes.parts.room.box import Box
from scenes.parts.room.folding import Fold
from scenes.parts.room.motion import leave
from scenes.parts.text.typeset import Typeset
from scenes.stage import style
from scenes.stage.style import Look

PITCH = 1.0  # from one row to the next, where there is room


class SoftmaxTable(Table):
    """`names` stand for the classes that `classes` shows, `texts` are their scores, exponentials and shares, `heads`
    those of their columns; `sums` names the row of sums and gives those of exponentials and shares; `ends` are written
    below the ends of the `tracks`, which the bars fill when they stand for 1.

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
        ends: tuple[Typeset, Typeset],
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
        self.tracks = VGroup(*(self._track(row) for row in range(len(classes.shown))))
        for place, end in zip((0.0, 1.0), ends, strict=True):
            end.centre_at([self.lefts[3] + place * self.widths[3], self.row_y(len(classes.shown)), 0])
        self.tracks.add(*ends)
        self.add(self.tracks)
        self.bars.stretch(1 / self.most, 0, about_edge=LEFT)

    def _track(self, row: int) -> Rectangle:
        room = self.box(row, 3)
        track = Rectangle(width=room.width, height=self.bars[row].height, stroke_width=style.HAIRLINE)
        return track.set_stroke(self.look.muted).move_to(room.centre)

    def squeezed(self) -> Animation:
        """The bars become shares of their sum."""
        shorter: Animation = self.bars.animate.stretch(self.most, 0, about_edge=LEFT)
        return shorter

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
        gone = self.heads, self.sum_name, *self.scores, *self.exps, self.total, self.one, self.rules
        moves.append(leave(*gone, *self.tracks[len(lanes) :], self.ellipsis))
        self.kept = VGroup(*self.tracks[: len(lanes)], *self.bars, *self.shares)
        rooms = [Box(side.left, side.left + picture, *self._within(lane)) for lane in lanes]
        return rooms, moves

    @staticmethod
    def _within(lane: Box) -> tuple[float, float]:
        inner = lane.without(bottom=style.TIGHT, top=style.TIGHT)
        return inner.bottom, inner.top
