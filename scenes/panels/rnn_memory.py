"""The hidden state over time: one column of squares a step, one row a unit."""

from __future__ import annotations

import numpy as np
from manim import Rectangle, VGroup

from scenes import style
from scenes.panels.place import at
from scenes.parts.hinton import column, key
from scenes.recurrent_stage import INPUT_Y, RecurrentStage

LEFT, RIGHT = -5.5, 1.3
TOP, BOTTOM = 2.35, -0.95
COLUMN_MAX, CELL_MAX = 1.1, 0.5
LABELS_MAX = 16
KEY_X = 2.5


class MemoryMap:
    """`columns[t]` are the squares of step t; `labels` the inputs below (or step numbers) and the unit numbers."""

    def __init__(self, stage: RecurrentStage) -> None:
        self.stage = stage
        h = stage.array("h")  # (step, unit)
        count, units = h.shape
        self.pitch = min((RIGHT - LEFT) / count, COLUMN_MAX)
        self.height = min(TOP - BOTTOM, CELL_MAX * units)
        self.top = (TOP + BOTTOM + self.height) / 2
        self.left = (LEFT + RIGHT - self.pitch * count) / 2
        self.columns = [
            column(
                stage.look, h[t], self.x(t), self.top, self.height, stage.h_largest, min(self.pitch, CELL_MAX)
            )
            for t in range(count)
        ]
        middle = at(self.left + self.pitch * count / 2, self.top - self.height / 2)
        self.ground = Rectangle(
            width=self.pitch * count + 0.16, height=self.height + 0.16, stroke_width=0, fill_opacity=1
        )
        self.ground.set_fill(stage.look.surface).move_to(middle).set_z_index(-1)
        self.units = self._units(units)
        self.key = self._key()

    def x(self, step: int) -> float:
        """The middle of a step's column."""
        return self.left + self.pitch * (step + 0.5)

    @property
    def label_y(self) -> float:
        """Where the inputs stand under the columns."""
        return self.top - self.height - 0.42

    def labelled(self) -> list[int]:
        """The steps whose input is written under its column."""
        count = len(self.columns)
        fits = int((RIGHT - LEFT) / (0.34 if self.stage.of_characters else 0.9))
        stride = max(1, int(np.ceil(count / min(fits, LABELS_MAX))))
        return list(range(0, count, stride))

    def _units(self, units: int) -> VGroup:
        """The first and last unit's number, and what they count."""
        stage, x = self.stage, self.left - 0.25
        row = self.height / units
        marks = VGroup()
        for unit in dict.fromkeys((0, units - 1)):
            y = self.top - row * (unit + 0.5)
            marks.add(
                stage.value("unit", unit, form="d", px=style.NUMBER_MIN_PX, colour="muted").right_at(at(x, y))
            )
        name = stage.words(stage.label("unit"), style.SMALL_PX, "muted")
        marks.add(
            name.right_at(
                at(
                    self.left + 0.02 + name.width if units < 3 else x,
                    self.top + 0.33 if units < 3 else self.top - self.height / 2,
                )
            )
        )
        return marks

    def _key(self) -> VGroup:
        """Filled and hollow squares with the largest and the smallest value of this run."""
        stage = self.stage
        h = stage.array("h")
        rows = VGroup()
        ends = (("largest", 1, h.argmax(), h.max() > 0), ("smallest", -1, h.argmin(), h.min() < 0))
        for name, sign, place, there in ends:
            if not there:
                continue
            y = TOP - 0.1 - 0.55 * len(rows)
            step, unit = (int(i) for i in np.unravel_index(place, h.shape))
            word = stage.words(stage.label(name), style.LABEL_PX, "muted").left_at(at(KEY_X + 0.4, y))
            value = stage.value("h", step, unit, form=".2f", px=style.NUMBER_PX, colour="activation")
            rows.add(VGroup(key(stage.look, KEY_X, y, 0.3, sign), word, value.right_at(at(6.2, y))))
        return rows

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
        """Two steps that read the same character: step, character, and what each predicts; how far apart they are."""
        stage, rows = self.stage, VGroup()
        for place, step in enumerate((early, late)):
            y = 0.55 - 0.78 * place
            name = stage.math(
                "h_(" + 'num("{t}")'.replace("{t}", str(stage.number("step", step, form="d"))) + ")", 36
            )
            tile = stage.tile("input", step, KEY_X + 0.95, y, "input")
            name.move_to(at(KEY_X + 0.1, y))
            arrow = stage.words("→", 34, "muted").centre_at(at(KEY_X + 1.75, y))
            word = stage.words(stage.label("predicts"), style.SMALL_PX, "muted").left_at(at(KEY_X + 2.1, y))
            sign = stage.sign("predicted", step, 34, "activation").right_at(at(6.2, y))
            rows.add(VGroup(name, tile, arrow, word, sign))
        distance = stage.math(
            'norm(h_(num("{a}")) - h_(num("{b}"))) = num("{d}")'.replace(
                "{a}", str(stage.number("step", early, form="d"))
            )
            .replace("{b}", str(stage.number("step", late, form="d")))
            .replace("{d}", str(stage.number("same/distance", form="short"))),
            36,
        )
        rows.add(VGroup(distance.move_to(at(KEY_X - 0.15 + distance.width / 2, INPUT_Y + 0.1))))
        return rows
