"""The first layer of a trained net: its filters before and after training, and what each makes of one digit."""

from __future__ import annotations

from functools import partial

from manim import DOWN, FadeIn, LaggedStart, VGroup, VMobject

from scenes.convolution.stage import ConvStage
from scenes.parts.box import Box
from scenes.parts.image import grey, pictured, ramp
from scenes.parts.image_grid import ImageGrid
from scenes.parts.layout import column
from scenes.parts.motion import DRIFT
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
        picture = pictured(grey(pixel, float(pixel.min()), float(pixel.max())), self.look, left)
        truth, guess = (
            self.words(self.join(self.label(key), " ", self.number(f"learned/{series}", form="d")), px, role)
            for key, series, px, role in (
                ("digit", "label", style.LABEL_PX, "muted"),
                ("prediction", "prediction", style.NUMBER_PX + 8, "ink"),
            )
        )
        column([truth, picture, guess], align="centre").move_to(left.centre)
        weights = [partial(self._weights, series) for series in ("learned/weight_before", "learned/weight")]
        count = min(len(self.array("learned/weight")), FILTERS_MAX)
        heads = [self.head(key) for key in ("before", "after", "maps")]
        grid = ImageGrid(right, count, (*weights, self._map), heads, gap=style.TIGHT)
        before, after, maps = grid.images
        self.play(*self.clear_panel(), run_time=style.QUICK_S)
        first = LaggedStart(*map(FadeIn, before), lag_ratio=0.1)
        self.play(FadeIn(heads[0]), first, run_time=style.SLOW_S)
        self.say()
        changed = LaggedStart(*(FadeIn(one, shift=DRIFT * DOWN) for one in after), lag_ratio=0.1)
        self.play(FadeIn(heads[1]), changed, run_time=style.SLOW_S)
        self.say()
        self.play(FadeIn(truth, picture), run_time=style.MOVE_S)
        answers = LaggedStart(*map(FadeIn, maps), lag_ratio=0.25)
        self.play(FadeIn(heads[2]), answers, run_time=2 * style.SLOW_S)
        tested = self.number("learned/test_count", form="d")
        self.say(count=tested, acc=self.number("learned/test_accuracy", form=".1%"))
        self.play(FadeIn(guess), run_time=style.MOVE_S)
        self.panel = VGroup(grid, truth, picture, guess)

    def _weights(self, series: str, k: int, box: Box) -> VMobject:
        """Weights as small tiles with their signs."""
        limit = float(self.item("learned/limit"))
        cells = SeriesCells(self, series, k, limit=limit, numbers=False).into(box).fill()
        for place in cells.places():
            sign = "−" if self.array(series)[k][place] < 0 else "+"
            cells.put(place, self.words(sign, style.NUMBER_MIN_PX))
        return cells

    def _map(self, k: int, box: Box) -> VMobject:
        """What a filter makes of the digit, after ReLU: nothing to full."""
        share = self.array("learned/relu")[k] / (float(self.item("learned/map_limit")) or 1.0)
        return pictured(ramp(share, self.look, "activation"), self.look, box)
