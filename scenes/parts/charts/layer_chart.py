"""A size by layer, of several nets, on a logarithmic axis: below the layers of a strip, or with names at the ends."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from manim import Line

from scenes.parts.charts.chart import Axis
from scenes.parts.charts.marked_chart import MarkedChart
from scenes.parts.charts.markers import RADIUS
from scenes.parts.charts.scale import LogScale, Scale
from scenes.parts.room.box import Box
from scenes.parts.room.layout import apart, line_box
from scenes.parts.text.typeset import Typeset
from scenes.stage import style
from scenes.stage.run_stage import RunStage

LAYERS_MOST = 12  # numbers of layers on the axis
ABOVE = 3  # times the highest power of ten: room for a name
BESIDE = 0.5  # layers free beyond the last one
FREE = 0.25  # at both ends of the axis, for its name and the other axis
APART = 0.44  # units between names below each other


class LayerChart(MarkedChart):
    """The series `run{k}/key` by layer, drawn from the last layer to the first; a measured 0 has a line of its own.

    `names` by run; `decades` is a series of powers of ten around all of them. `across`: the box of a strip of layers
    above the chart, if there is one, whose first column is the input. Without one, `room` (a share of the axis) is free
    before the first layer for names: lines part on the way back, and there they end. `leads` join these to their ends.
    """

    named_last = True

    def __init__(
        self,
        film: RunStage,
        box: Box,
        key: str,
        names: Mapping[int, str],
        *,
        head: Typeset,
        decades: str,
        role: str = "gradient",
        room: float = 0.0,
        across: Box | None = None,
    ) -> None:
        series = {run: film.of(run, key) for run in names}
        self.film, self.layers = film, film.array("layer")[::-1]
        self.low, high = film.array(decades)[[0, -1]]
        zero = film.zero_tick(*series.values())
        span = self.layers[0] - self.layers[-1] + BESIDE
        free = (max(span * room / (1 - room), BESIDE), BESIDE) if across is None else (1, 0)
        ends = Scale(self.layers[-1] - free[0], self.layers[0] + free[1])
        x = Axis(ends, film.head("layer"), film.ticks("layer", form="d", most=LAYERS_MOST), under=True)
        heights = film.ticks(decades, form="decade") | zero
        y = Axis(LogScale(self.low, ABOVE * high, bool(zero)), head, heights)
        super().__init__(film.look, box, x, y, across=across)
        px = style.LABEL_PX if room else style.SMALL_PX
        texts = {run: film.words(name, px, role) for run, name in names.items()}
        values = {run: film.array(one)[::-1] for run, one in series.items()}
        self.take({run: (self.layers, values[run], texts[run]) for run in names}, role, film.sign)
        self.leads: dict[int, Line] = {}
        if room and across is None:
            self._name_ends()

    def _name_ends(self) -> None:
        """All names in one column before the first layer, each with a thin line to the point that it names."""
        left = self.at(self.x.scale.low, self.low)[0] + style.GAP
        ends = {run: self.at(xs[-1], ys[-1]) for run, (xs, ys, _) in self.lines.items()}
        heights = apart(
            [float(end[1]) for end in ends.values()], APART, self.box.bottom + FREE, self.box.top - FREE
        )
        for (run, end), height in zip(ends.items(), heights, strict=True):
            name = self.labels[run].left_at([left, height, 0])
            start = [line_box(name).right + style.TIGHT, height, 0]
            end -= np.array([RADIUS + style.TIGHT, 0, 0])
            self.leads[run] = Line(start, end, color=self.look.muted, stroke_width=style.HAIRLINE)
