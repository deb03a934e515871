"""What the beats about recurrent nets share: a row of cells, one a step, with inputs below and outputs above."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np
from manim import Animation, Mobject, RoundedRectangle, VGroup

from engine.errors import InputError
from scenes.parts.cells import widest
from scenes.parts.folding import Fold, fold
from scenes.parts.glyphs import missing
from scenes.parts.heat import heat
from scenes.parts.hinton import column
from scenes.parts.motion import leave
from scenes.parts.place import at
from scenes.parts.recurrent_cell import HEIGHT, WIDTH, CellBox, arrow
from scenes.parts.source import escape
from scenes.parts.typeset import Typeset
from scenes.stage import style
from scenes.stage.comparing import comparable
from scenes.stage.explainer import Explainer

if TYPE_CHECKING:
    from scenes.rnn.outputs import Forecast, Probabilities

STEPS_MAX = 6  # columns that are drawn of a longer sequence, with the ellipsis
STEPS_MIN = 3  # and of one whose numbers are long
PITCH_MAX, ROOM = 2.9, 12.4
CELL_X = -4.7  # the single cell, before its loop opens
INPUT_Y, CELL_Y, OUTPUT_Y = -1.2, 0.2, 1.3  # middle of the inputs and cells; where outputs begin
TILE, TILE_PAD, TILE_GAP = 0.56, 0.26, 0.1
NAME_ROOM = 0.95  # left of the first tile, for what the row is
UNITS_MAX = 4  # rows of numbers in a cell
UNIT_PITCH = 0.27
MAP_WIDTH, MAP_HEIGHT = 6.8, 3.3  # of the map of all states
SQUARE_MAX = 0.5
SQUARE_MIN = 0.12  # a map with less room for a number shows colours, not squares


class RecurrentStage(Explainer):
    """A film that draws a trace of the recorder `rnn`."""

    panel: VGroup = VGroup()
    raw_form = "short"  # of the numbers as they stand in the file
    # What one beat makes and later ones move, by step: inputs, cells, states and outputs; and the arrows.
    tiles: dict[int, VGroup]
    boxes: dict[int, CellBox]
    contents: dict[int, VGroup]
    outs: dict[int, Probabilities | Forecast]
    flows: VGroup  # into and out of the cells
    links: list[VGroup]  # arrows between cells, with their names
    input_dots: VGroup
    cell_dots: VGroup

    def array(self, name: str) -> np.ndarray:
        """The values of a series."""
        return self.trace[name].values

    def item(self, name: str) -> float:
        """A scalar as a number."""
        return float(self.array(name))

    @property
    def of_characters(self) -> bool:
        """Whether characters are learned, not numbers."""
        return str(self.array("kind")) == "characters"

    @property
    def kind(self) -> str:
        """The cell: rnn, lstm or gru."""
        return str(self.array("cell"))

    def build_columns(self) -> None:
        """Choose the steps that are drawn and where they stand."""
        self.count = int(self.array("count/steps"))
        for steps in range(STEPS_MAX, STEPS_MIN - 1, -1):
            self.steps_fold: Fold = fold(self.count, steps)
            self.shown = self.steps_fold.shown
            slots = self.steps_fold.slots
            self.pitch = min(PITCH_MAX, ROOM / slots)
            if self.of_characters or self._numbers_fit(slots):
                break
        self.slot_xs = (np.arange(slots) - (slots - 1) / 2) * self.pitch
        self.units_fold = fold(int(self.array("hidden")), UNITS_MAX)
        h = self.array("h")  # (step, unit)
        self.h_range = float(h.min()), float(h.max())
        self.h_largest = float(abs(h).max()) or 1.0
        self.dense = min(MAP_HEIGHT / h.shape[1], MAP_WIDTH / h.shape[0]) < SQUARE_MIN

    def _numbers_fit(self, slots: int) -> bool:
        """Whether the numbers of the shown steps can be compared and read, beside each other in their tiles.

        Long ones move together, so that what the row is can stand at its left.
        """
        names = [f"{name}/raw" for name in ("input", "target")]
        read = np.concatenate([self.array(name)[list(self.shown)] for name in names])
        ends = [self.item(f"data/{name}") for name in ("least", "largest")]
        self.raw_form = comparable([*read, *ends], form="short")
        tile = widest([*read.tolist(), *ends], self.raw_form, self.look, style.NUMBER_PX) + TILE_PAD
        self.pitch = min(self.pitch, (2 * (style.RIGHT - NAME_ROOM) - tile) / max(slots - 1, 1))
        return tile + TILE_GAP <= self.pitch

    def check_glyphs(self) -> None:
        """InputError when the film's font lacks one of the characters."""
        for text in self.array("vocabulary") if self.of_characters else (str(self.array("data/name")),):
            lacking = missing(escape(str(text)))
            if lacking:
                raise InputError(
                    f"The film's font has no sign for {lacking} (U+{ord(lacking[0]):04X}): "
                    "choose other characters."
                )

    def x(self, step: int) -> float:
        """Where the column of a drawn step stands."""
        return float(self.slot_xs[self.steps_fold.slot(step)])

    @property
    def gap_x(self) -> float | None:
        """Where the ellipsis stands, if steps are left out."""
        gap = self.steps_fold.gap
        return None if gap is None else float(self.slot_xs[gap])

    # -- what a step reads, and is to predict ----------------------------------------------------------------------

    def sign(self, which: str, step: int, px: float = style.LABEL_PX, colour: str = "ink") -> Typeset:
        """The character or number of `which` ("input", "target" or, of characters, "predicted") at a step."""
        if self.of_characters:
            return self.words(self.number(f"{which}/character", step, form="character"), px, colour)
        return self.words(self.number(f"{which}/raw", step, form=self.raw_form), px, colour)

    def tile(self, which: str, step: int, x: float, y: float, role: str) -> VGroup:
        """A character or number on a rounded tile."""
        text = self.sign(which, step, 34 if self.of_characters else style.NUMBER_PX)
        width = max(TILE, text.width + TILE_PAD)
        box = RoundedRectangle(
            width=width, height=TILE, corner_radius=0.1, color=self.look.colour(role), stroke_width=style.LINE
        )
        box.set_fill(self.look.surface, opacity=1).move_to(at(x, y))
        return VGroup(box, text.centre_at(at(x, y)).set_z_index(1))

    # -- cells -----------------------------------------------------------------------------------------------------

    def cell_box(self, x: float, y: float = CELL_Y) -> CellBox:
        """One cell with its name."""
        name = self.words(self.name("cell"), style.SMALL_PX, "positive", "bold")
        weights = VGroup(
            self.math("W_(i h)", 30, "positive").move_to(at(x - 0.3, y - 0.02)),
            self.math("W_(h h)", 30, "positive").move_to(at(x + 0.3, y - 0.02)),
            self.math("b_(i h)", 30, "positive").move_to(at(x - 0.3, y - 0.44)),
            self.math("b_(h h)", 30, "positive").move_to(at(x + 0.3, y - 0.44)),
        )
        return CellBox(self.look, name, weights, x, y).set_z_index(1)

    def inflow(self, x: float, y: float = CELL_Y) -> Mobject:
        """The arrow from the input into the cell."""
        return arrow(self.look, at(x, INPUT_Y + TILE / 2), at(x, y - HEIGHT / 2), "input")

    def outflow(self, x: float, y: float = CELL_Y) -> Mobject:
        """The arrow from the cell to what it gives out."""
        return arrow(self.look, at(x, y + HEIGHT / 2), at(x, OUTPUT_Y + 0.06), "activation")

    def carries(self) -> list[VGroup]:
        """The arrows between neighbouring columns, each with the name of the state it carries."""
        found = []
        shown = self.steps_fold.shown
        for step, later in pairwise(shown):
            if later == step + 1:
                found.append(self._carry(self.x(step) + WIDTH / 2, self.x(later) - WIDTH / 2, step))
            else:
                middle = self.gap_x or 0.0
                found.append(self._carry(self.x(step) + WIDTH / 2, middle - 0.25, step))
                found.append(self._carry(middle + 0.25, self.x(later) - WIDTH / 2, later - 1))
        return found

    def _carry(self, left: float, right: float, step: int) -> VGroup:
        line = arrow(self.look, at(left, CELL_Y), at(right, CELL_Y), "activation")
        name = self.math("h_({t})", 30, t=self.number("step", step, form="d"))
        return VGroup(line, name.move_to(at((left + right) / 2, CELL_Y + 0.32)))

    def ellipsis(self, y: float) -> VGroup:
        """⋯ where steps are left out."""
        if self.gap_x is None:
            return VGroup()
        return VGroup(self.words("⋯", style.FORMULA_PX, "muted").centre_at(at(self.gap_x, y)))

    def state(self, step: int, x: float, top: float, width: float, height: float) -> VGroup:
        """h after a step from top to bottom: squares, or colours when there are too many numbers."""
        values = self.array("h")[step]
        if not self.dense:
            return column(self.look, values, x, top, height, self.h_largest, min(width, SQUARE_MAX))
        return heat(self.look, values[:, None], self.h_range, np.array([x]), width, top, height)

    def content(self, step: int) -> VGroup:
        """The hidden state in its cell: a strip of squares and the first and last numbers."""
        x, top = self.x(step), CELL_Y + HEIGHT / 2 - 0.44
        height = UNIT_PITCH * UNITS_MAX
        strip = self.state(step, x - WIDTH / 2 + 0.2, top, 0.2 if self.dense else 0.26, height)
        numbers = VGroup()
        pitch = height / self.units_fold.slots if self.units_fold.slots > 2 else UNIT_PITCH
        first = top - (height - pitch * self.units_fold.slots) / 2 - pitch / 2
        for unit in self.units_fold.shown:
            value = self.value("h", step, unit, form=".2f", px=style.NUMBER_MIN_PX)
            numbers.add(value.right_at(at(x + WIDTH / 2 - 0.14, first - pitch * self.units_fold.slot(unit))))
        if self.units_fold.gap is not None:
            dots = self.words("⋮", style.NUMBER_MIN_PX, "muted")
            numbers.add(dots.centre_at(at(x + WIDTH / 2 - 0.42, first - pitch * self.units_fold.gap)))
        return VGroup(strip, numbers).set_z_index(2)

    def state_before(self) -> Mobject:
        """What the loop carries: h, and the cell state of an LSTM."""
        names = ["h_(t-1)", "c_(t-1)"] if self.kind == "lstm" else ["h_(t-1)"]
        found = VGroup(*(self.math(name, 34) for name in names)).arrange(at(0, -1), buff=0.12)
        return found.move_to(at(CELL_X + 1.62 + found.width / 2, CELL_Y))

    def clear_panel(self) -> list[Animation]:
        """Animations that take away what only the beat before needed."""
        old, self.panel = self.panel, VGroup()
        return [leave(old)] if len(old) else []
