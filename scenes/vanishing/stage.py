"""What the beats about deep nets share: which runs there are, and the nets as strips, one above the other."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property

import numpy as np
from manim import LEFT, Animation, Transform, VGroup, VMobject

from scenes.parts.box import Box
from scenes.parts.layout import row
from scenes.parts.markers import marker
from scenes.parts.scale import LogScale
from scenes.parts.source import num
from scenes.stage import style
from scenes.stage.comparing import comparable
from scenes.stage.provenance import Shown
from scenes.stage.stage import Stage
from scenes.vanishing.deep_net import DeepNet

NORM = "norm(partial loss(L) \\/ partial W{})"  # of which layer
FEW = 3  # nets whose strips are so high that two lines stand beside them
BESIDE = {True: (1.7, 9, 1.5), False: (2.9, 8, 1.5)}  # few or more: name, strip, what comes out at its end
SMALL, SMALL_MOST = 0.19, 0.75  # of a chart's height: a strip above it, and all of them
STRIP = 0.76  # of its row's height
UNITS, UNITS_LOW, LOW = 5, 3, 1.0  # drawn in a layer; in a row that is lower than this
ACCURACY_CHARS = 6  # the room for a percentage
PATH_S = 2.4  # what runs through all layers takes so long


class DeepStage(Stage):
    """A film that draws the runs of the recorder `vanishing`. `strips` and `names` by run.

    `nets` are the compared runs; of these, the gradient of `weak` fades most on its way back, that of `strong` least.
    """

    nets: range
    weak: int
    strong: int
    strips: dict[int, DeepNet]
    names: dict[int, VGroup]
    drawn_nets: VGroup

    # -- runs --------------------------------------------------------------------------------------------------------

    def of(self, run: int, name: str) -> str:
        """The name of a series of run `run` (from 1)."""
        return f"run{run}/{name}"

    def activation(self, run: int) -> Shown:
        """The activation's name in the film's language."""
        return self.name(self.of(run, "activation"))

    def norm_of(self, layer: int) -> str:
        """The gradient's size in a layer (counted from 0), in Typst math."""
        return NORM.format(f"^(({num(self.number('layer', layer, form='d'))}))")

    def form_of(self, key: str, *layers: int, runs: Iterable[int] = ()) -> str:
        """How a series of the compared nets (or of `runs`), at these layers, is written to be compared."""
        values = np.array([self.array(self.of(run, key)) for run in runs or self.nets])
        return comparable(values[:, list(layers)] if layers else values, form="short")

    @cached_property
    def accuracy_form(self) -> str:
        """How the test accuracies of all nets and cures are written, beside that of one constant answer."""
        runs = dict.fromkeys([*self.nets, *map(int, self.array("cures"))])
        ended = [run for run in runs if not self.item(self.of(run, "diverged"))]
        values = [self.item(self.of(run, "test_accuracy")) for run in ended]
        return comparable([*values, self.item("training/constant_accuracy")], form=".0%", most=ACCURACY_CHARS)

    def sign(self, run: int, role: str = "ink") -> VMobject:
        """The run's own mark, the same in every chart."""
        return marker(run - 1, self.look, role)

    def titled(self, run: int, room: float) -> VGroup:
        """The run's mark and its activation."""
        sign = self.sign(run)
        return row([sign, self.fitted(self.activation(run), room - sign.width - style.GAP)], gap=style.TIGHT)

    # -- nets --------------------------------------------------------------------------------------------------------

    def prepare(self) -> None:
        """The strips are the same objects in every beat; nothing is shown yet."""
        self.nets = range(1, self.item("nets") + 1)
        self.weak, self.strong = self.item("weakest"), self.item("strongest")
        self.nets_room, self.key_room = self.room.rows(7, 1)
        self.small_room, self.chart_room = self.room.rows(min(SMALL * len(self.nets), SMALL_MOST), 1)
        layers = len(self.array("widths"))
        self.strips, self.names = {}, {}
        for run, (left, _, middle, _) in self.beside(self.nets_room).items():
            units = min(UNITS if middle.height > LOW else UNITS_LOW, self.item("width"))
            self.strips[run] = DeepNet(self.look, middle, layers, units)
            self.names[run] = self.titled(run, left.width).move_to(left.at(0, 0.5), aligned_edge=LEFT)
        self.drawn_nets = VGroup(*self.strips.values(), *self.names.values())

    def beside(self, room: Box) -> dict[int, list[Box]]:
        """Each net's place in a room: for its name and a number, its strip, and what comes out at its end."""
        few, gap = len(self.nets) <= FEW, (1 - STRIP) * room.height / len(self.nets)
        rows = room.without(bottom=gap / 2, top=gap / 2).rows(*[1.0] * len(self.nets), gap=gap)
        out = {}
        for run, place in zip(self.nets, rows, strict=True):
            left, *rest = place.columns(*BESIDE[few], gap=style.GAP)
            beside = left.rows(1, 1, gap=style.TIGHT) if few else left.columns(1.3, 1, gap=style.TIGHT)
            out[run] = [*beside, *rest]
        return out

    def shrink(self) -> list[Animation]:
        """Animations that make the strips small, above the room of a chart that shares their layers' places."""
        out: list[Animation] = []
        for run, (left, _, middle, _) in self.beside(self.small_room).items():
            out.append(Transform(self.strips[run], self.strips[run].within(middle)))
            out.append(self.names[run].animate.move_to([left.left, middle.centre[1], 0], aligned_edge=LEFT))
        return out

    @cached_property
    def measured(self) -> dict[tuple[int, int], float]:
        """The gradient norms above 0 of the compared nets, by run and layer."""
        norms = {run: self.array(self.of(run, "gradient_norm")) for run in self.nets}
        return {(run, i): float(norm) for run in norms for i, norm in enumerate(norms[run]) if norm > 0}

    @property
    def brightness(self) -> LogScale:
        """How bright (0..1) wires with a gradient of some size are."""
        ends = self.measured.values() or [1.0]
        return LogScale(min(ends), max(ends))
