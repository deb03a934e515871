"""A positive size by layer, of several nets, on a logarithmic axis: each point below its layer of a strip above."""

from __future__ import annotations

from collections.abc import Mapping

from scenes.parts.box import Box
from scenes.parts.chart import Axis
from scenes.parts.marked_chart import MarkedChart
from scenes.parts.scale import LogScale, Scale
from scenes.parts.typeset import Typeset
from scenes.stage import style
from scenes.stage.run_stage import RunStage

LAYERS_MOST = 12  # numbers of layers on the axis
ABOVE = 3  # times the highest power of ten: room for a name


class LayerChart(MarkedChart):
    """The series `run{k}/key` by layer, drawn from the last layer to the first; a measured 0 has a line of its own.

    `names` by run; `decades` is a series of powers of ten around all of them. `beside`: so much of a layer's pitch
    is free beyond the first and the last one. `across`: a strip of layers above the chart, if there is one.
    """

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
        beside: float = 0.5,
        across: Box | None = None,
    ) -> None:
        series = {run: film.of(run, key) for run in names}
        self.film, self.layers = film, film.array("layer")[::-1]
        self.low, high = film.array(decades)[[0, -1]]
        zero = film.zero_tick(*series.values())
        ends = Scale(self.layers[-1] - beside, self.layers[0] + beside)
        x = Axis(ends, film.head("layer"), film.ticks("layer", form="d", most=LAYERS_MOST))
        heights = film.ticks(decades, form="decade") | zero
        y = Axis(LogScale(self.low, ABOVE * high, bool(zero)), head, heights)
        super().__init__(film.look, box, x, y, across=across)
        texts = {run: film.words(name, style.SMALL_PX, role) for run, name in names.items()}
        values = {run: film.array(one)[::-1] for run, one in series.items()}
        self.take({run: (self.layers, values[run], texts[run]) for run in names}, role, film.sign)
