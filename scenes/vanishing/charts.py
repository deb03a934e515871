"""The two charts of the film: the gradient's norm by layer, and the loss by step."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from manim import VGroup

from scenes.parts.box import Box
from scenes.parts.chart import Axis
from scenes.parts.marked_chart import MarkedChart
from scenes.parts.markers import RADIUS
from scenes.parts.scale import LogScale, Scale
from scenes.parts.typeset import Typeset
from scenes.stage import style
from scenes.vanishing.stage import NORM, DeepStage
from scenes.vanishing.words import diverged

LAYERS_MOST = 12  # numbers of layers on the axis
ABOVE = 3  # times the highest power of ten: room for a name
HALF = 0.5  # a layer's norm stands in the middle of its wires
STEEP = 30.0  # losses beyond this need a logarithmic axis


class NormsChart(MarkedChart):
    """Drawn from the last layer to the first, as the gradient runs; `across` is a strip above it, if there is one."""

    def __init__(
        self, film: DeepStage, box: Box, names: Mapping[int, str], across: Box | None = None
    ) -> None:
        self.film = film
        self.layers, decades = film.array("layer")[::-1], film.array("scale/decades")
        norms = {run: film.array(film.of(run, "gradient_norm"))[::-1] for run in names}
        zero = any((one == 0).any() for one in norms.values())
        heights = film.ticks("scale/decades", form="decade")
        if zero:
            heights[0.0] = film.value("scale/zero", px=style.NUMBER_MIN_PX, colour="muted")
        ends = Scale(self.layers[-1] - HALF, self.layers[0] + HALF)
        x = Axis(ends, film.head("layer"), film.ticks("layer", form="d", most=LAYERS_MOST))
        scale = LogScale(decades[0], ABOVE * decades[-1], zero)
        y = Axis(scale, film.math(NORM.format(""), 34), heights)
        super().__init__(film.look, box, x, y, across=across)
        if decades[0] < film.item("scale/smallest"):
            self.frame.add(self._precision(film.item("scale/smallest")))
        texts = {run: film.words(name, style.SMALL_PX, "gradient") for run, name in names.items()}
        self.take({run: (self.layers, norms[run], texts[run]) for run in names}, "gradient", film.sign)

    def _precision(self, smallest: float) -> VGroup:
        """Where float32 begins to lose digits, before it has none left."""
        line = self.guide((self.layers[-1], smallest), (self.layers[0], smallest))
        self.names.keep_off(line)
        text = self.film.label("precision", value=self.film.number("scale/smallest", form="short"))
        return VGroup(line, self.names.place(self.film.words(text, style.SMALL_PX, "muted"), line))

    def ideal(self, run: int) -> VGroup:
        """The product of the largest slopes, dashed and named, from the last layer's measured norm on."""
        line = self.dashed(self.layers, self.film.array(self.film.of(run, "ideal_norm"))[::-1], "ink")
        self.names.keep_off(line)
        name = self.film.words(self.film.label("ideal"), style.SMALL_PX)
        return VGroup(line.set_z_index(1), self.names.place(name, line, RADIUS))


class LossChart(MarkedChart):
    """The compared nets' loss before each step; the name of a run that diverges says when."""

    most = 5

    def __init__(self, film: DeepStage, box: Box) -> None:
        self.film = film
        steep = film.array("scale/loss")[1] > STEEP
        series = "scale/loss_decades" if steep else "scale/loss"
        low, high = film.array(series)[[0, -1]]
        steps = Scale(*film.array("scale/step"))
        x = Axis(steps, film.head("step"), film.ticks("scale/step", form="d"), under=True)
        scale = LogScale(low, high) if steep else Scale(low, high)
        y = Axis(scale, film.math("loss(L)", 36), film.ticks(series, form="decade" if steep else ""))
        super().__init__(film.look, box, x, y)
        losses = {run: film.array(film.of(run, "loss")) for run in film.nets}
        lines = {run: (np.arange(len(one)), one, self._name(run)) for run, one in losses.items()}
        self.take(lines, "loss", film.sign)

    def _name(self, run: int) -> Typeset:
        film, name = self.film, self.film.activation(run)
        if diverged(film, run):
            step = film.number(film.of(run, "diverged_step"), form="d")
            name = film.join(name, " · ", film.label("diverged_at", step=step))
        return film.words(name, style.SMALL_PX, "loss")
