"""An activation with its tangent, below it the tangent's slope, and on that what went into it in the run itself."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from manim import Animation, VGroup, smooth

from scenes.parts.charts.function_chart import FunctionChart, TangentRun
from scenes.parts.room.box import Box
from scenes.parts.room.layout import fit, row
from scenes.parts.text.typeset import Typeset
from scenes.stage import style
from scenes.stage.run_stage import RunStage

DOT_RADIUS = 0.05
BESIDE_MOST = 3  # cards in a row
HIGH = 4.0  # a card that is lower has its charts beside each other
LINE = 0.42  # of text, in height
LEFT = 0.25  # for half a number at the end of an axis


class SlopeCard:
    """f and f' of one run in a box, below its name: `frame`, `value`, `tangent`, `slope`; `largest`, `dots`, `rms`.

    Read are `run{k}/curve_…`, `steepest`, `slope_max`, `slope_rms`, `z_quantile` and `slope_quantile`; all `runs` have
    the same axes. `inlet`: the sign of what goes into f. The film's label is `rms`.
    """

    def __init__(self, film: RunStage, run: int, runs: Mapping[int, str], inlet: str, box: Box) -> None:
        self.film, self.run, self.runs, self.inlet = film, run, list(runs), inlet
        xs, ys, self.slopes = (self._array(f"curve_{key}") for key in ("x", "value", "slope"))
        name, fact = box.without(bottom=box.height - LINE).columns(1, 1)
        head = fit(film.titled(run, runs[run], name.width), name, "left")
        inside = box.without(top=LINE, left=LEFT)
        above, below = inside.rows(1, 1) if box.height > HIGH else inside.columns(1, 1)
        self.upper, self.lower = (
            FunctionChart(film.look, place, (xs, values), *self._vertical(sign, key))
            for sign, key, place, values in (
                ("f", "curve_value", above, ys),
                ("f'", "curve_slope", below, self.slopes),
            )
        )
        self.frame = VGroup(head, self.upper)
        self.value, self.slope = self.upper.curve("activation"), self.lower.curve("gradient")
        self.tangent = self.upper.tangent(self.slopes, 0)
        self.dots = self._dots()
        rms = film.value(film.of(run, "slope_rms"), form=self._form("slope_rms"), px=style.FORMULA_PX)
        self.rms = fit(row([film.words(film.label("rms"), style.LABEL_PX), rms]), fact, "right")
        self.steepest = int(film.item(film.of(run, "steepest")))
        self.largest = self._largest()
        self.group = VGroup(self.frame, self.lower, self.value, self.slope, self.tangent, self.largest)
        self.group.add(self.dots, self.rms)

    def _array(self, key: str) -> np.ndarray:
        return self.film.array(self.film.of(self.run, key))

    def _form(self, key: str) -> str:
        return self.film.form_of(key, runs=self.runs)

    def _vertical(
        self, sign: str, key: str
    ) -> tuple[
        tuple[float, float], tuple[Typeset, Typeset], tuple[dict[float, Typeset], dict[float, Typeset]]
    ]:
        """Span, names and numbers of the axes: from the least to the largest of all runs, compared by eye."""
        film, name = self.film, self.film.of(self.run, "curve_x")
        values = {run: film.array(film.of(run, key)) for run in self.runs}
        top = max(values, key=lambda run: float(values[run].max()))
        low, high = min(0.0, *(float(one.min()) for one in values.values())), float(values[top].max())
        names = film.math(self.inlet, 34), film.math(f"{sign} ({self.inlet})", 34)
        ends = film.values(name, (0, len(film.array(name)) - 1), "short", style.SMALL_PX)
        across = dict(zip(film.array(name)[[0, -1]].tolist(), ends, strict=True))
        number = film.values(film.of(top, key), [int(values[top].argmax())], "short", style.SMALL_PX)
        return (low, high), names, (across, {high: number[0]})

    def _largest(self) -> VGroup:
        """The largest slope, beside a dot at the place where it is; and the least, where f' jumps between the two."""
        chart, named = self.lower, VGroup()
        chart.names.keep_off(chart.frame, self.slope, self.dots)
        ends = {"slope_max": self.steepest} | (
            {"slope_min": len(chart.xs) // 4} if len(self.slope) > 1 else {}
        )
        for key, place in ends.items():
            text = self.film.value(
                self.film.of(self.run, key), form=self._form(key), colour="gradient", px=style.FORMULA_PX
            )
            dot = chart.dot(chart.xs[place], self.slopes[place], "gradient")
            named.add(chart.names.place(text, dot), *[dot] * (key == "slope_max"))
        return named

    def _dots(self) -> VGroup:
        """Evenly spread quantiles of all that goes into f, on f'; none for what lies beyond the curve."""
        zs, slopes = (self._array(key) for key in ("z_quantile", "slope_quantile"))
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


def slope_cards(film: RunStage, runs: Mapping[int, str], inlet: str, box: Box) -> dict[int, SlopeCard]:
    """One card a run, by their names, in as few rows as can be read."""
    rows = -(-len(runs) // BESIDE_MOST)
    boxes = box.grid(rows, -(-len(runs) // rows), gap=style.WIDE)
    return {run: SlopeCard(film, run, runs, inlet, place) for run, place in zip(runs, boxes, strict=False)}
