"""What the beats about deep nets share: which are compared, and the nets as strips, one above the other."""

from __future__ import annotations

from functools import cached_property

from manim import LEFT, Animation, Transform, VGroup

from scenes.parts.box import Box
from scenes.parts.layer_chart import LayerChart
from scenes.parts.layer_strip import LayerStrip
from scenes.parts.scale import LogScale
from scenes.parts.source import num
from scenes.stage import style
from scenes.stage.provenance import Shown
from scenes.stage.run_stage import RunStage

NORM = "norm(partial loss(L) \\/ partial W{})"  # of which layer
FEW = 3  # nets whose strips are so high that two lines stand beside them
BESIDE = {True: (1.7, 9, 1.5), False: (2.9, 8, 1.5)}  # few or more: name, strip, what comes out at its end
SMALL, SMALL_MOST = 0.19, 0.75  # of a chart's height: a strip above it, and all of them
STRIP = 0.76  # of its row's height
UNITS, UNITS_LOW, LOW = 5, 3, 1.0  # drawn in a layer; in a row that is lower than this
PATH_S = 2.4  # what runs through all layers takes so long


class DeepStage(RunStage):
    """A film that draws the runs of the recorder `vanishing`. `strips` and `names` by run.

    `nets` are the compared runs; of these, the gradient of `weak` fades most on its way back, that of `strong` least.
    """

    nets: range
    weak: int
    strong: int
    strips: dict[int, LayerStrip]
    names: dict[int, VGroup]
    drawn_nets: VGroup

    def activation(self, run: int) -> Shown:
        """The activation's name in the film's language."""
        return self.name(self.of(run, "activation"))

    def recipe(self, run: int) -> Shown:
        """The activation, and what was done for its gradient."""
        added = self.item(self.of(run, "batch_norm")) and not self.item(self.of(1, "batch_norm"))
        change = self.label("batch_norm") if added else self.name(self.of(run, "initialisation"))
        return self.join(self.activation(run), " · ", change)

    def norm_of(self, layer: int) -> str:
        """The gradient's size in a layer (counted from 0), in Typst math."""
        return NORM.format(f"^(({num(self.number('layer', layer, form='d'))}))")

    def norm_chart(self, box: Box, names: dict[int, Shown], across: Box | None = None) -> LayerChart:
        """The gradient's norm by layer of these runs, and where float32 begins to lose digits, if it does."""
        head = self.math(NORM.format(""), 34)
        chart = LayerChart(
            self, box, "gradient_norm", names, head=head, decades="scale/decades", across=across
        )
        smallest = self.item("scale/smallest")
        if chart.low < smallest:
            text = self.label("precision", value=self.number("scale/smallest", form="short"))
            ends = chart.layers[[-1, 0]]
            chart.frame.add(
                chart.reference(
                    ends, [smallest, smallest], self.words(text, style.SMALL_PX, "muted"), "muted"
                )
            )
        return chart

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
            self.strips[run] = LayerStrip(self.look, middle, layers, units)
            name = self.titled(run, self.activation(run), left.width)
            self.names[run] = name.move_to(left.at(0, 0.5), aligned_edge=LEFT)
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
