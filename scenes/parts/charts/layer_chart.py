"""A size by layer, of several nets, on a logarithmic axis: below the layers of a strip, or with names at the ends."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from manim import Line, VGroup

from scenes.parts.charts.chart import Axis
from scenes.parts.charts.marked_chart import APART, MarkedChart
from scenes.parts.charts.markers import RADIUS
from scenes.parts.charts.scale import LogScale, Scale
from scenes.parts.room.box import Box
from scenes.parts.room.layout import line_box
from scenes.parts.text.typeset import Typeset
from scenes.stage import style
from scenes.stage.run_stage import RunStage

LAYERS_MOST = 12  # numbers of layers on the axis
ABOVE = 3  # times the highest power of ten: room for a name
BESIDE = 0.5  # layers free beyond the last one
FREE = 0.25  # at both ends of the axis, for its name and the other axis


class LayerChart(MarkedChart):
    """The series `run{k}/key` by layer, drawn from the last layer to the first; a measured 0 has a line of its own.

    `names` by run ("": none); `decades` is a series of powers of ten around all of them. `across`: the box of a strip
    of layers above the chart, if there is one, whose first column is the input. Without one, `room` (a share of the
    axis) is free before the first layer for names: lines part on the way back, and there they end. `leads` join these
    to their ends. `places`: the series of the layers' numbers, which `axis` names; `forward`: drawn from the first one
    on, with the names behind the last one.
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
        places: str = "layer",
        axis: Typeset | None = None,
        forward: bool = False,
    ) -> None:
        series = {run: film.of(run, key) for run in names}
        way = slice(None, None, None if forward else -1)
        self.forward = forward
        self.film, self.layers = film, film.array(places)[way]
        self.low, high = film.array(decades)[[0, -1]]
        zero = film.zero_tick(*series.values())
        first, last = sorted(self.layers[[0, -1]])
        span = last - first + BESIDE
        free = (max(span * room / (1 - room), BESIDE), BESIDE) if across is None else (1, 0)
        numbers = film.ticks(places, form="d", most=LAYERS_MOST)
        before, behind = free[::-1] if forward else free
        x = Axis(Scale(first - before, last + behind), axis or film.head("layer"), numbers, under=True)
        heights = film.ticks(decades, form="decade") | zero
        y = Axis(LogScale(self.low, ABOVE * high, bool(zero)), head, heights)
        super().__init__(film.look, box, x, y, across=across)
        if x.name is not None:  # below the layers, not below all of the axis
            x.name.shift([self.at(np.mean([first, last]), self.low)[0] - line_box(x.name).centre[0], 0, 0])
        if (
            across is not None
        ):  # the axis stands between the input and the first layer, where names would touch it
            self.names.keep_off(self.frame[1])
        texts = {run: film.words(name, style.LABEL_PX, role) if name else None for run, name in names.items()}
        values = {run: film.array(one)[way] for run, one in series.items()}
        self.take({run: (self.layers, values[run], texts[run]) for run in names}, role, film.sign)
        self.leads: dict[int, Line] = {}
        if room and across is None:
            self._name_ends()

    def _name_ends(self) -> None:
        """All names in one column: before the first layer, each with a thin line to its point; or behind the last."""
        left = self.at(self.layers[-1] if self.forward else self.x.scale.low, self.low)[0] + style.GAP
        self.name_column(left, self.box.bottom + FREE, self.box.top - FREE)
        if not self.forward:
            ends = {run: self.at(xs[-1], ys[-1]) for run, (xs, ys, _) in self.lines.items()}
            self.leads = {run: self._lead_from(name, ends[run]) for run, name in self.labels.items()}

    def _lead_from(self, name: Typeset, end: np.ndarray) -> Line:
        start = [line_box(name).right + style.TIGHT, line_box(name).centre[1], 0]
        end = end - np.array([RADIUS + style.TIGHT, 0, 0])
        return Line(start, end, color=self.look.muted, stroke_width=style.HAIRLINE)

    def beginning(self) -> VGroup:
        """The marks that are drawn first."""
        return VGroup(
            *(
                self.sign(run, self.role).move_to(self.at(xs[0], ys[0]))
                for run, (xs, ys, _) in self.lines.items()
            )
        )

    def held_against(self, sizes: np.ndarray, name: Typeset, near: int) -> VGroup:
        """A dashed line, and its name above that of the run `near`, whose line ends where it does."""
        line, label = (
            self.dashed(self.layers, sizes, "ink").set_stroke(width=style.STRONG).set_z_index(3),
            line_box(self.labels[near]),
        )
        taken, height = [line_box(one).centre[1] for one in self.labels.values()], label.centre[1] + APART
        while any(abs(height - one) < 0.9 * APART for one in taken):
            height += APART
        name.left_at([label.left, height, 0])
        return VGroup(line, name, self._lead_from(name, self.at(self.layers[-1], sizes[-1])))
