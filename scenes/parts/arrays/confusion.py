"""A confusion matrix: how many of each true class (rows) were given each class (columns)."""

from __future__ import annotations

import numpy as np
from manim import VGroup

from scenes.parts.arrays.cells import Cells, number_form, widest
from scenes.parts.room.box import Box
from scenes.parts.text.typeset import Typeset
from scenes.stage import style
from scenes.stage.stage import Stage

HEAD_ROOM = 0.42  # of a line of names above the columns
CELL_MOST = 1.1
NAME_SHARE = 0.8  # how much smaller a name may become above its column
STRENGTH = 0.9  # of the colour in a cell that holds its whole row


class ConfusionMatrix(Cells):
    """`series` holds counts (true class, given class), `names` the classes. Right answers and mistakes differ in hue.

    `titles` say what its rows and its columns are; `heads` are these and the names.
    """

    def __init__(
        self, film: Stage, series: str, names: str, titles: tuple[Typeset, Typeset], box: Box
    ) -> None:
        self.film, self.series = film, series
        counts = film.array(series)
        if counts.ndim != 2 or counts.shape[0] != counts.shape[1]:
            raise ValueError(f"{series} of shape {counts.shape} is no confusion matrix")
        self.counts, self.form = counts, number_form(counts)
        rows, columns = (film.named(names, range(len(counts))) for _ in range(2))
        # A cell is wide enough for a number and for the name above it.
        need = max(
            widest(counts.ravel().tolist(), self.form, film.look),
            NAME_SHARE * max(one.width for one in columns),
        )
        super().__init__(film.look, (len(counts), len(counts)), need)
        beside = max([*(one.width for one in rows), titles[0].width]) + style.GAP
        self.into(box.without(left=beside, top=2 * HEAD_ROOM), CELL_MOST)
        self.heads = VGroup(*titles, *rows, *self._across(columns))
        for index, name in enumerate(rows):
            name.right_at(self.place(index, -0.5) - [style.TIGHT, 0, 0])
        top = self.place(-0.5, 0)[1]
        titles[0].right_at([self.box.left - style.TIGHT, top + 0.5 * HEAD_ROOM, 0])
        titles[1].centre_at([self.box.centre[0], top + 1.5 * HEAD_ROOM, 0])
        self.add(self.heads)

    def _across(self, names: list[Typeset]) -> list[Typeset]:
        lift = np.array([0, 0.5 * HEAD_ROOM, 0])
        above = [self.place(-0.5, index) + lift for index in range(len(names))]
        smallest = min(1.0, *((self.pitch[0] - style.TIGHT) / one.width for one in names))
        scaled = (one.scale(smallest) for one in names)
        return [one.centre_at(place) for one, place in zip(scaled, above, strict=True)]

    def draw(self, truth: int, given: int) -> VGroup:
        """One cell: as strong as its share of the true class, with its count."""
        row = float(self.counts[truth].sum())
        share = STRENGTH * float(self.counts[truth, given]) / row if row else 0.0
        self.tile((truth, given), "positive" if truth == given else "loss", share)
        if self.number_px:
            name = self.film.s(self.series)
            self.put((truth, given), self.film.value(name, truth, given, form=self.form, px=self.number_px))
        return self.cell((truth, given))

    def fill(self) -> ConfusionMatrix:
        """Every cell."""
        for truth, given in np.ndindex(*self.shape):
            self.draw(truth, given)
        return self
