"""What the beats about recurrent nets share: the row of cells, one a step, and the signs that go in and come out."""

from __future__ import annotations

import numpy as np
from manim import VGroup

from scenes.parts.arrays.cells import widest
from scenes.parts.arrays.states import States
from scenes.parts.room.box import Box
from scenes.parts.room.folding import fold
from scenes.parts.room.layout import row
from scenes.parts.room.slots import Slots
from scenes.parts.sequences.recurrent_cell import CellBox, LargeCell
from scenes.parts.sequences.recurrent_row import RecurrentRow
from scenes.parts.sequences.token import PAD, token
from scenes.parts.text.typeset import Typeset, letters
from scenes.stage import style
from scenes.stage.comparing import comparable
from scenes.stage.stage import Stage

STEPS_MAX, STEPS_MIN = 6, 3  # columns that are drawn of a longer sequence, with the ellipsis; the fewest
NAME_ROOM = 1.1  # left of the columns, for what a row of them is
CHARACTER_PX, MARK_PX, TILE = 42, 48, 0.75
MAP = (6.3, 4.4)  # the room of the map of all states


class RecurrentStage(Stage):
    """A film that draws a trace of the recorder `rnn`; `row` is the row of its cells."""

    raw_form = "short"  # of the numbers as they stand in the file

    @property
    def of_characters(self) -> bool:
        """Whether characters are learned, not numbers."""
        return str(self.item("kind")) == "characters"

    @property
    def kind(self) -> str:
        """The cell: rnn, lstm or gru."""
        return str(self.item("cell"))

    def build_row(self) -> None:
        """Choose the steps that are drawn, as many as can be read beside each other."""
        self.count, room = int(self.item("count/steps")), self.room.without(left=NAME_ROOM)
        for steps in range(STEPS_MAX, STEPS_MIN - 1, -1):
            drawn = fold(self.count, steps)
            self.row = RecurrentRow(self.look, room, drawn, self.cell_box, self.state_name)
            if self.of_characters or self._numbers_fit():
                break
        self.states = States(self.look, self.array("h"), MAP)

    def _numbers_fit(self) -> bool:
        """Whether the numbers of the drawn steps can be told apart in tiles beside each other."""
        read = [self.array(f"{name}/raw")[list(self.row.drawn.shown)] for name in ("input", "target")]
        every = [*np.concatenate(read).tolist(), self.item("data/least"), self.item("data/largest")]
        self.raw_form = comparable(every, form="short")
        tile = widest(every, self.raw_form, self.look, style.NUMBER_PX) + PAD
        return tile + style.TIGHT <= self.row.inputs[0].width

    def row_name(self, key: str, role: str, slots: Slots) -> Typeset:
        """What the tiles of a row are, left of them."""
        name = self.fitted(self.label(key), NAME_ROOM, style.TABLE_PX, role)
        return name.left_at([slots.row.left - NAME_ROOM, slots.row.centre[1], 0])

    def told_apart(self) -> list[int]:
        """Two steps that read the same character and rightly predict different ones, if there are any."""
        steps = [int(t) for t in self.array("same/pair")]
        right = (self.array("predicted/id")[t] == self.array("target/id")[t] for t in steps)
        return steps if all(right) else []

    def characters(self, **read: tuple[str, int]) -> dict[str, str]:
        """For captions: characters of (which, step), as with `sign`."""
        return {key: self.number(f"{one}/character", t, form="character") for key, (one, t) in read.items()}

    # -- what a step reads, is to predict, and hands on ------------------------------------------------------------

    def sign(
        self, which: str, at: int | tuple[int, int], px: float = style.LABEL_PX, colour: str = "ink"
    ) -> Typeset:
        """The character or number of `which` ("input", "target" or "predicted") at a step, or (snapshot, step)."""
        index = at if isinstance(at, tuple) else (at,)
        if self.of_characters:
            return letters(self.number(f"{which}/character", *index, form="character"), self.look, px, colour)
        name = which.replace("predicted", "prediction")
        return self.words(self.number(f"{name}/raw", *index, form=self.raw_form), px, colour)

    def right_or_not(self, right: bool) -> Typeset:
        """A mark for what was predicted rightly, and one for what was not."""
        return letters("✓" if right else "✗", self.look, MARK_PX, "activation" if right else "ink")

    def tile(self, which: str, at: int | tuple[int, int], place: Box, role: str) -> VGroup:
        """The same on a tile in the middle of `place`."""
        text = self.sign(which, at, CHARACTER_PX if self.of_characters else style.NUMBER_PX)
        side = min(place.height, TILE)
        return token(self.look, text, side, role).move_to(place.centre)

    def guess_tile(self, snapshot: int, step: int, box: Box) -> VGroup:
        """The tile of a step: what was right (-1), or what was predicted, which stands out if it is right."""
        if snapshot < 0:
            return self.tile("target", step, box, "loss")
        right = True
        if self.of_characters:
            right = self.array("snapshot/predicted/id")[snapshot, step] == self.array("target/id")[step]
        return self.tile("snapshot/predicted", (snapshot, step), box, "activation" if right else "muted")

    def step_and_before(self, step: int) -> dict[str, str]:
        """For formulas: the numbers of a step, {t}, and of the one before it, {before}."""
        return {key: self.number("step", t, form="d") for key, t in (("t", step), ("before", step - 1))}

    def at_step(self, name: str, step: int, px: float) -> Typeset:
        """A letter with a step's number."""
        return self.math(f"{name}_({{t}})", px, t=self.number("step", step, form="d"))

    def state_name(self, step: int) -> Typeset:
        """The state after a step."""
        return self.at_step("h", step, 36)

    # -- cells -----------------------------------------------------------------------------------------------------

    def cell_box(self, room: Box) -> CellBox:
        """One cell with its name."""
        name = self.words(self.name("cell"), style.LABEL_PX, "positive", "bold")
        weights = [self.math(one, 30, "positive") for one in ("W_(i h)", "W_(h h)", "b_(i h)", "b_(h h)")]
        return CellBox(self.look, room, name, weights)

    def named_cell(self, room: Box) -> CellBox:
        """One cell with its name and no weights."""
        return CellBox(self.look, room, self.words(self.name("cell"), style.LABEL_PX, "ink", "bold"))

    def said(self, key: str) -> Typeset:
        """A label beside what it explains."""
        return self.words(self.label(key), style.LABEL_PX, "muted")

    def large_cell(self, box: Box, step: int) -> LargeCell:
        """One cell at a step with its loop, what it gives out and what it carries, in letters and words."""
        out = row([self.at_step("h", step, 40), self.said("state_new")], style.TIGHT)
        carried = [self.at_step(one, step - 1, 40) for one in ("hc" if self.kind == "lstm" else "h")]
        return LargeCell(box, self.cell_box, out, [*carried, self.said("state_old")])
