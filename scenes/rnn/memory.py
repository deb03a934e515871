"""The hidden state over time: one column of squares a step, one row a unit."""

from __future__ import annotations

import numpy as np
from manim import Rectangle, VGroup

from scenes.parts.heat import heat
from scenes.parts.hinton import key
from scenes.parts.place import at
from scenes.rnn.stage import INPUT_Y, MAP_HEIGHT, MAP_WIDTH, SQUARE_MAX, RecurrentStage
from scenes.stage import style
from scenes.stage.comparing import comparable

LEFT, TOP = -5.5, 2.35
COLUMN_MAX = 1.1
GAP_SHARE, GAP_FROM = 0.97, 0.1  # columns of colours from this width on have a gap between them
CHARACTER_ROOM = 0.34
NUMBERS_MAX = 7  # under columns that have no room for their characters
BAR_CELLS = 48
ENDS_CHARS = 8  # the room for the largest and the smallest number
KEY_X, KEY_RIGHT = 2.5, 6.2


class MemoryMap:
    """`column(t)` are the squares (or colours) of step t on `ground`; `units` numbers the rows; `key` the signs."""

    def __init__(self, stage: RecurrentStage) -> None:
        self.stage = stage
        self.count, units = stage.array("h").shape
        self.pitch = min(MAP_WIDTH / self.count, COLUMN_MAX)
        self.height = MAP_HEIGHT if stage.dense else min(MAP_HEIGHT, SQUARE_MAX * units)
        self.top = TOP - (MAP_HEIGHT - self.height) / 2
        self.left = LEFT + (MAP_WIDTH - self.pitch * self.count) / 2
        middle = at(self.left + self.pitch * self.count / 2, self.top - self.height / 2)
        self.ground = Rectangle(
            width=self.pitch * self.count + 0.16, height=self.height + 0.16, stroke_width=0, fill_opacity=1
        )
        self.ground.set_fill(stage.look.surface).move_to(middle).set_z_index(-1)
        self.units = self._units(units)
        self.key = self._colours() if stage.dense else self._signs()

    def column(self, step: int) -> VGroup:
        """The state after a step, at its place."""
        return self.stage.state(step, self.x(step), self.top, self._width, self.height)

    def others(self, steps: list[int]) -> VGroup:
        """The states after all these steps at once."""
        if not self.stage.dense or not steps:
            return VGroup(*(self.column(step) for step in steps))
        h, xs = self.stage.array("h")[steps].T, np.array([self.x(step) for step in steps])
        return heat(self.stage.look, h, self.stage.h_range, xs, self._width, self.top, self.height)

    @property
    def _width(self) -> float:
        """How wide a column is drawn."""
        return self.pitch * (GAP_SHARE if self.pitch > GAP_FROM else 1)

    def x(self, step: int) -> float:
        """The middle of a step's column."""
        return self.left + self.pitch * (step + 0.5)

    @property
    def label_y(self) -> float:
        """Where the inputs stand under the columns."""
        return self.top - self.height - 0.42

    @property
    def names_inputs(self) -> bool:
        """Whether every column has room for the character it read."""
        return self.stage.of_characters and self.pitch >= CHARACTER_ROOM

    def labelled(self) -> list[int]:
        """The steps that are named under their columns."""
        stride = 1 if self.names_inputs else max(1, int(np.ceil(self.count / NUMBERS_MAX)))
        return list(range(0, self.count, stride))

    def _units(self, units: int) -> VGroup:
        """The first and last unit's number, and what they count."""
        stage, x = self.stage, self.left - 0.25
        row = self.height / units
        marks = VGroup()
        for unit in dict.fromkeys((0, units - 1)):
            y = self.top - row * (unit + 0.5)
            number = stage.value("unit", unit, form="d", px=style.NUMBER_MIN_PX, colour="muted")
            marks.add(number.right_at(at(x, y)))
        name = stage.words(stage.label("unit"), style.SMALL_PX, "muted")
        if units < 3:  # no room between the first and the last
            marks.add(name.left_at(at(self.left, self.top + 0.33)))
        else:
            marks.add(name.right_at(at(x, self.top - self.height / 2)))
        return marks

    def _ends(self) -> list[tuple[str, int, tuple[int, int]]]:
        """The largest and the smallest number of the map: label, sign, (step, unit)."""
        h = self.stage.array("h")  # (step, unit)
        largest, smallest = (divmod(int(place), h.shape[1]) for place in (h.argmax(), h.argmin()))
        return [("largest", 1, largest), ("smallest", -1, smallest)]

    def _form(self) -> str:
        """How these two are written."""
        return comparable(self.stage.h_range, form=".2f", most=ENDS_CHARS)

    def _signs(self) -> VGroup:
        """Filled and hollow squares with the largest and the smallest value of this run."""
        stage, rows = self.stage, VGroup()
        for name, sign, place in self._ends():
            if float(stage.array("h")[place]) * sign <= 0:
                continue
            y = TOP - 0.1 - 0.55 * len(rows)
            word = stage.words(stage.label(name), style.LABEL_PX, "muted").left_at(at(KEY_X + 0.4, y))
            value = stage.value("h", *place, form=self._form(), px=style.NUMBER_PX, colour="activation")
            rows.add(VGroup(key(stage.look, KEY_X, y, 0.3, sign), word, value.right_at(at(KEY_RIGHT, y))))
        return rows

    def _colours(self) -> VGroup:
        """A bar from the smallest to the largest value of this run."""
        stage, y = self.stage, TOP - 0.2
        (_, _, largest), (_, _, smallest) = self._ends()
        left, right = (
            stage.value("h", *place, form=self._form(), px=style.NUMBER_PX, colour="activation")
            for place in (smallest, largest)
        )
        left.left_at(at(KEY_X - 0.1, y))
        right.right_at(at(KEY_RIGHT, y))
        start, end = left.strut.get_right()[0] + 0.2, right.strut.get_left()[0] - 0.2
        shares = np.linspace(0, 1, BAR_CELLS)
        pitch = (end - start) / BAR_CELLS
        xs = start + pitch * (np.arange(BAR_CELLS) + 0.5)
        bar = heat(stage.look, shares[None, :], (0.0, 1.0), xs, pitch, y + 0.15, 0.3)
        return VGroup(left, bar, right)

    def frame(self, step: int) -> Rectangle:
        """An outline around one column."""
        box = Rectangle(
            width=max(self.pitch, 0.12),
            height=self.height + 0.1,
            color=self.stage.look.input,
            stroke_width=style.LINE,
        )
        return box.move_to(at(self.x(step), self.top - self.height / 2)).set_fill(opacity=0)

    def pair(self, early: int, late: int) -> VGroup:
        """Two steps that read the same character: what each predicts, and how far apart their states are."""
        stage, rows = self.stage, VGroup()
        for place, step in enumerate((early, late)):
            y = 0.55 - 0.78 * place
            name = stage.math("h_({t})", 36, t=stage.number("step", step, form="d"))
            tile = stage.tile("input", step, KEY_X + 0.95, y, "input")
            arrow = stage.words("→", 34, "muted").centre_at(at(KEY_X + 1.75, y))
            word = stage.words(stage.label("predicts"), style.SMALL_PX, "muted").left_at(at(KEY_X + 2.1, y))
            sign = stage.sign("predicted", step, 34, "activation").right_at(at(KEY_RIGHT, y))
            rows.add(VGroup(name.move_to(at(KEY_X + 0.1, y)), tile, arrow, word, sign))
        steps = {key: stage.number("step", t, form="d") for key, t in (("a", early), ("b", late))}
        apart = stage.number("same/distance", form="short")
        distance = stage.math("norm(h_({a}) - h_({b})) = {d}", 36, d=apart, **steps)
        rows.add(VGroup(distance.move_to(at(KEY_X - 0.15 + distance.width / 2, INPUT_Y + 0.1))))
        return rows
