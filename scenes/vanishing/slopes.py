"""The slope of each activation, and the run's own pre-activations on it."""

from __future__ import annotations

import numpy as np
from manim import VGroup

from scenes.parts.box import Box
from scenes.parts.chart import Axis, Chart
from scenes.parts.layout import fit
from scenes.parts.scale import Scale
from scenes.parts.table import Table
from scenes.stage import style
from scenes.vanishing.stage import DeepStage

DOT_RADIUS = 0.07
JUMP = 0.3  # a slope that changes by more than this share between two points jumps there
BESIDE_MOST = 3  # cards in a row
LINE = 0.42  # of text, in height
FACTS = (("slope_max", "slope_max"), ("slope_mean", "slope_mean_all"))


class SlopeCard:
    """f'(z) of one run in a box, below its name: `frame`, `curve`, then `dots` and `facts` (largest, mean)."""

    def __init__(self, film: DeepStage, run: int, box: Box) -> None:
        self.film, self.run = film, run
        self.xs, self.slopes = (film.array(film.of(run, f"curve_{name}")) for name in ("x", "slope"))
        ends = [film.item(film.of(one, f"slope_{end}")) for one in film.nets for end in ("min", "max")]
        head = fit(film.titled(run, film.activation(run), box.width), box, "left", "top")
        self.chart = Chart(
            film.look,
            box.without(top=LINE / 2, bottom=1.5 * LINE),
            Axis(Scale(self.xs[0], self.xs[-1]), film.math("z", 34), crosses=0.0),
            Axis(Scale(min(*ends, 0.0), max(ends)), film.math("f' (z)", 34), crosses=0.0),
        )
        self.frame = VGroup(head, self.chart)
        self.curve = self._curve()
        self.dots = self._dots()
        below = box.without(top=box.height - LINE).columns(1, 1)
        self.facts = VGroup(*(self._fact(*one, place) for one, place in zip(FACTS, below, strict=True)))
        self.group = VGroup(self.frame, self.curve, self.dots, self.facts)

    def _fact(self, key: str, series: str, box: Box) -> Table:
        value = self.film.value(self.film.of(self.run, series), form=self.film.form_of(series))
        return self.film.facts([(key, value)], box)

    def _curve(self) -> VGroup:
        """The recorded slopes, in pieces where they jump."""
        jumps = np.flatnonzero(np.abs(np.diff(self.slopes)) > JUMP * np.ptp(self.slopes)) + 1
        pieces = zip(np.split(self.xs, jumps), np.split(self.slopes, jumps), strict=True)
        return VGroup(*(self.chart.line(xs, ys, "gradient") for xs, ys in pieces if len(xs) > 1))

    def _dots(self) -> VGroup:
        """Evenly spread quantiles of all hidden z, on the curve; none for a z beyond it."""
        zs, slopes = (self.film.array(self.film.of(self.run, f"{name}_quantile")) for name in ("z", "slope"))
        on = [(z, slope) for z, slope in zip(zs, slopes, strict=True) if self.xs[0] <= z <= self.xs[-1]]
        return VGroup(*(self.chart.dot(z, slope, "activation", DOT_RADIUS) for z, slope in on))


def slope_cards(film: DeepStage, box: Box) -> dict[int, SlopeCard]:
    """One card a net, in as few rows as can be read."""
    rows = -(-len(film.nets) // BESIDE_MOST)
    boxes = box.grid(rows, -(-len(film.nets) // rows), gap=style.WIDE)
    return {run: SlopeCard(film, run, place) for run, place in zip(film.nets, boxes, strict=False)}
