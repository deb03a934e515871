"""Each activation with its tangent, below it the tangent's slope, and on that the run's own pre-activations."""

from __future__ import annotations

from manim import Animation, VGroup, smooth

from scenes.parts.charts.function_chart import FunctionChart, TangentRun
from scenes.parts.room.box import Box
from scenes.parts.room.layout import fit, row
from scenes.parts.text.typeset import Typeset
from scenes.stage import style
from scenes.vanishing.stage import DeepStage

DOT_RADIUS = 0.07
BESIDE_MOST = 3  # cards in a row
HIGH = 4.0  # a card that is lower has its charts beside each other
LINE = 0.42  # of text, in height


class SlopeCard:
    """f and f' of one run in a box, below its name: `frame`, `value`, `tangent`, `slope`; `largest`, `dots`, `mean`."""

    def __init__(self, film: DeepStage, run: int, box: Box) -> None:
        self.film, self.run = film, run
        xs, ys, self.slopes = (film.array(film.of(run, f"curve_{key}")) for key in ("x", "value", "slope"))
        name, fact = box.without(bottom=box.height - LINE).columns(1, 1)
        head = fit(film.titled(run, film.activation(run), name.width), name, "left")
        inside = box.without(top=LINE)
        above, below = inside.rows(1.6, 1) if box.height > HIGH else inside.columns(1, 1)
        spans = self._span("curve_value"), self._span("curve_slope")
        self.upper, self.lower = (
            FunctionChart(film.look, place, (xs, values), span, self._names(what))
            for what, place, values, span in zip(
                ("f", "f'"), (above, below), (ys, self.slopes), spans, strict=True
            )
        )
        self.frame = VGroup(head, self.upper)
        self.value, self.slope = self.upper.curve("activation"), self.lower.curve("gradient")
        self.tangent = self.upper.tangent(self.slopes, 0)
        self.dots = self._dots()
        mean = film.value(film.of(run, "slope_mean_all"), form=film.form_of("slope_mean_all", runs=film.nets))
        self.mean = fit(row([film.head("slope_mean"), mean]), fact, "right")
        self.steepest = int(film.item(film.of(run, "steepest")))
        self.largest = self._largest()
        self.group = VGroup(self.frame, self.lower, self.value, self.slope, self.tangent, self.largest)
        self.group.add(self.dots, self.mean)

    def _names(self, what: str) -> tuple[Typeset, Typeset]:
        """Of the axes; both charts have the same, so that their places lie below each other."""
        return self.film.math(self.film.inlet, 34), self.film.math(f"{what} ({self.film.inlet})", 34)

    def _span(self, key: str) -> tuple[float, float]:
        """From the least to the largest of all compared runs: slopes can be compared by eye."""
        values = [self.film.array(self.film.of(run, key)) for run in self.film.nets]
        return min(0.0, *(float(one.min()) for one in values)), max(float(one.max()) for one in values)

    def _largest(self) -> Typeset:
        """The largest slope, beside the place where it is."""
        series, chart = self.film.of(self.run, "slope_max"), self.lower
        text = self.film.value(
            series, form=self.film.form_of("slope_max", runs=self.film.nets), colour="gradient"
        )
        chart.names.keep_off(chart.frame, self.slope, self.dots)
        place = chart.xs[self.steepest], self.slopes[self.steepest]
        return chart.names.place(text, chart.dot(*place, "gradient"))

    def _dots(self) -> VGroup:
        """Evenly spread quantiles of all that goes into f, on f'; none for what lies beyond the curve."""
        zs, slopes = (
            self.film.array(self.film.of(self.run, key)) for key in ("z_quantile", "slope_quantile")
        )
        scale = self.lower.x.scale
        on = [(z, slope) for z, slope in zip(zs, slopes, strict=True) if scale.low <= z <= scale.high]
        return VGroup(*(self.lower.dot(z, slope, "activation", DOT_RADIUS) for z, slope in on))

    def runs_along(self) -> list[Animation]:
        """The tangent goes along f, and its slope is drawn below it."""
        way = 0, len(self.slopes) - 1
        return [TangentRun(self.tangent, self.upper, self.slopes, way), self.lower.grown(self.slope)]

    def to_steepest(self) -> Animation:
        """The tangent goes back to where its slope is largest."""
        way = len(self.slopes) - 1, self.steepest
        return TangentRun(self.tangent, self.upper, self.slopes, way, run_time=style.MOVE_S, rate_func=smooth)


def slope_cards(film: DeepStage, box: Box) -> dict[int, SlopeCard]:
    """One card a net, in as few rows as can be read."""
    rows = -(-len(film.nets) // BESIDE_MOST)
    boxes = box.grid(rows, -(-len(film.nets) // rows), gap=style.WIDE)
    return {run: SlopeCard(film, run, place) for run, place in zip(film.nets, boxes, strict=False)}
