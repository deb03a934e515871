"""The loss of every compared net while it is trained."""

from __future__ import annotations

import numpy as np
from manim import VGroup, VMobject

from scenes.parts.log_plot import LogPlot, mark_x, mark_y
from scenes.parts.place import at
from scenes.parts.plot import Plot
from scenes.parts.typeset import Typeset
from scenes.stage import style
from scenes.stage.comparing import comparable
from scenes.vanishing.stage import DeepStage

CENTRE, WIDTH, HEIGHT = (3.7, 0.72), 4.6, 3.1
MARKS = 5
NOTE_GAP, NOTE_PITCH = 0.18, 0.36
STEEP = 30.0  # losses beyond this need a logarithmic axis
TICKS_MAX = 6


class TrainingPlot:
    """`group` are axes step and L; `line(run)` makes a run's curve."""

    def __init__(self, stage: DeepStage) -> None:
        self.stage = stage
        self.noted: list[np.ndarray] = []
        steps, losses = stage.array("scale/step"), stage.array("scale/loss")
        steep = float(losses[1]) > STEEP
        series = "scale/loss_decades" if steep else "scale/loss"
        ticks = stage.array(series)
        kind = LogPlot if steep else Plot
        last, low, high = float(steps[1]), float(ticks[0]), float(ticks[-1])
        self.plot = kind(stage.look, (0.0, last), (low, high), CENTRE, WIDTH, HEIGHT)
        name = stage.words(stage.label("step"), style.SMALL_PX, "muted")
        self.plot.name_axes(name, stage.math("loss(L)", 36))
        name.centre_at(self.plot.at(last / 2, low) + at(0, -0.32))
        every = -(-len(ticks) // TICKS_MAX)
        form = "decade" if steep else comparable(ticks)
        ys = {
            float(ticks[i]): stage.value(series, i, form=form, px=style.NUMBER_MIN_PX)
            for i in range(len(ticks) - 1, -1, -every)
        }
        xs = {last: stage.value("scale/step", 1, form="d", px=style.NUMBER_MIN_PX)}
        self.group = VGroup(self.plot, mark_y(self.plot, 0.0, ys), mark_x(self.plot, low, xs))

    def line(self, run: int) -> VGroup:
        """The run's loss before each step, with the run's mark along it."""
        loss = self.stage.array(self.stage.of(run, "loss"))
        steps = np.arange(len(loss), dtype=float)
        curve = self.plot.curve(steps, loss, "loss") if len(loss) > 1 else VMobject()  # the mark says it all
        places = np.linspace(0.06, 1, MARKS) * (len(loss) - 1)
        marks = (
            self.stage.sign(run, "loss").move_to(self.plot.at(float(steps[int(i)]), float(loss[int(i)])))
            for i in places
        )
        out = VGroup(curve, VGroup(*marks))
        if bool(self.stage.array(self.stage.of(run, "diverged"))):
            out.add(self._note(run, self.plot.at(float(steps[-1]), float(loss[-1]))))
        return out

    def _note(self, run: int, end: np.ndarray) -> Typeset:
        """At which step a run diverges: beside the end of its curve, below the notes that stand there already."""
        step = self.stage.number(self.stage.of(run, "diverged_step"), form="d")
        note = self.stage.words(self.stage.label("diverged_at", step=step), style.SMALL_PX, "loss")
        room = at(note.width + NOTE_GAP, NOTE_PITCH)
        while any((np.abs(end - other)[:2] < room[:2]).all() for other in self.noted):
            end = end - at(0, NOTE_PITCH)
        self.noted.append(end)
        fits = end[0] + NOTE_GAP + note.width < style.RIGHT
        return note.left_at(end + at(NOTE_GAP, 0)) if fits else note.right_at(end - at(NOTE_GAP, 0))
