"""Gradient norm by layer on a logarithmic axis, one line a run."""

from __future__ import annotations

import numpy as np
from manim import DashedVMobject, VGroup, VMobject

from scenes import style
from scenes.deep_stage import DeepStage
from scenes.panels.place import at
from scenes.parts.log_plot import LogPlot, mark_x, mark_y

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
        self.plot = LogPlot(
            stage.look, (1.0, last), (float(decades[0]), float(decades[-1])), CENTRE, WIDTH, HEIGHT
        )
        name = stage.words(stage.label("layer"), style.SMALL_PX, "muted")
        self.plot.name_axes(name, stage.math("norm(partial loss(L) \\/ partial W)", 34))
        name.left_at(self.plot.at(last, float(decades[0])) + at(0.14, 0))
        every = int(np.ceil(len(decades) / TICKS_MAX))
        heights = {
            float(decades[i]): stage.value("scale/decades", i, form="decade", px=style.NUMBER_MIN_PX)
            for i in range(len(decades) - 1, -1, -every)
        }
        shown = self._layers_marked(len(layers))
        places = {float(layers[i]): stage.value("layer", i, form="d", px=style.NUMBER_MIN_PX) for i in shown}
        marks = mark_y(self.plot, 1.0, heights, across=last), mark_x(self.plot, float(decades[0]), places)
        self.group = VGroup(self.plot, *marks)

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
