"""Numbers in their order as a curve, with the least and the largest, and a "?" where the last one is asked for."""

from __future__ import annotations

from scenes.parts.charts.chart import Axis, Chart
from scenes.parts.charts.scale import Scale
from scenes.parts.room.box import Box
from scenes.parts.text.typeset import Typeset
from scenes.stage import style
from scenes.stage.stage import Stage

MARK_PX, BEFORE = 60, 0.3  # the "?"; and how far before the place that follows the last number it stands


class AskedSeries(Chart):
    """`series` under its `name`; `ends` are the series of the largest and the least number, written in `form`."""

    def __init__(
        self, film: Stage, box: Box, series: str, ends: tuple[str, str], name: Typeset, form: str
    ) -> None:
        values = film.array(series)
        texts = [film.value(one, form=form, px=style.NUMBER_MIN_PX, colour="muted") for one in ends]
        high, low = map(film.item, ends)
        y = Axis(Scale(low, high), name, dict(zip((high, low), texts, strict=True)))
        super().__init__(film.look, box, Axis(Scale(0, len(values))), y)
        asked = film.words("?", MARK_PX, "loss", "bold")
        asked.centre_at(self.at(len(values) - BEFORE, values[-1]))
        self.add(self.line(range(len(values)), values, "input", style.STRONG), asked)
