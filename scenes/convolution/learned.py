"""The first layer of a trained net: its filters before and after training, and what each makes of one digit."""

from __future__ import annotations

from functools import partial

from manim import FadeIn, VGroup, VMobject

from scenes.convolution.stage import ConvStage
from scenes.parts.box import Box
from scenes.parts.image import grey, pictured, ramp
from scenes.parts.image_grid import ImageGrid
from scenes.parts.judged import Judged
from scenes.parts.series_cells import SeriesCells
from scenes.stage import style

FILTERS_MAX = 8


class Learned(ConvStage):
    """A digit left; for each filter a column of its first weights, its learned ones, and its map."""

    def learned(self) -> None:
        """Filters before and after training, and what each sees."""
        self.variant("" if self.trace.flags["learned/right"] else "wrong")
        self.say()
        left, right = self.whole.columns(1, 5)
        pixel = self.array("learned/pixel")
        truth, guess = (
            self.join(self.label(key), " ", self.number(f"learned/{series}", form="d"))
            for key, series in (("digit", "label"), ("prediction", "prediction"))
        )
        rgb = grey(pixel, float(pixel.min()), float(pixel.max()))
        digit = Judged(self, rgb, truth, guess, left)
        rows = [partial(self._weights, f"learned/{name}") for name in ("weight_before", "weight")]
        count = min(len(self.array("learned/weight")), FILTERS_MAX)
        heads = [self.head(key) for key in ("before", "after", "maps")]
        grid = ImageGrid(right, count, (*rows, self._map), heads, gap=style.TIGHT)
        self.play(*self.clear_panel(), run_time=style.QUICK_S)
        self.play(grid.reveal(0), run_time=style.SLOW_S)
        self.say()
        self.play(grid.reveal(1), run_time=style.SLOW_S)
        self.say()
        self.play(FadeIn(digit.truth, digit.picture), run_time=style.MOVE_S)
        self.play(grid.reveal(2, lag=0.25), run_time=2 * style.SLOW_S)
        tested = self.number("learned/test_count", form="d")
        self.say(count=tested, acc=self.number("learned/test_accuracy", form=".1%"))
        self.play(FadeIn(digit.guess), run_time=style.MOVE_S)
        self.panel = VGroup(grid, digit)

    def _weights(self, series: str, k: int, box: Box) -> VMobject:
        """Weights as small tiles with their signs."""
        limit = float(self.item("learned/limit"))
        return SeriesCells(self, series, k, limit=limit, signs=True).into(box).fill()

    def _map(self, k: int, box: Box) -> VMobject:
        """What a filter makes of the digit, after ReLU: nothing to full."""
        share = self.array("learned/relu")[k] / (float(self.item("learned/map_limit")) or 1.0)
        return pictured(ramp(share, self.look, "activation"), self.look, box)
