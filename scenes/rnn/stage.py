"""What the beats about recurrent nets share: a row of cells, one a step, with inputs below and outputs above."""

from __future__ import annotations

import numpy as np
from manim import DOWN, RIGHT, RoundedRectangle, VGroup

from scenes.parts.box import Box
from scenes.parts.cells import widest
from scenes.parts.folding import fold
from scenes.parts.layout import fit
from scenes.parts.recurrent_cell import CellBox, arrow, flows, loop
from scenes.parts.slots import Slots
from scenes.parts.states import States
from scenes.parts.typeset import Typeset
from scenes.stage import style
from scenes.stage.comparing import comparable
from scenes.stage.stage import Stage

STEPS_MAX, STEPS_MIN = 6, 3  # columns that are drawn of a longer sequence, with the ellipsis; the fewest
NAME_ROOM = 1.1  # left of the columns, for what a row of them is
ARROW = 0.3  # between two rows of the columns
OUTPUTS, CELLS, INPUTS = 1.4, 1.75, 0.65  # heights of the rows, as shares
ONE_NAME, ONE_CELL = 0.35, 2.8  # the same for one large cell: what it gives out, and the cell
LOOP_ROOM = 1.8  # beside a large cell
CELL_MAX, CELL_SHARE = 2.1, 0.68  # width of a cell: at most, and as a share of its column
LEFT_SHARE, RIGHT_SHARE = 1.0, 2.1  # of the stage: one large cell, and what is said of it
TILE_PAD = 0.26
DOTS_ROOM = 0.5
MAP = (6.3, 4.4)  # the room of the map of all states


class RecurrentStage(Stage):
    """A film that draws a trace of the recorder `rnn`. `outputs`, `cells` and `inputs` are the rows of the columns."""

    raw_form = "short"  # of the numbers as they stand in the file

    @property
    def of_characters(self) -> bool:
        """Whether characters are learned, not numbers."""
        return str(self.item("kind")) == "characters"

    @property
    def kind(self) -> str:
        """The cell: rnn, lstm or gru."""
        return str(self.item("cell"))

    # -- the columns -----------------------------------------------------------------------------------------------

    def build_columns(self) -> None:
        """Choose the steps that are drawn, as many as can be read beside each other."""
        rows = self.room.without(left=NAME_ROOM).rows(OUTPUTS, CELLS, INPUTS, gap=ARROW)
        self.count = int(self.item("count/steps"))
        for steps in range(STEPS_MAX, STEPS_MIN - 1, -1):
            self.drawn = fold(self.count, steps)
            self.outputs, self.cells, self.inputs = (Slots(one, self.drawn) for one in rows)
            if self.of_characters or self._numbers_fit():
                break
        self.states = States(self.look, self.array("h"), MAP)

    def _numbers_fit(self) -> bool:
        """Whether the numbers of the drawn steps can be told apart in tiles beside each other."""
        read = [self.array(f"{name}/raw")[list(self.drawn.shown)] for name in ("input", "target")]
        every = [*np.concatenate(read).tolist(), self.item("data/least"), self.item("data/largest")]
        self.raw_form = comparable(every, form="short")
        tile = widest(every, self.raw_form, self.look, style.NUMBER_PX) + TILE_PAD
        return tile + style.TIGHT <= self.inputs[0].width

    def cell_room(self, step: int) -> Box:
        """What the cell of a drawn step takes of its column."""
        return self.cells[step].middle(width=min(CELL_MAX, CELL_SHARE * self.cells[step].width))

    def row_name(self, key: str, role: str, slots: Slots) -> Typeset:
        """What a row of the columns is, left of them."""
        row = slots.row
        name = self.fitted(self.label(key), NAME_ROOM, style.SMALL_PX, role)
        return name.left_at([row.left - NAME_ROOM, row.centre[1], 0])

    # -- what a step reads, and is to predict ----------------------------------------------------------------------

    def sign(self, which: str, step: int, px: float = style.LABEL_PX, colour: str = "ink") -> Typeset:
        """The character or number of `which` ("input", "target" or, of characters, "predicted") at a step."""
        if self.of_characters:
            return self.words(self.number(f"{which}/character", step, form="character"), px, colour)
        return self.words(self.number(f"{which}/raw", step, form=self.raw_form), px, colour)

    def tile(self, which: str, step: int, place: Box, role: str) -> VGroup:
        """A character or number on a rounded tile in the middle of `place`."""
        text = self.sign(which, step, 36 if self.of_characters else style.NUMBER_PX)
        side = min(place.height, self.inputs.row.height)
        box = RoundedRectangle(width=max(side, text.width + TILE_PAD), height=side, corner_radius=0.1)
        box.set_stroke(self.look.colour(role), style.LINE).set_fill(self.look.surface, opacity=1)
        return VGroup(box.move_to(place.centre), text.centre_at(place.centre).set_z_index(1))

    # -- cells -----------------------------------------------------------------------------------------------------

    def cell_box(self, room: Box) -> CellBox:
        """One cell with its name."""
        name = self.words(self.name("cell"), style.SMALL_PX, "positive", "bold")
        weights = [self.math(one, 30, "positive") for one in ("W_(i h)", "W_(h h)", "b_(i h)", "b_(h h)")]
        return CellBox(self.look, room, name, weights).set_z_index(1)

    def looped(self, room: Box) -> VGroup:
        """A cell with its loop and its arrows."""
        return VGroup(self.cell_box(room), loop(self.look, room), *flows(self.look, room, ARROW))

    def one_cell(self, box: Box) -> tuple[VGroup, VGroup, Box]:
        """One large cell with its loop; what it gives out and carries; and where its input stands."""
        name, cell, place = box.without(right=LOOP_ROOM).rows(ONE_NAME, ONE_CELL, INPUTS, gap=ARROW)
        drawn = self.looped(cell)
        carried = ["h_(t-rule(1))", "c_(t-rule(1))"] if self.kind == "lstm" else ["h_(t-rule(1))"]
        state = VGroup(*(self.math(one, 38) for one in carried))
        state.arrange(DOWN, buff=style.TIGHT).next_to(drawn[1], RIGHT, style.TIGHT)
        return drawn, VGroup(fit(self.math("h_t", 38), name), state), place

    def link(self, step: int, later: int) -> VGroup:
        """The arrow from one cell to the next that is drawn, with what it carries; two where steps are left out."""
        start, end = self.cell_room(step).at(1, 0.5), self.cell_room(later).at(0, 0.5)
        if later == step + 1 or self.cells.gap is None:
            return VGroup(*self._carry(start, end, step))
        gap = self.cells.gap.middle(width=DOTS_ROOM)
        ways = (start, gap.at(0, 0.5), step), (gap.at(1, 0.5), end, later - 1)
        return VGroup(*(one for way in ways for one in self._carry(*way)), *self.cells.ellipsis(self.look))

    def _carry(self, start: np.ndarray, end: np.ndarray, step: int) -> tuple[VGroup, Typeset]:
        name = self.math("h_({t})", 32, t=self.number("step", step, form="d"))
        name.move_to((start + end) / 2 + np.array([0, ARROW, 0]))
        return arrow(self.look, start, end, "activation"), name
