"""How large the gradient is at every step back in time, on a logarithmic axis."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
from manim import RIGHT, Rectangle, VGroup

from scenes.parts.box import Box
from scenes.parts.chart import Axis, Chart
from scenes.parts.markers import marker
from scenes.parts.recurrent_cell import arrow
from scenes.parts.scale import LogScale, Scale
from scenes.parts.table import Column, Table
from scenes.parts.typeset import Typeset
from scenes.rnn.stage import RecurrentStage
from scenes.stage import style
from scenes.stage.comparing import comparable
from scenes.stage.style import blend

DECADES_MAX, DOTS_MAX, MARKS = 5, 24, 9
BESIDE = 0.5  # room beside the first and the last step, in steps
CELL_SHARE, CELL_MAX = 0.8, 0.6  # width of a small cell, as a share of its step; at most
ARROW_MIN = 0.35


class GradientChart(Chart):
    """The recorded norms of `series` by step, in a box. `form` is how those at the first step are written."""

    def __init__(
        self,
        stage: RecurrentStage,
        box: Box,
        group: str,
        steps: str,
        series: list[str],
        beside: float,
        most: int,
    ) -> None:
        self.film, self.times, self.norms = stage, stage.array(steps), [stage.array(one) for one in series]
        decades = stage.ticks(f"{group}/decades", form="decade", most=DECADES_MAX)
        zero = next(((one, int(i)) for one in series for i in np.flatnonzero(stage.array(one) == 0)), None)
        if zero is not None:
            decades[0.0] = stage.value(*zero, px=style.NUMBER_MIN_PX, colour="muted")
        ends = stage.array(f"{group}/decades")[[0, -1]]
        count = len(self.times)
        shown = list(dict.fromkeys(np.linspace(0, count - 1, min(most, count)).astype(int).tolist()))
        texts = stage.values(steps, shown, "d", style.NUMBER_MIN_PX, "muted")
        ticks = {float(self.times[i]): text for i, text in zip(shown, texts, strict=True)}
        size = stage.math("norm(partial loss(L_T) \\/ partial h_t)", 34)
        x = Scale(float(self.times[0]) - beside, float(self.times[-1]) + beside)
        y = LogScale(float(ends[0]), float(ends[1]), zero is not None)
        super().__init__(
            stage.look, box, Axis(x, stage.head("step"), ticks), Axis(y, size, decades, grid=True)
        )

    def back(self, run: int = 0) -> VGroup:
        """The curve from the last step to the first."""
        return self.line(self.times[::-1], self.norms[run][::-1], "gradient")


class BackInTime(GradientChart):
    """The gradient of the last loss; above it `cells`, at the places of their steps, and `arrows` from the loss."""

    def __init__(self, stage: RecurrentStage, box: Box) -> None:
        above, below = box.without(right=style.WIDE).rows(1, 6)
        super().__init__(stage, below, "gradient", "step", ["gradient/start_norm"], BESIDE, 12)
        self.form = comparable(self.norms[0][[0, -1]], form="short")
        pitch = self.box.width / len(self.times)
        side = min(CELL_MAX, CELL_SHARE * pitch)
        places = [above.without(left=x - above.left, right=above.right - x) for x in self._xs()]
        self.cells = [self._cell(place, side) for place in places]
        loss = stage.math("loss(L_T)", 38).next_to(self.cells[-1], RIGHT, style.WIDE)
        self.arrows = VGroup(loss, arrow(stage.look, loss.get_left(), self.cells[-1].get_right(), "gradient"))
        if pitch - side > ARROW_MIN:
            for left, right in reversed(list(pairwise(self.cells))):
                self.arrows.add(arrow(stage.look, right.get_left(), left.get_right(), "gradient"))
        self.curve = self.back()
        every = -(-len(self.times) // DOTS_MAX)
        self.dots = VGroup(*(self._dot(t) for t in range(len(self.times) - 1, -1, -every)))
        self.names.keep_off(self.frame, self.curve)

    def _xs(self) -> list[float]:
        return [float(self.at(step, 1.0)[0]) for step in self.times]

    def _cell(self, place: Box, side: float) -> Rectangle:
        cell = Rectangle(width=side, height=max(side, 0.3), stroke_width=style.HAIRLINE if side > 0.1 else 0)
        cell.set_stroke(self.look.muted).set_fill(self.look.surface, opacity=1)
        return cell.move_to(place.centre)

    def _dot(self, t: int) -> VGroup:
        return self.dot(float(self.times[t]), float(self.norms[0][t]), "gradient")

    def value(self, t: int) -> Typeset:
        """The number of a step beside its dot."""
        value = self.film.value("gradient/start_norm", t, form=self.form, px=36, colour="gradient")
        return self.names.place(value, self._dot(t))

    def lit(self, t: int) -> Rectangle:
        """A copy of a step's cell that glows by its gradient, on the chart's scale."""
        share = min(max(self.y.scale.share(float(self.norms[0][t])), 0.0), 1.0)
        colour = blend(self.look.background, self.look.gradient, 0.1 + 0.9 * share)
        cell = self.cells[t].copy().set_fill(colour, opacity=1)
        return cell.set_stroke(colour if share > 0 else self.look.muted)


class LongChart(GradientChart):
    """The same over a long sequence for every net. `lines[k]` and `table.rows[k]` belong to run k, from 0."""

    def __init__(self, stage: RecurrentStage, box: Box) -> None:
        left, right = box.columns(1.5, 1)
        self.runs = range(1, int(stage.item("long/runs")) + 1)
        series = [f"long{run}/gradient_norm" for run in self.runs]
        super().__init__(stage, left, "long", "long/step", series, 0.0, 5)
        self.form = comparable([norm[0] for norm in self.norms], form="short")
        self.lines = [VGroup(self.back(run), self._marks(run)) for run in range(len(series))]
        columns = [
            Column([marker(run, stage.look, "gradient") for run in range(len(series))]),
            Column([self._name(run, 0.55 * right.width) for run in self.runs], align="left"),
            Column(
                [stage.value(one, 0, form=self.form, px=34, colour="gradient") for one in series],
                stage.head("at_first"),
            ),
        ]
        self.table = Table(stage.look, columns, right, gap=style.GAP, pitch=1.1, up="centre")

    def _marks(self, run: int) -> VGroup:
        """The run's sign along its line; those of neighbouring lines do not hide each other."""
        last = len(self.times) - 1
        start = run * len(self.times) // (MARKS * 3)
        places = np.linspace(start, last - start, MARKS).astype(int)[::-1]
        return self.marks(
            self.times[places], self.norms[run][places], lambda: marker(run, self.look, "gradient")
        )

    def _name(self, run: int, room: float) -> Typeset:
        if not bool(self.film.item(f"long{run}/forget_open")):
            return self.film.words(self.film.name(f"long{run}/cell"))
        bias = self.film.number("long/forget_bias")
        return self.film.fitted(self.film.label("opened", bias=bias), room, style.LABEL_PX)
