"""The gradient over a long sequence: a plain RNN, an LSTM, and an LSTM whose forget gate starts open."""

from __future__ import annotations

import numpy as np
from manim import VGroup

from scenes.parts.log_plot import LogPlot, mark_x, mark_y
from scenes.parts.markers import marker
from scenes.parts.place import at
from scenes.parts.zero_floor import ZeroFloor
from scenes.rnn.stage import RecurrentStage
from scenes.stage import style
from scenes.stage.comparing import comparable

CENTRE, WIDTH, HEIGHT = (-2.05, 0.72), 6.6, 3.3
TICKS_MAX = 6
X_MARKS = 5
MARKS = 9
LEGEND_X, LEGEND_RIGHT, LEGEND_TOP, LEGEND_PITCH = 2.35, 6.4, 1.35, 1.15


class LongPlot:
    """`group` are axes; `lines[k]` and `rows[k]` belong to run k (from 1)."""

    def __init__(self, stage: RecurrentStage) -> None:
        self.stage = stage
        self.runs = range(1, int(stage.array("long/runs")) + 1)
        norms = {run: stage.array(f"long{run}/gradient_norm") for run in self.runs}
        self.form = comparable([norm[0] for norm in norms.values()], form="short")
        decades = stage.array("long/decades")
        self.floor = ZeroFloor(decades, *norms.values())
        steps = stage.array("long/step")
        first, last = float(steps[0]), float(steps[-1])
        self.plot = LogPlot(stage.look, (first, last), self.floor.y_range, CENTRE, WIDTH, HEIGHT)
        every = int(np.ceil(len(decades) / TICKS_MAX))
        heights = {
            float(decades[i]): stage.value("long/decades", i, form="decade", px=style.NUMBER_MIN_PX)
            for i in range(len(decades) - 1, -1, -every)
        }
        heights |= self.floor.label(stage, *(f"long{run}/gradient_norm" for run in self.runs))
        shown = dict.fromkeys(int(i) for i in np.linspace(0, len(steps) - 1, X_MARKS))
        places = {
            float(steps[i]): stage.value("long/step", i, form="d", px=style.NUMBER_MIN_PX) for i in shown
        }
        name = stage.words(stage.label("step"), style.SMALL_PX, "muted")
        name.left_at(self.plot.at(last, self.floor.y_range[0]) + at(0.14, 0))
        size = stage.math("norm(partial loss(L_T) \\/ partial h_t)", 32)
        size.move_to(self.plot.axes.y_axis.get_end() + at(0.3, 0.32))
        self.group = VGroup(
            self.plot,
            mark_y(self.plot, first, heights, across=last),
            mark_x(self.plot, self.floor.y_range[0], places),
            name,
            size,
        )
        self.lines = {run: self._line(run, steps, norms[run]) for run in self.runs}
        self.head = stage.words(stage.label("at_first"), style.SMALL_PX, "muted")
        self.head.right_at(at(LEGEND_RIGHT, LEGEND_TOP + 0.75))
        self.rows = {run: self._row(run) for run in self.runs}

    def _line(self, run: int, steps: np.ndarray, norms: np.ndarray) -> VGroup:
        """From the last step back to the first, with the run's mark along it."""
        heights = np.array([self.floor.height(float(norm)) for norm in norms])
        curve = self.plot.curve(steps[::-1].astype(float), heights[::-1], "gradient", style.LINE)
        start = (
            (run - 1) * len(steps) // (MARKS * 3)
        )  # the marks of neighbouring curves do not hide each other
        places = np.linspace(start, len(steps) - 1 - start, MARKS).astype(int)[::-1]
        marks = VGroup(
            *(
                marker(run - 1, self.stage.look, "gradient").move_to(
                    self.plot.at(float(steps[i]), float(heights[i]))
                )
                for i in places
            )
        )
        return VGroup(curve, marks)

    def _row(self, run: int) -> VGroup:
        """The run's mark, name and gradient at the first step."""
        stage, y = self.stage, LEGEND_TOP - LEGEND_PITCH * (run - 1)
        opened = bool(stage.array(f"long{run}/forget_open"))
        text = (
            stage.label("opened", bias=stage.number("long/forget_bias"))
            if opened
            else stage.name(f"long{run}/cell")
        )
        name = stage.fitted(text, LEGEND_RIGHT - LEGEND_X - 0.35, style.LABEL_PX)
        sign = marker(run - 1, stage.look, "gradient").move_to(at(LEGEND_X, y))
        value = stage.value(f"long{run}/gradient_norm", 0, form=self.form, px=34, colour="gradient")
        return VGroup(sign, name.left_at(at(LEGEND_X + 0.35, y)), value.right_at(at(LEGEND_RIGHT, y - 0.5)))
