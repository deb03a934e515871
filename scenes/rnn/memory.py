"""The hidden state over time: one column of squares a step, one row a unit."""

from __future__ import annotations

import numpy as np
from manim import Rectangle, VGroup

from scenes.parts.box import Box
from scenes.parts.heat import heat
from scenes.parts.hinton import key
from scenes.parts.layout import fit
from scenes.parts.table import Column, Table
from scenes.parts.typeset import Typeset
from scenes.rnn.stage import RecurrentStage
from scenes.stage import style
from scenes.stage.comparing import comparable

COLUMN_MAX, ROW_MAX = 1.5, 0.9
GAP_SHARE, GAP_FROM = 0.97, 0.1  # columns of colours from this width on have a gap between them
CHARACTER_ROOM = 0.34
NUMBERS_MAX = 7  # under columns that have no room for their characters
BAR_CELLS, BAR_HEIGHT = 48, 0.3
ENDS_CHARS = 8  # the room for the largest and the smallest number
UNIT_ROOM, LABEL_ROOM = 0.9, 0.6  # left of the map and below it
AROUND = 0.08


class MemoryMap:
    """`places[t]` is where the state of step t stands on `ground`; `units` numbers the rows; `key` explains the signs.

    `pair` and `apart` are about two steps that read the same.
    """

    def __init__(self, stage: RecurrentStage, box: Box) -> None:
        self.stage = stage
        left, right = box.columns(1.55, 1)
        self.above, self.middle, self.below = right.rows(1, 1.5, 0.6)
        count, units = stage.array("h").shape
        highest = np.inf if stage.dense else ROW_MAX * units
        room = left.without(left=UNIT_ROOM, bottom=LABEL_ROOM, top=AROUND)
        self.inner = room.middle(COLUMN_MAX * count, highest)
        self.places = self.inner.columns(*[1.0] * count, gap=0)
        self.ground = self._around(self.inner, AROUND).set_fill(stage.look.surface, opacity=1)
        self.ground.set_stroke(width=0).set_z_index(-1)
        self.units = self._units(units)
        self.key = self._colours() if stage.dense else self._signs()

    @staticmethod
    def _around(box: Box, room: float) -> Rectangle:
        return Rectangle(width=box.width + 2 * room, height=box.height + 2 * room).move_to(box.centre)

    def states(self, steps: list[int]) -> VGroup:
        """The states after these steps, at their places."""
        pitch = self.places[0].width
        width = pitch * (GAP_SHARE if pitch > GAP_FROM else 1)
        return self.stage.state(steps, [self.places[step].middle(width) for step in steps])

    @property
    def names_inputs(self) -> bool:
        """Whether every column has room for the character it read."""
        return self.stage.of_characters and self.places[0].width >= CHARACTER_ROOM

    def labels(self) -> dict[int, Typeset]:
        """The characters read, or the numbers of some steps, under the columns."""
        stage, count = self.stage, len(self.places)
        if self.names_inputs:
            texts = {t: stage.sign("input", t, 36, "input") for t in range(count)}
        else:
            steps = range(0, count, -(-count // NUMBERS_MAX))
            cells = stage.values("step", steps, "d", style.NUMBER_MIN_PX, "muted")
            texts = dict(zip(steps, cells, strict=True))
        for t, text in texts.items():
            text.centre_at(self.places[t].at(0.5, 0) - np.array([0, LABEL_ROOM / 2 + AROUND, 0]))
        return texts

    def _units(self, units: int) -> VGroup:
        """The first and last unit's number, and what they count."""
        stage = self.stage
        rows = self.inner.without(left=-UNIT_ROOM, right=self.inner.width + 2 * AROUND).rows(
            *[1.0] * units, gap=0
        )
        ends = list(dict.fromkeys((0, units - 1)))
        numbers = stage.values("unit", ends, "d", style.NUMBER_MIN_PX, "muted")
        marks = VGroup(
            *(one.right_at(rows[unit].at(1, 0.5)) for one, unit in zip(numbers, ends, strict=True))
        )
        name = stage.head("unit")
        if units < 3:  # no room between the first and the last
            return marks.add(name.left_at(self.inner.at(0, 1) + np.array([0, style.GAP, 0])))
        return marks.add(name.right_at(self.inner.at(0, 0.5) - np.array([2 * AROUND, 0, 0])))

    def _ends(self) -> list[tuple[str, int, tuple[int, int], Typeset]]:
        """The largest and the smallest number of the map: label, sign, (step, unit), text."""
        h = self.stage.array("h")  # (step, unit)
        form = comparable([h.min(), h.max()], form=".2f", most=ENDS_CHARS)
        ends = [("largest", 1, int(h.argmax())), ("smallest", -1, int(h.argmin()))]
        found = [(label, sign, divmod(place, h.shape[1])) for label, sign, place in ends]
        texts = self.stage.values("h", [place for _, _, place in found], form, role="activation")
        return [(*one, text) for one, text in zip(found, texts, strict=True)]

    def _signs(self) -> Table:
        """Filled and hollow squares with the largest and the smallest value of this run."""
        stage, h = self.stage, self.stage.array("h")
        shown = [one for one in self._ends() if float(h[one[2]]) * one[1] > 0]
        columns = [
            Column([key(stage.look, 0, 0, BAR_HEIGHT, sign) for _, sign, _, _ in shown]),
            Column([stage.words(stage.label(name), colour="muted") for name, *_ in shown], align="left"),
            Column([text for *_, text in shown]),
        ]
        return Table(stage.look, columns, self.above, gap=style.WIDE)

    def _colours(self) -> VGroup:
        """A bar from the smallest to the largest value of this run."""
        (*_, high), (*_, low) = self._ends()
        place = self.above.without(bottom=self.above.height - BAR_HEIGHT)
        fit(low, place, "left"), fit(high, place, "right")
        bar = place.without(left=low.width + style.GAP, right=high.width + style.GAP)
        cells = bar.columns(*[1.0] * BAR_CELLS, gap=0)
        shares, xs = np.linspace(0, 1, BAR_CELLS)[None, :], np.array([one.centre[0] for one in cells])
        colours = heat(self.stage.look, shares, (0.0, 1.0), xs, cells[0].width, bar.top, bar.height)
        return VGroup(low, colours, high)

    def frame(self, step: int) -> Rectangle:
        """An outline around one column."""
        outline = self._around(self.places[step], 0).stretch_to_fit_height(self.inner.height + AROUND)
        return outline.set_stroke(self.stage.look.input, style.LINE)

    def pair(self, early: int, late: int) -> Table:
        """Two steps that read the same character: their states, the character, what each predicts."""
        stage, steps = self.stage, (early, late)
        tile = self.middle.middle(height=0.62)
        columns = [
            Column([stage.math("h_({t})", 40, t=stage.number("step", t, form="d")) for t in steps]),
            Column([stage.tile("input", t, tile, "input") for t in steps]),
            Column([stage.words(stage.label("predicts"), style.SMALL_PX, "muted") for _ in steps]),
            Column([stage.words("→", 34, "muted") for _ in steps]),
            Column([stage.sign("predicted", t, 40, "activation") for t in steps]),
        ]
        return Table(stage.look, columns, self.middle, up="centre", gap=style.WIDE)

    def apart(self, early: int, late: int) -> Typeset:
        """How far apart the states of two steps are."""
        stage = self.stage
        steps = {name: stage.number("step", t, form="d") for name, t in (("a", early), ("b", late))}
        distance = stage.number("same/distance", form="short")
        return fit(stage.math("norm(h_({a}) - h_({b})) = {d}", 40, d=distance, **steps), self.below, "left")
