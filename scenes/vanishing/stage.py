"""What the beats about deep nets share: which are compared, and the charts of sizes by layer."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Any

from manim import Animation, Mobject, VGroup

from scenes.parts.charts.layer_chart import LayerChart
from scenes.parts.charts.loss_chart import LossChart
from scenes.parts.nets.brightness import Brightness
from scenes.parts.nets.strips import Strips
from scenes.parts.room.box import Box
from scenes.parts.text.typeset import Typeset
from scenes.stage import style
from scenes.stage.provenance import Shown
from scenes.stage.run_stage import RunStage

SIZE = "norm(partial loss(L) \\/ partial z{})"  # of which layer
TICKS = 1.2  # times the least size: numbers on axes
PATH_S = 2.2  # what runs through all layers takes so long


class DeepStage(RunStage):
    """A film that draws the runs of the recorder `vanishing`; `strips` are the compared ones, the same in every beat.

    `nets` are the compared runs; of these, the gradient of `weak` fades most on its way back, that of `strong` least.
    `inlet` is the sign of what goes into an activation: u where batch norm comes between z and it.
    """

    nets: range
    weak: int
    strong: int
    cured: int
    strips: Strips

    def activation(self, run: int) -> Shown:
        """The activation's name in the film's language."""
        return self.name(self.of(run, "activation"))

    def head(self, key: str, **fields: str) -> Typeset:
        """Of a column or an axis: bright, and as large as the names beside it."""
        return self.words(self.label(key, **fields), style.LABEL_PX)

    def ticks(self, series: str, **how: Any) -> dict[float, Typeset]:
        """As bright and large."""
        texts = super().ticks(series, **how)
        return {value: text.scale(TICKS).set_color(self.look.ink) for value, text in texts.items()}

    def change(self, run: int) -> Shown:
        """What was done for a run's gradient."""
        if self.item(self.of(run, "batch_norm")) and not self.normed:
            return self.label("batch_norm")
        return self.name(self.of(run, "initialisation"))

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

    def prepare(self) -> None:
        """Nothing is shown yet."""
        self.nets = range(1, self.item("nets") + 1)
        self.weak, self.strong, self.cured = map(self.item, ("weakest", "strongest", "cured"))
        self.last = len(self.array("layer")) - 1
        self.normed = bool(self.item(self.of(1, "batch_norm")))
        self.inlet = "u" if self.normed else "z"
        nets_room, self.key_room = self.room.rows(2.5, 1)
        self.strips = self.nets_in(nets_room)
        self.brightness = Brightness(self, "delta_norm", self.nets, "gradient")
        self.small_room, self.chart_room = self.whole.rows(
            self.strips.small, self.whole.height - self.strips.small - style.GAP
        )

    def nets_in(self, box: Box) -> Strips:
        """The compared nets as strips in a box."""
        return Strips(self, self.names, box, len(self.array("widths")), self.item("width"))

    @property
    def names(self) -> dict[int, str]:
        """Of the compared nets, by run."""
        return {run: self.activation(run) for run in self.nets}

    @property
    def closing(self) -> dict[int, str]:
        """Of the weakest, the strongest, and the weakest with what helped it most."""
        weak = self.activation(self.weak)
        cured = self.join(weak, " · ", self.change(self.cured))
        return {self.weak: weak, self.strong: self.activation(self.strong), self.cured: cured}

    @property
    def ends(self) -> dict[int, str]:
        """The same, shorter: of the last one what was changed."""
        return self.closing | {self.cured: self.change(self.cured)}

    def loss_chart(self, box: Box, names: Mapping[int, str], behind: bool = False) -> LossChart:
        """The losses of these runs, and the best that one answer for all examples can have."""
        floor = self.label("floor", loss=self.number("training/constant_loss", form=".3f"))
        return LossChart(self, box, names, ("training/constant_loss", floor), behind)

    def draw(
        self,
        chart: LayerChart | LossChart,
        *runs: int,
        before: Sequence[Animation] = (),
        above: Mapping[int, Sequence[Mobject]] = MappingProxyType({}),
    ) -> dict[int, VGroup]:
        """Lines at once, then their names. `above`: what points drop from."""
        lines = {run: chart.marked(run) for run in runs}
        drawn = [chart.drawn(line, above.get(run, ())) for run, line in lines.items()]
        if not lines:
            return lines
        self.play(*before, *drawn, run_time=PATH_S)
        self.panel.add(*lines.values())
        if named := [chart.labels[run] for run in lines if run in chart.labels]:
            self.one_by_one(named, style.QUICK_S)
        return lines
