"""How large the gradient is at every step back in time, on a logarithmic axis under a row of small cells."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
from manim import Rectangle, VGroup

from scenes.parts.log_plot import LogPlot, mark_x, mark_y
from scenes.parts.place import at
from scenes.parts.recurrent_cell import arrow
from scenes.parts.zero_floor import ZeroFloor
from scenes.rnn.stage import RecurrentStage
from scenes.stage import style
from scenes.stage.comparing import comparable
from scenes.stage.style import blend

CENTRE, WIDTH, HEIGHT = (0.2, 0.12), 10.0, 2.2
CELLS_Y, CELL = 2.3, 0.5
LABELS_MAX = 12
ARROW_MIN = 0.35
EDGE, EDGE_RIGHT = 0.09, 0.03  # room beside the first and the last step, as a share of the steps
TICKS_MAX = 4


class BackInTime:
    """`cells[t]` glow by the gradient; `line()` is the graph below them. The steps stand at the same x in both."""

    def __init__(self, stage: RecurrentStage) -> None:
        self.stage = stage
        self.norms = stage.array("gradient/start_norm")
        self.form = comparable(self.norms[[0, -1]], form="short")
        count = len(self.norms)
        decades = stage.array("gradient/decades")
        self.floor = ZeroFloor(decades, self.norms)
        self.before = max(0.5, EDGE * count)  # room left of the first step, in steps
        span = self.before + count - 1 + max(0.5, EDGE_RIGHT * count)
        self.plot = LogPlot(stage.look, (0.0, span), self.floor.y_range, CENTRE, WIDTH, HEIGHT)
        pitch = WIDTH / span
        side = min(CELL, 0.8 * pitch)
        self.cells = [
            Rectangle(
                width=side, height=min(CELL, max(side, 0.3)), stroke_width=style.HAIRLINE if side > 0.1 else 0
            )
            .set_stroke(stage.look.muted)
            .set_fill(stage.look.surface, opacity=1)
            .move_to(at(float(self.plot.at(self.before + t, 1.0)[0]), CELLS_Y))
            for t in range(count)
        ]
        self.arrows = self._arrows(side, pitch)
        self.group = VGroup(self.plot, self._marks(decades, span), *self._names(span))

    def _arrows(self, side: float, pitch: float) -> VGroup:
        """From the last step's loss through the cells, last one first; none where they would be too short."""
        ends = [float(cell.get_center()[0]) for cell in self.cells]
        loss = self.stage.math("loss(L_T)", 34).move_to(at(ends[-1] + side / 2 + 0.75, CELLS_Y))
        way = VGroup(
            loss, arrow(self.stage.look, loss.get_left(), at(ends[-1] + side / 2, CELLS_Y), "gradient")
        )
        if pitch - side > ARROW_MIN:
            for left, right in reversed(list(pairwise(ends))):
                start, end = at(right - side / 2, CELLS_Y), at(left + side / 2, CELLS_Y)
                way.add(arrow(self.stage.look, start, end, "gradient"))
        return way

    def value(self, step: int) -> VGroup:
        """The number of a step over its dot, on a plate that keeps the lines of the graph off it."""
        value = self.stage.value(
            "gradient/start_norm", step, form=self.form, px=style.NUMBER_PX + 4, colour="gradient"
        )
        value.centre_at(self.point(step) + at(0, 0.36))
        plate = Rectangle(width=value.width + 0.1, height=value.height + 0.1, stroke_width=0, fill_opacity=1)
        return VGroup(plate.set_fill(self.stage.look.background).move_to(value), value)

    def _marks(self, decades: np.ndarray, right: float) -> VGroup:
        stage = self.stage
        every = int(np.ceil(len(decades) / TICKS_MAX))
        heights = {
            float(decades[i]): stage.value("gradient/decades", i, form="decade", px=style.NUMBER_MIN_PX)
            for i in range(len(decades) - 1, -1, -every)
        }
        heights |= self.floor.label(stage, "gradient/start_norm")
        count = len(self.norms)
        stride = max(1, int(np.ceil(count / LABELS_MAX)))
        shown = list(range(0, count, stride))
        if shown[-1] != count - 1:
            if count - 1 - shown[-1] < stride:
                shown.pop()
            shown.append(count - 1)
        places = {self.before + t: stage.value("step", t, form="d", px=style.NUMBER_MIN_PX) for t in shown}
        return VGroup(
            mark_y(self.plot, 0.0, heights, across=right), mark_x(self.plot, self.floor.y_range[0], places)
        )

    def _names(self, right: float) -> list[VGroup]:
        stage = self.stage
        step = stage.words(stage.label("step"), style.SMALL_PX, "muted")
        step.left_at(self.plot.at(right, self.floor.y_range[0]) + at(0.14, 0))
        size = stage.math("norm(partial loss(L_T) \\/ partial h_t)", 32)
        size.move_to(self.plot.axes.y_axis.get_end() + at(0.3, 0.32))
        return [VGroup(step), VGroup(size)]

    def point(self, step: int) -> np.ndarray:
        """Where a step's gradient lies."""
        return self.plot.at(self.before + step, self.floor.height(float(self.norms[step])))

    def line(self) -> VGroup:
        """The graph from the last step to the first, and its dots."""
        count = len(self.norms)
        heights = np.array([self.floor.height(float(norm)) for norm in self.norms])
        curve = self.plot.curve(self.before + np.arange(count - 1, -1, -1), heights[::-1], "gradient")
        stride = max(1, int(np.ceil(count / 24)))
        dots = VGroup(
            *(
                self.plot.dot(self.before + t, float(heights[t]), "gradient")
                for t in range(count - 1, -1, -stride)
            )
        )
        return VGroup(curve, dots)

    def lit(self, step: int) -> Rectangle:
        """A copy of a step's cell that glows by its gradient, on a logarithmic scale."""
        low, high = (np.log10(y) for y in self.floor.y_range)
        norm = float(self.norms[step])
        share = float(np.clip((np.log10(norm) - low) / ((high - low) or 1.0), 0, 1)) if norm > 0 else 0.0
        colour = blend(self.stage.look.background, self.stage.look.gradient, 0.1 + 0.9 * share)
        cell = self.cells[step].copy()
        return cell.set_fill(colour, opacity=1).set_stroke(colour if norm > 0 else self.stage.look.muted)
