"""Gradient norm by layer on a logarithmic axis, one line a run."""

from __future__ import annotations

import numpy as np
from manim import Animation, Create, DashedLine, DashedVMobject, FadeIn, LaggedStart, VGroup, VMobject

from scenes.parts.log_plot import LogPlot, LogPlotWithZero, mark_x, mark_y
from scenes.parts.place import at
from scenes.stage import style
from scenes.vanishing.stage import DeepStage

CENTRE, WIDTH, HEIGHT = (3.72, 0.72), 4.1, 3.1
MARKS_MAX = 12
TICKS_MAX = 6


class NormsPlot:
    """`group` are axes with marks; `line(run)` makes a run's line with its markers."""

    def __init__(self, stage: DeepStage) -> None:
        self.stage = stage
        layers = stage.array("layer")
        decades = stage.array("scale/decades")
        last = float(layers[-1])
        self.zero = any((stage.array(stage.of(run, "gradient_norm")) == 0).any() for run in self._runs())
        kind = LogPlotWithZero if self.zero else LogPlot
        low, high = float(decades[0]), float(decades[-1])
        self.plot = kind(stage.look, (1.0, last), (low, high), CENTRE, WIDTH, HEIGHT)
        name = stage.words(stage.label("layer"), style.SMALL_PX, "muted")
        self.plot.name_axes(name, stage.math("norm(partial loss(L) \\/ partial W)", 34))
        name.left_at(self.plot.at(last, self.plot.lowest()) + at(0.26 if self.zero else 0.14, 0))
        every = int(np.ceil(len(decades) / TICKS_MAX))
        heights = {
            float(decades[i]): stage.value("scale/decades", i, form="decade", px=style.NUMBER_MIN_PX)
            for i in range(len(decades) - 1, -1, -every)
        }
        if self.zero:
            heights[0.0] = stage.value("scale/zero", px=style.NUMBER_MIN_PX)
        shown = self._layers_marked(len(layers))
        places = {float(layers[i]): stage.value("layer", i, form="d", px=style.NUMBER_MIN_PX) for i in shown}
        marks = mark_y(self.plot, 1.0, heights, across=last), mark_x(self.plot, self.plot.lowest(), places)
        self.group = VGroup(self.plot, *marks)
        if isinstance(self.plot, LogPlotWithZero):
            self.group.add(self.plot.axis_break(1.0))
        if low < stage.item("scale/smallest"):
            self.group.add(self._precision(last))

    def _runs(self) -> list[int]:
        """Every run that this graph may show."""
        return [*self.stage.nets, *(int(run) for run in self.stage.array("cures"))]

    def _precision(self, last: float) -> VGroup:
        """Where float32 begins to lose digits, before it has none left."""
        smallest = self.stage.item("scale/smallest")
        start, end = self.plot.at(1.0, smallest), self.plot.at(last, smallest)
        line = DashedLine(start, end, color=self.stage.look.muted, stroke_width=style.HAIRLINE)
        text = self.stage.label("precision", value=self.stage.number("scale/smallest", form="short"))
        words = self.stage.words(text, style.SMALL_PX, "muted")
        return VGroup(line, words.right_at(end + at(-0.08, 0.2)))

    @staticmethod
    def _layers_marked(count: int) -> list[int]:
        step = max(1, int(np.ceil(count / 7)))
        shown = list(range(0, count, step))
        if count - 1 - shown[-1] < step:
            shown.pop()
        return [*shown, count - 1]

    def line(self, run: int, width: float = style.STRONG) -> VGroup:
        """The run's norms joined by a line, with the run's mark at layers."""
        layers, norms = (self.stage.array(name) for name in ("layer", self.stage.of(run, "gradient_norm")))
        curve = self.plot.curve(layers, norms, "gradient", width)
        step = int(np.ceil(len(layers) / MARKS_MAX))
        marks = VGroup(
            *(
                self.stage.sign(run, "gradient").move_to(self.plot.at(float(layers[i]), float(norms[i])))
                for i in range(0, len(layers), step)
            )
        )
        return VGroup(curve, marks)

    def ideal(self, run: int) -> VMobject:
        """The product of the largest slopes as a dashed line that starts from the last layer's measured norm."""
        layers, ideal = (self.stage.array(name) for name in ("layer", self.stage.of(run, "ideal_norm")))
        line = DashedVMobject(self.plot.curve(layers, ideal, "ink", style.STRONG), num_dashes=36)
        return line.set_z_index(1)


def drawn_back(line: VGroup) -> Animation:
    """From the last layer to the first, as the gradient runs."""
    curve, marks = line[0], line[1]
    curve.reverse_points()
    return LaggedStart(
        Create(curve),
        LaggedStart(*(FadeIn(mark) for mark in reversed(marks)), lag_ratio=0.5),
        lag_ratio=0,
    )
