"""The slope of each activation, and the run's own pre-activations on it."""

from __future__ import annotations

import numpy as np
from manim import Dot, VGroup

from scenes.parts.place import RIGHT_X, at
from scenes.parts.plot import Plot
from scenes.stage import style
from scenes.vanishing.stage import NAMED_ABOVE, DeepStage

PLOT_LEFT, PLOT_RIGHT = 0.7, 4.1
DOT_RADIUS = 0.055
JUMP = 0.3  # a slope that changes by more than this share between two points jumps there


class SlopePlot:
    """f'(z) of one run beside its strip: axes and curve; `values` and `dots` come later."""

    def __init__(self, stage: DeepStage, run: int) -> None:
        self.stage, self.run = stage, run
        self.xs, self.slopes = (stage.array(stage.of(run, f"curve_{name}")) for name in ("x", "slope"))
        tallest = max(float(stage.array(stage.of(one, "slope_max"))) for one in stage.nets)
        lowest = min(float(stage.array(stage.of(one, "slope_min"))) for one in stage.nets)
        self.few = len(stage.nets) <= NAMED_ABOVE
        height = 1.25 if self.few else stage.strip_height
        y = stage.ys[run]
        centre = ((PLOT_LEFT + PLOT_RIGHT) / 2, y + (0.05 if self.few else 0))
        self.plot = Plot(
            stage.look,
            (float(self.xs[0]), float(self.xs[-1])),
            (min(lowest, 0.0), tallest),
            centre,
            PLOT_RIGHT - PLOT_LEFT,
            height,
        )
        if self.few:
            self.plot.name_axes(stage.math("z", 34), stage.math("f' (z)", 34))
        self.curve = self._curve()
        self.values = self._values(y)
        self.dots = self._dots()
        self.group = VGroup(self.plot, self.curve, self.values, self.dots)

    def _curve(self) -> VGroup:
        """The recorded slopes, in pieces where they jump."""
        jumps = np.flatnonzero(np.abs(np.diff(self.slopes)) > JUMP * np.ptp(self.slopes)) + 1
        pieces = zip(np.split(self.xs, jumps), np.split(self.slopes, jumps), strict=True)
        return VGroup(*(self.plot.curve(xs, ys, "gradient") for xs, ys in pieces if len(xs) > 1))

    def _values(self, y: float) -> VGroup:
        """The largest slope, and the mean over the run's own z."""
        stage, out = self.stage, VGroup()
        for place, (key, series) in enumerate((("slope_max", "slope_max"), ("slope_mean", "slope_mean_all"))):
            row = y + (0.32 - 0.64 * place if self.few else 0.16 - 0.32 * place)
            px = style.SMALL_PX
            name = stage.words(stage.label(key), px, "muted").left_at(at(PLOT_RIGHT + 0.55, row))
            value = stage.value(
                stage.of(self.run, series), form=stage.form_of(series), px=style.NUMBER_PX + 2
            )
            out.add(VGroup(name, value.right_at(at(RIGHT_X, row))))
        return out

    def _dots(self) -> VGroup:
        """Evenly spread quantiles of all hidden z, on the curve."""
        zs, slopes = (
            self.stage.array(self.stage.of(self.run, f"{name}_quantile")) for name in ("z", "slope")
        )
        colour = self.stage.look.colour("activation")
        dots = VGroup()
        for z, slope in zip(zs, slopes, strict=True):
            if self.xs[0] <= z <= self.xs[-1]:
                dots.add(Dot(self.plot.at(float(z), float(slope)), DOT_RADIUS, color=colour))
        return dots
