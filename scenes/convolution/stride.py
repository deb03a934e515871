"""Larger steps make a smaller output, and pass over cells."""

from __future__ import annotations

import numpy as np
from manim import Create, FadeIn, LaggedStart, VGroup

from scenes.convolution.padding import Padding
from scenes.parts.arrays.filling import Filling
from scenes.parts.arrays.series_cells import SeriesCells
from scenes.parts.room.motion import leave
from scenes.stage import style

EXAMPLE = 2  # the stride that is shown when the run itself takes every place
STOP_S = (0.5, 0.35, 0.22)


class Stride(Padding):
    """The beat on padding left its picture `padded`, with `amount` of a border, and what stands `between`."""

    def stride(self) -> None:
        """The window jumps, and passes over what it never covers."""
        s = self.stepped
        unread = np.argwhere(self.array(f"{s}/visits") == 0).tolist()
        self.variant("" if unread else "all")
        self.say(stride=self.number(f"{s}/stride"))
        rim = [] if any(self.border) else [leave(self.padded.take(self.padded.rim))]
        self.play(*self.clear_panel(), *rim, run_time=style.MOVE_S)
        cells = SeriesCells(self, f"{s}/output", limit=float(self.item("slide/limit")))
        cells.into(self.grown.box, most=self.padded.pitch[1])
        first, step = self.amount - self.border[0], int(self.item(f"{s}/stride"))
        tops, lefts = ([first + step * k for k in range(side)] for side in cells.shape)
        walk = Filling(self, self.padded, cells, tops=tops, lefts=lefts, **self.reach)
        box = self.padded.box if any(self.border) else self.pair.inside(self.padded)
        sides = (box, self.input_text()), (cells.box, self.output_text(f"{s}/size"))
        names = [self.over(*side) for side in sides]
        self.play(*walk.enter(), FadeIn(walk.hollow, *names), run_time=style.MOVE_S)
        walk.each(seconds=STOP_S)
        self.play(walk.end(), run_time=style.QUICK_S)
        self.panel = VGroup(self.padded.all(), self.between, walk.hollow, cells, *names)
        self.say(**({"unread": self.number(f"{s}/unread", form="d")} if unread else {}))
        struck = self.padded.strike((y + self.amount, x + self.amount) for y, x in unread)
        if unread:
            self.panel.add(struck)
            self.play(LaggedStart(*map(Create, struck), lag_ratio=0.1), run_time=style.SLOW_S)

    @property
    def stepped(self) -> str:
        """Where the series of the stride begin that is shown: the run's, or one that passes over cells."""
        return f"stride{max(int(self.array('size/stride')[0]), EXAMPLE)}"
