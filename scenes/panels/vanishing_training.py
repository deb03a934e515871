"""The loss of every compared net while it is trained."""

from __future__ import annotations

import numpy as np
from manim import VGroup

from scenes import style
from scenes.deep_stage import DeepStage
from scenes.panels.place import at
from scenes.parts.log_plot import mark_x, mark_y
from scenes.parts.plot import Plot

CENTRE, WIDTH, HEIGHT = (3.7, 0.72), 4.6, 3.1
MARKS = 5


class TrainingPlot:
    """`group` are axes step and L; `line(run)` makes a run's curve."""

    def __init__(self, stage: DeepStage) -> None:
        self.stage = stage
        steps, losses = stage.array("scale/step"), stage.array("scale/loss")
        self.plot = Plot(stage.look, (0.0, float(steps[1])), (0.0, float(losses[1])), CENTRE, WIDTH, HEIGHT)
        name = stage.words(stage.label("step"), style.SMALL_PX, "muted")
        self.plot.name_axes(name, stage.math("loss(L)", 36))
        name.centre_at(self.plot.at(float(steps[1]) / 2, 0) + at(0, -0.32))
        ys = {float(losses[1]): stage.value("scale/loss", 1, form="auto", px=style.NUMBER_MIN_PX)}
        ys[0.0] = stage.value("scale/loss", 0, form="auto", px=style.NUMBER_MIN_PX)
        xs = {float(steps[1]): stage.value("scale/step", 1, form="d", px=style.NUMBER_MIN_PX)}
        self.group = VGroup(self.plot, mark_y(self.plot, 0.0, ys), mark_x(self.plot, 0.0, xs))

    def line(self, run: int) -> VGroup:
        """The run's loss before each step, with the run's mark along it."""
        loss = self.stage.array(self.stage.of(run, "loss"))
        steps = np.arange(len(loss), dtype=float)
        curve = self.plot.curve(steps, loss, "loss")
        places = np.linspace(0.06, 1, MARKS) * (len(loss) - 1)
        marks = (
            self.stage.sign(run, "loss").move_to(self.plot.at(float(steps[int(i)]), float(loss[int(i)])))
            for i in places
        )
        out = VGroup(curve, VGroup(*marks))
        if bool(self.stage.array(self.stage.of(run, "diverged"))):
            note = self.stage.words(self.stage.label("diverged"), style.SMALL_PX, "loss")
            out.add(note.left_at(curve.get_end() + at(0.12, 0)))
        return out
