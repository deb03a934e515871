"""A window over several channels: for each a row of its name, what it covers, its slice of the kernel and their sum."""

from __future__ import annotations

from collections.abc import Sequence

from manim import Animation, FadeIn, FadeOut, LaggedStart, VGroup

from scenes.parts.arrays.cells import shape_of
from scenes.parts.arrays.hopping import Hopping
from scenes.parts.arrays.series_cells import SeriesCells
from scenes.parts.room.box import Box
from scenes.parts.room.layout import fit
from scenes.parts.text.typeset import Typeset
from scenes.stage import style
from scenes.stage.stage import Stage

WIDTHS = (1.0, 2.1, 2.1, 2.2)  # names, pixels, weights, sums


class ChannelRows(VGroup):
    """`pixels` and `weights` are series (channel, ky, kx); `tints` of the pixels' tiles are full at `white`."""

    def __init__(
        self,
        film: Stage,
        box: Box,
        names: Sequence[Typeset],
        series: tuple[str, str],
        sums: Sequence[Typeset],
        tints: Sequence[str],
        white: float,
    ) -> None:
        super().__init__()
        self.film, count = film, len(names)
        columns = box.without(top=style.NAME_ROOM).columns(*WIDTHS, gap=style.GAP)
        rooms = [column.rows(*[1.0] * count, gap=style.TIGHT) for column in columns]
        self.names = [fit(name, room, "right") for name, room in zip(names, rooms[0], strict=True)]
        self.sums = [fit(text, room, "left") for text, room in zip(sums, rooms[3], strict=True)]
        limit = float(abs(film.array(series[1])).max())
        self.pixels = [
            SeriesCells(film, series[0], k, role=tint, limit=white) for k, tint in enumerate(tints)
        ]
        self.weights = [SeriesCells(film, series[1], k, limit=limit) for k in range(count)]
        for grids, own in ((self.pixels, rooms[1]), (self.weights, rooms[2])):
            widest = max(grids, key=lambda one: one.need or 0.0)
            for cells, room in zip(grids, own, strict=True):
                cells.into(room, beside=widest)
            least = min(cells.number_px for cells in grids)
            for cells in grids:  # numbers of one size
                cells.number_px = least
                cells.fill()
        self.size = shape_of(film.array(series[1])[0])
        self.add(*self.names, *self.pixels, *self.weights, *self.sums)

    def covered(self) -> Animation:
        """The channels' names and what the window covers, row by row."""
        return LaggedStart(
            *(FadeIn(*one) for one in zip(self.names, self.pixels, strict=True)), lag_ratio=0.4
        )

    def slices(self) -> Animation:
        """The kernel, slice by slice."""
        return LaggedStart(*map(FadeIn, self.weights), lag_ratio=0.4)

    def multiply(self) -> None:
        """In one channel after the other both grids are framed, and their sum appears."""
        for pixels, weights, text in zip(self.pixels, self.weights, self.sums, strict=True):
            marks = Hopping(pixels, weights, size=self.size)
            self.film.play(marks.hop((0, 0), (0, 0)), FadeIn(text), run_time=style.MOVE_S)
            self.film.play(FadeOut(marks), run_time=style.QUICK_S / 2)
