"""How large the gradient is at every step back in time, on a logarithmic axis."""

from __future__ import annotations

from itertools import pairwise

from manim import RIGHT, Rectangle, VGroup, VMobject

from scenes.parts.box import Box
from scenes.parts.chart import Axis, Chart
from scenes.parts.markers import marker
from scenes.parts.naming import Names
from scenes.parts.recurrent_cell import arrow
from scenes.parts.scale import LogScale, Scale
from scenes.parts.table import Column, Table
from scenes.parts.typeset import Typeset
from scenes.rnn.stage import RecurrentStage
from scenes.stage import style
from scenes.stage.comparing import comparable
from scenes.stage.style import blend

DECADES_MAX, DOTS_MAX, MARKS = 5, 24, 9
EVERY_STEP, STEPS_MAX = 12, 5  # so many steps are all numbered; of more, so many
BESIDE = 0.5  # room beside the first and the last step, in steps
CELL_SHARE, CELL_MAX = 0.8, 0.6  # width of a small cell, as a share of its step; at most
ARROW_FROM = 0.9  # of a step's width: less has no room for an arrow to the next


class GradientChart(Chart):
    """The recorded norms of `series` by step. `form` is how those at the first and the last step are written."""

    def __init__(self, film: RecurrentStage, box: Box, steps: str, decades: str, *series: str) -> None:
        self.film, self.times, self.norms = film, film.array(steps), [film.array(one) for one in series]
        self.form = comparable([norm[0] for norm in self.norms], form="short")
        zero, ends = film.zero_tick(*series), film.array(decades)[[0, -1]]
        few = len(self.times) <= EVERY_STEP
        x = Axis(
            Scale(self.times[0] - BESIDE, self.times[-1] + BESIDE),
            film.head("step"),
            film.ticks(steps, form="d", most=EVERY_STEP if few else STEPS_MAX, ends=True),
        )
        y = Axis(
            LogScale(ends[0], ends[1], bool(zero)),
            film.math("norm(partial loss(L_T) \\/ partial h_t)", 34),
            film.ticks(decades, form="decade", most=DECADES_MAX) | zero,
            grid=True,
        )
        super().__init__(film.look, box, x, y)

    def back(self, run: int = 0) -> VMobject:
        """The curve from the last step to the first."""
        return self.line(self.times[::-1], self.norms[run][::-1], "gradient")


class BackInTime(GradientChart):
    """The gradient of the last loss, and above it cells, as bright as theirs is, with arrows from the loss.

    `cells`, `dots` and `arrows` begin with the last step.
    """

    def __init__(self, film: RecurrentStage, box: Box) -> None:
        above, below = box.without(right=style.WIDE).rows(1, 6)
        super().__init__(film, below, "step", "gradient/decades", "gradient/start_norm")
        self.form = comparable(self.norms[0][[0, -1]], form="short")
        points = list(zip(self.times, self.norms[0], strict=True))[::-1]
        pitch = self.box.width / len(points)
        self.cells = VGroup(*(self._cell(norm, min(CELL_MAX, CELL_SHARE * pitch)) for _, norm in points))
        for cell, (step, _) in zip(self.cells, points, strict=True):
            cell.move_to([self.at(step, 1.0)[0], above.centre[1], 0])
        self.loss = film.math("loss(L_T)", 38).next_to(self.cells[0], RIGHT, style.WIDE)
        ways = pairwise([self.loss, *(self.cells if pitch > ARROW_FROM else self.cells[:1])])
        self.arrows = VGroup(
            *(arrow(film.look, one.get_left(), other.get_right(), "gradient") for one, other in ways)
        )
        self.curve = self.back()
        self.dots = VGroup(
            *(self.dot(*point, "gradient") for point in points[:: -(-len(points) // DOTS_MAX)])
        )
        self.names = Names(box)
        self.names.keep_off(self.frame, self.curve, self.cells)

    def _cell(self, norm: float, side: float) -> Rectangle:
        """A small cell that glows by its gradient, on the chart's scale."""
        share = min(max(self.y.scale.share(norm), 0.0), 1.0)
        cell = Rectangle(width=side, height=max(side, 0.3), stroke_width=style.HAIRLINE if side > 0.1 else 0)
        cell.set_fill(blend(self.look.background, self.look.gradient, 0.1 + 0.9 * share), opacity=1)
        return cell.set_stroke(self.look.gradient if share > 0 else self.look.muted)

    def value(self, t: int) -> Typeset:
        """The number of a step beside its dot."""
        value = self.film.value("gradient/start_norm", t, form=self.form, px=36, colour="gradient")
        return self.names.place(value, self.dot(float(self.times[t]), float(self.norms[0][t]), "gradient"))


class LongChart(GradientChart):
    """The same over a long sequence for every net. `lines[k]` and `table.rows[k]` belong to run k, from 0."""

    def __init__(self, film: RecurrentStage, box: Box) -> None:
        left, right = box.columns(1.5, 1)
        series = [f"long{run + 1}/gradient_norm" for run in range(int(film.item("long/runs")))]
        super().__init__(film, left, "long/step", "long/decades", *series)
        self.lines = [VGroup(self.back(run), self._marks(run)) for run in range(len(series))]
        columns = [
            Column([marker(run, film.look, "gradient") for run in range(len(series))]),
            Column([self._name(run + 1, 0.55 * right.width) for run in range(len(series))], align="left"),
            Column(
                [film.value(one, 0, form=self.form, px=38, colour="gradient") for one in series],
                film.head("at_first"),
            ),
        ]
        self.table = Table(film.look, columns, right, gap=style.GAP, pitch=1.1, up="centre")

    def _marks(self, run: int) -> VGroup:
        """The run's sign along its line, from the last step; those of neighbouring lines do not hide each other."""
        begin = run * len(self.times) // (3 * MARKS)
        xs, ys = self.times[::-1][begin:], self.norms[run][::-1][begin:]
        return self.marks(xs, ys, lambda: marker(run, self.look, "gradient"), MARKS)

    def _name(self, run: int, room: float) -> Typeset:
        if not bool(self.film.item(f"long{run}/forget_open")):
            return self.film.words(self.film.name(f"long{run}/cell"))
        bias = self.film.number("long/forget_bias")
        return self.film.fitted(self.film.label("opened", bias=bias), room)
