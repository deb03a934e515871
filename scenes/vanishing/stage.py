"""What the beats about deep nets share: which are compared, and the nets as strips, one above the other."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property

from manim import LEFT, Animation, Transform, VGroup

from scenes.parts.charts.layer_chart import LAYERS_MOST, LayerChart
from scenes.parts.charts.scale import LogScale
from scenes.parts.nets.layer_strip import LayerStrip
from scenes.parts.room.box import Box
from scenes.parts.text.source import num
from scenes.parts.text.typeset import Typeset
from scenes.stage import style
from scenes.stage.provenance import Shown
from scenes.stage.run_stage import RunStage

SIZE = "norm(partial loss(L) \\/ partial z{})"  # of which layer
NAME_ROOM, BESIDE = 2.1, 0.3  # left and right of the strips
ABOVE, ABOVE_LOW = 0.42, 0.26  # a strip: room for a number above a layer; where there are many
FEW = 3  # nets with so much room
GAP = 0.14
SMALL, SMALL_MOST = 0.5, 1.6  # units of height: a strip above a chart, and all of them
UNITS, UNITS_LOW, LOW = 3, 2, 0.6  # drawn in a layer; in a strip that is lower than this
PATH_S = 2.4  # what runs through all layers takes so long


class DeepStage(RunStage):
    """A film that draws the runs of the recorder `vanishing`. `strips` and `names` by run.

    `nets` are the compared runs; of these, the gradient of `weak` fades most on its way back, that of `strong` least.
    `inlet` is the sign of what goes into an activation: u where batch norm comes between z and it.
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

    def change(self, run: int) -> Shown:
        """What was done for a run's gradient."""
        if self.item(self.of(run, "batch_norm")) and not self.normed:
            return self.label("batch_norm")
        return self.name(self.of(run, "initialisation"))

    def size_of(self, layer: int) -> str:
        """The gradient's size in a layer (counted from 0), in Typst math."""
        return SIZE.format(f"^(({num(self.number('layer', layer, form='d'))}))")

    def size_chart(
        self, box: Box, names: Mapping[int, str], room: float = 0.0, across: Box | None = None
    ) -> LayerChart:
        """The gradient's size by layer of these runs, and where float32 begins to lose digits, if it does."""
        head = self.math(SIZE.format(""), 34)
        chart = LayerChart(
            self, box, "delta_norm", names, head=head, decades="scale/decades", room=room, across=across
        )
        smallest = self.item("scale/smallest")
        if chart.low < smallest:
            text = self.label("precision", value=self.number("scale/smallest", form="short"))
            named = self.words(text, style.SMALL_PX, "muted")
            chart.frame.add(chart.reference(chart.layers[[-1, 0]], [smallest, smallest], named, "muted"))
        return chart

    # -- nets --------------------------------------------------------------------------------------------------------

    def prepare(self) -> None:
        """The strips are the same objects in every beat; nothing is shown yet."""
        self.nets = range(1, self.item("nets") + 1)
        self.weak, self.strong = self.item("weakest"), self.item("strongest")
        self.last = len(self.array("layer")) - 1
        self.normed = bool(self.item(self.of(1, "batch_norm")))
        self.inlet = "u" if self.normed else "z"
        self.nets_room, self.key_room = self.room.rows(8, 1)
        high = min(SMALL * len(self.nets), SMALL_MOST)
        self.small_room, self.chart_room = self.room.rows(high, self.room.height - high - style.GAP)
        self.above = ABOVE if len(self.nets) <= FEW else ABOVE_LOW
        layers = len(self.array("widths"))
        self.strips, self.names = {}, {}
        for run, place in self.places(self.nets_room, self.above).items():
            units = min(UNITS if place.height > LOW else UNITS_LOW, self.item("width"))
            self.strips[run] = LayerStrip(self.look, place, layers, units)
            name = self.titled(run, self.activation(run), NAME_ROOM - style.GAP)
            self.names[run] = name.move_to([style.LEFT, place.centre[1], 0], aligned_edge=LEFT)
        self.drawn_nets = VGroup(*self.strips.values(), *self.names.values())

    def places(self, room: Box, above: float = 0.0) -> dict[int, Box]:
        """Each strip's place in a room, with so much free above it."""
        inside = room.without(left=NAME_ROOM, right=BESIDE)
        places = inside.rows(*[1.0] * len(self.nets), gap=GAP)
        return {run: place.without(top=above) for run, place in zip(self.nets, places, strict=True)}

    def shrink(self) -> list[Animation]:
        """Animations that make the strips small, above the room of a chart that shares their layers' places."""
        out: list[Animation] = []
        for run, place in self.places(self.small_room).items():
            out.append(Transform(self.strips[run], self.strips[run].within(place)))
            goal = [style.LEFT, place.centre[1], 0]
            out.append(self.names[run].animate.move_to(goal, aligned_edge=LEFT))
        return out

    def layer_numbers(self) -> VGroup:
        """The layers' numbers below the strips, and what they are."""
        y = self.key_room.top - style.TIGHT
        columns = self.strips[1].columns
        numbers = self.ticks("layer", form="d", most=LAYERS_MOST).items()
        placed = [text.centre_at([columns[int(n)].get_center()[0], y, 0]) for n, text in numbers]
        return VGroup(self.head("layer").left_at([style.LEFT, y, 0]), *placed)

    def size_name(self) -> Typeset:
        """What the numbers above the strips are, left of them."""
        place = [style.LEFT, self.strips[1].get_top()[1] + self.above / 2, 0]
        return self.math(SIZE.format(""), 30, "gradient").left_at(place)

    def sizes_at(self, layer: int) -> VGroup:
        """The gradient's size in a layer (counted from 0), above it in every strip."""
        form, out = self.form_of("delta_norm", layer, runs=self.nets), VGroup()
        for run, strip in self.strips.items():
            size = self.value(self.of(run, "delta_norm"), layer, form=form, colour="gradient")
            out.add(
                size.centre_at(
                    [strip.columns[layer + 1].get_center()[0], strip.get_top()[1] + self.above / 2, 0]
                )
            )
        return out

    @cached_property
    def brightness(self) -> LogScale:
        """How bright (0..1) a layer with a gradient of some size is."""
        sizes = [size for run in self.nets for size in self.array(self.of(run, "delta_norm")) if size > 0]
        return LogScale(min(sizes, default=1.0), max(sizes, default=1.0))
