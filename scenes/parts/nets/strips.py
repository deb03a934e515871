"""Deep networks of one shape as strips, one above the other, with their names, and what stands beside their layers."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from manim import LEFT, Animation, Transform, VGroup

from scenes.parts.charts.measure import Measure
from scenes.parts.nets.layer_strip import LayerStrip
from scenes.parts.room.box import Box
from scenes.parts.room.folding import fold
from scenes.parts.text.typeset import Typeset
from scenes.stage import style
from scenes.stage.run_stage import RunStage

NAME_ROOM, BESIDE = 2.1, 0.3  # left and right of the strips
ABOVE, ABOVE_LOW = 0.42, 0.26  # a strip: room for a number above a layer; where there are many
FEW = 3  # nets with so much room
GAP = 0.14
LINE_ABOVE = 0.36  # a dimension line above its name
COLUMNS_MOST = 12  # that have their number of units above them
SMALL, SMALL_MOST = 0.5, 1.6  # units of height: a strip above a chart, and all of them
UNITS, UNITS_LOW, LOW = 3, 2, 0.6  # drawn in a layer; in a strip that is lower than this


class Strips(VGroup):
    """`nets` and `names` by run, in a box. `layers`: columns, the input among them; `units` of a hidden layer."""

    def __init__(self, film: RunStage, names: Mapping[int, str], box: Box, layers: int, units: int) -> None:
        super().__init__()
        self.film, self.runs = film, list(names)
        self.lift = ABOVE if len(names) <= FEW else ABOVE_LOW
        self.nets: dict[int, LayerStrip] = {}
        self.names: dict[int, VGroup] = {}
        for run, place in self._places(box, self.lift).items():
            drawn = min(UNITS if place.height > LOW else UNITS_LOW, units)
            self.nets[run] = LayerStrip(film.look, place, layers, drawn, drawn < units and place.height > LOW)
            name = film.titled(run, names[run], NAME_ROOM - style.GAP)
            self.names[run] = name.move_to([style.LEFT, place.centre[1], 0], aligned_edge=LEFT)
        self.add(*self.nets.values(), *self.names.values())

    @property
    def first(self) -> LayerStrip:
        """The uppermost one, whose columns stand where all others' do."""
        return self.nets[self.runs[0]]

    @property
    def small(self) -> float:
        """How high all of them are when they have shrunk."""
        return min(SMALL * len(self.runs), SMALL_MOST)

    def _places(self, box: Box, above: float = 0.0) -> dict[int, Box]:
        """Each strip's place in a box, with so much free above it."""
        places = box.without(left=NAME_ROOM, right=BESIDE).rows(*[1.0] * len(self.runs), gap=GAP)
        return {run: place.without(top=above) for run, place in zip(self.runs, places, strict=True)}

    def shrunk(self, box: Box) -> list[Animation]:
        """Animations that make the strips small, in another box."""
        out: list[Animation] = []
        for run, place in self._places(box).items():
            out.append(Transform(self.nets[run], self.nets[run].within(place)))
            goal = [style.LEFT, place.centre[1], 0]
            out.append(self.names[run].animate.move_to(goal, aligned_edge=LEFT))
        return out

    def across(self, texts: Mapping[int, Typeset], y: float, head: Typeset | None = None) -> VGroup:
        """Texts below or above the columns of these numbers, and what they are at the left."""
        placed = [text.centre_at([self.x(column), y, 0]) for column, text in texts.items()]
        return VGroup(*placed, *([] if head is None else [head.left_at([style.LEFT, y, 0])]))

    def measured(self, first: int, last: int, y: float, name: Typeset) -> Measure:
        """A dimension line below the columns from `first` to `last`, its name at the height `y`."""
        start, end = (np.array([self.x(column), y + LINE_ABOVE, 0]) for column in (first, last))
        return Measure(self.film.look, start, end, np.array([0, -1, 0]), name)

    def shape(self, y: float) -> list[VGroup]:
        """How many units each layer has (`widths`), above the first net; what the layers are, at the height `y`.

        The film's labels are `units`, `input`, `output`, and `hidden` with {depth} in it.
        """
        film, last = self.film, len(self.first.columns) - 1
        shown = fold(last + 1, COLUMNS_MOST).shown
        counts = dict(zip(shown, film.values("widths", shown, "d", style.SMALL_PX), strict=True))
        units = self.across(counts, self.height_above(self.runs[0]), film.head("units"))
        ends = self.across({0: film.head("input"), last: film.head("output")}, y)
        depth = film.words(film.label("hidden", depth=film.number("depth", form="d")), style.LABEL_PX)
        return [units, ends, self.measured(1, last - 1, y, depth)]

    def above(self, run: int, column: int, text: Typeset) -> Typeset:
        """A text above a column of one of them."""
        return text.centre_at([self.x(column), self.height_above(run), 0])

    def below_name(self, run: int, text: Typeset) -> Typeset:
        """A text below the name of one of them, no wider than the room for names."""
        text.scale(min(1.0, (NAME_ROOM - style.TIGHT) / text.width))
        return text.left_at([style.LEFT, self.names[run].get_bottom()[1] - style.GAP, 0])

    def x(self, column: int) -> float:
        """Where a column stands."""
        return float(self.first.columns[column].get_center()[0])

    def height_above(self, run: int) -> float:
        """Of what stands above one of them."""
        return float(self.nets[run].get_top()[1]) + self.lift / 2
