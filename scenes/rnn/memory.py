"""The hidden state over time: one column of squares a step, one row a unit."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from manim import Rectangle, VGroup

from scenes.parts.box import Box
from scenes.parts.chart import Axis, Chart
from scenes.parts.layout import fit
from scenes.parts.scale import Scale
from scenes.parts.table import Column, Table
from scenes.parts.typeset import Typeset
from scenes.rnn.stage import RecurrentStage
from scenes.stage import style
from scenes.stage.comparing import comparable

COLUMN_MAX, ROW_MAX = 2.0, 1.1
CHARACTER_ROOM = 0.34  # of a column that is named by the character it read
NUMBERS_MAX = 7  # under columns that have no room for that
ENDS_CHARS = 8  # the room for the largest and the smallest number
PX = 40
LABELS = 0.9  # of the map's room, for what stands beside and below it


class MemoryMap(Chart):
    """Steps from left to right, units from top to bottom; `key` explains the signs. `alone`: no `pair` beside it."""

    def __init__(self, stage: RecurrentStage, box: Box, alone: bool) -> None:
        self.film, self.states = stage, stage.states
        left, right = box.columns(3.2 if alone else 1.55, 1)
        self.above, self.middle, self.below = right.rows(1, 1.5, 0.6)
        self.count, units = self.states.values.shape
        highest = np.inf if self.states.dense else ROW_MAX * units + LABELS
        ends = list(dict.fromkeys((0, units - 1)))
        numbers = stage.values("unit", ends, "d", style.NUMBER_MIN_PX, "muted")
        rows = dict(zip((-float(unit) for unit in ends), numbers, strict=True))
        super().__init__(
            stage.look,
            left.middle(COLUMN_MAX * self.count + LABELS, highest),
            Axis(Scale(-0.5, self.count - 0.5), None, self._read(left.width)),
            Axis(Scale(0.5 - units, 0.5), stage.head("unit"), rows),
            framed=True,
        )
        self.frame[0].set_fill(self.look.surface, opacity=1).set_stroke(width=0).set_z_index(-1)
        self.places = self.box.columns(*[1.0] * self.count, gap=0)
        self.key = self._key()

    def _read(self, width: float) -> dict[float, Typeset]:
        """Under the columns the characters read, or the numbers of some steps."""
        film, steps = self.film, range(self.count)
        if film.of_characters and width / self.count >= CHARACTER_ROOM:
            return {t: film.sign("input", t, 34, "input") for t in steps}
        steps = steps[:: -(-self.count // NUMBERS_MAX)]
        texts = film.values("step", steps, "d", style.NUMBER_MIN_PX, "muted")
        return dict(zip(map(float, steps), texts, strict=True))

    def columns(self, steps: Sequence[int]) -> VGroup:
        """The states after these steps, at their places."""
        return self.states.columns(steps, [self.places[step] for step in steps])

    def outline(self, step: int) -> Rectangle:
        """A frame around one column."""
        place = self.places[step]
        frame = Rectangle(width=place.width, height=place.height).move_to(place.centre)
        return frame.set_stroke(self.look.input, style.STRONG)

    def _key(self) -> Table:
        """The signs with the largest and the smallest value of this run."""
        film, ends, h = self.film, self.states.ends(), self.states.values
        form = comparable([h.min(), h.max()], form=".2f", most=ENDS_CHARS)
        columns = [Column([sign for _, sign in ends])]
        if not self.states.dense:
            words = ["largest" if h[place] > 0 else "smallest" for place, _ in ends]
            columns.append(
                Column([film.words(film.label(one), colour="muted") for one in words], align="left")
            )
        columns.append(Column(film.values("h", [place for place, _ in ends], form, role="activation")))
        return Table(self.look, columns, self.above, gap=style.WIDE)

    def pair(self, early: int, late: int) -> Table:
        """Two steps that read the same character: their states, the character, what each predicts."""
        film, steps = self.film, (early, late)
        cells = [
            [film.math("h_({t})", PX, t=film.number("step", t, form="d")) for t in steps],
            [film.tile("input", t, self.middle, "input") for t in steps],
            [film.words(film.label("predicts"), style.SMALL_PX, "muted") for _ in steps],
            [film.words("→", PX, "muted") for _ in steps],
            [film.sign("predicted", t, PX, "activation") for t in steps],
        ]
        pitch = film.inputs.row.height + style.GAP
        columns = [Column(one) for one in cells]
        return Table(self.look, columns, self.middle, up="centre", pitch=pitch, gap=style.WIDE)

    def apart(self, early: int, late: int) -> Typeset:
        """How far apart the states of two steps are."""
        steps = zip("ab", (early, late), strict=True)
        fields = {name: self.film.number("step", t, form="d") for name, t in steps}
        fields["d"] = self.film.number("same/distance", form="short")
        return fit(self.film.math("norm(h_({a}) - h_({b})) = {d}", PX, **fields), self.below, "left")
