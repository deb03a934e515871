"""How large a gradient is at every step or layer on its way back: a line from the last to the first, on a log axis."""

from __future__ import annotations

from collections.abc import Mapping

from manim import VGroup

from scenes.parts.charts.chart import Axis
from scenes.parts.charts.marked_chart import MarkedChart
from scenes.parts.charts.markers import marker
from scenes.parts.charts.scale import LogScale, Scale
from scenes.parts.room.box import Box
from scenes.parts.text.typeset import Typeset
from scenes.stage import style
from scenes.stage.comparing import comparable
from scenes.stage.stage import Stage

DECADES_MAX = 5
EVERY_PLACE, PLACES_MAX = 12, 5  # so many places are all numbered; of more, so many
TICK_PX = style.LABEL_PX


class BackwardChart(MarkedChart):
    """Norms, `lines` by number: (series, name). `scales` are the series of the places and of the powers of ten.

    `names` are those of the axes. `form` is how norms at the first and the last place are written. A norm of exactly 0
    has a line of its own. `across`: a row above the chart whose columns are the places.
    """

    named_last = True

    def __init__(
        self,
        film: Stage,
        box: Box,
        scales: tuple[str, str],
        names: tuple[Typeset, Typeset],
        lines: Mapping[int, tuple[str, Typeset | None]],
        across: Box | None = None,
    ) -> None:
        self.film, (places, decades) = film, scales
        self.at_places = film.array(places)
        series = [one for one, _ in lines.values()]
        norms = {key: film.array(one) for key, (one, _) in lines.items()}
        self.form = comparable([norm[i] for norm in norms.values() for i in (0, -1)], form="short")
        zero, ends = film.zero_tick(*series, px=TICK_PX), film.array(decades)[[0, -1]]
        few = len(self.at_places) <= EVERY_PLACE
        numbers = film.ticks(places, form="d", most=EVERY_PLACE if few else PLACES_MAX, ends=True, px=TICK_PX)
        x = Axis(Scale(self.at_places[0] - 0.5, self.at_places[-1] + 0.5), names[0], numbers)
        heights = film.ticks(decades, form="decade", most=DECADES_MAX, px=TICK_PX) | zero
        y = Axis(LogScale(ends[0], ends[1], bool(zero)), names[1], heights, grid=True)
        super().__init__(film.look, box, x, y, across=across)
        points = {key: (self.at_places[::-1], norms[key][::-1], name) for key, (_, name) in lines.items()}
        for xs, ys, _ in points.values():
            self.names.keep_off(self.marks(xs, ys, lambda: marker(0, film.look, "muted")))
        self.take(points, "gradient", lambda key, role: marker(key, film.look, role))

    def piece(self, key: int, start: int, end: int) -> VGroup:
        """A line from one place (by index) back to an earlier one, and the mark there; of one place, its mark."""
        xs, ys = (one[::-1] for one in self.lines[key][:2])
        back = slice(start, end - 1 if end else None, -1)
        way = self.line(xs[back], ys[back], self.role) if start > end else VGroup()
        return VGroup(way, self.sign(key, self.role).move_to(self.at(xs[end], ys[end])).set_z_index(1))

    def share(self, norm: float) -> float:
        """How far up the axis a norm lies, 0..1."""
        return min(max(self.y.scale.share(norm), 0.0), 1.0)

    def end(self, key: int, place: int, series: str, px: float) -> Typeset:
        """The number of a line at a place, by index, beside its point."""
        value = self.film.value(series, place, form=self.form, px=px, colour=self.role)
        xs, ys, _ = self.lines[key]
        return self.names.place(value, self.dot(xs[::-1][place], ys[::-1][place], self.role))
