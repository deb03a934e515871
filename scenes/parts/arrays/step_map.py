"""A map of what a net holds at every step: one column a step, one row a unit."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from manim import Rectangle, VGroup

from scenes.parts.arrays.states import States
from scenes.parts.charts.chart import Axis, Chart
from scenes.parts.charts.scale import Scale
from scenes.parts.room.box import Box
from scenes.parts.text.typeset import Typeset
from scenes.stage import style
from scenes.stage.style import Look

COLUMN_MAX, ROW_MAX = 2.0, 1.1
LABELS = 0.9  # of the room, for what stands beside and below the map


class StepMap(Chart):
    """`steps` are texts under columns and `units` texts beside rows, by number from 0; `name` is that of the rows."""

    def __init__(
        self,
        look: Look,
        box: Box,
        states: States,
        name: Typeset,
        steps: Mapping[int, Typeset],
        units: Mapping[int, Typeset],
    ) -> None:
        self.states = states
        count, height = states.values.shape
        super().__init__(
            look,
            box.middle(COLUMN_MAX * count + LABELS, np.inf if states.dense else ROW_MAX * height + LABELS),
            Axis(Scale(-0.5, count - 0.5), None, {float(step): text for step, text in steps.items()}),
            Axis(Scale(0.5 - height, 0.5), name, {-float(unit): text for unit, text in units.items()}),
            framed=True,
        )
        self.frame[0].set_fill(look.surface, opacity=1).set_stroke(width=0).set_z_index(-1)
        self.places = self.box.columns(*[1.0] * count, gap=0)
        self.cell = states.cell(self.places[0])

    def columns(self, steps: Sequence[int]) -> VGroup:
        """What the net holds after these steps, at their places."""
        return self.states.columns(steps, [self.places[step] for step in steps])

    def outline(self, step: int, role: str = "input") -> Rectangle:
        """A frame around one column."""
        place = self.places[step]
        frame = Rectangle(width=place.width, height=place.height).move_to(place.centre)
        return frame.set_stroke(self.look.colour(role), style.STRONG)
