"""The kernels of a net before and after training, and what they are worth."""

from __future__ import annotations

from functools import partial

from manim import FadeIn, VGroup, VMobject

from scenes.convolution.stage import ConvStage
from scenes.parts.arrays.signed_squares import SignedSquares
from scenes.parts.charts.share_bar import ShareBar
from scenes.parts.pictures.image_grid import ImageGrid
from scenes.parts.room.box import Box
from scenes.parts.room.layout import fit
from scenes.stage import style

BAR, BAR_MOST = 0.62, 0.36  # the room of a bar below its kernels, and its height
RULE_PX = 36


class Learned(ConvStage):
    """All kernels as they were drawn, below them what they became; `trained` is the second row."""

    trained: ImageGrid

    def learned(self) -> None:
        """What training changed, and how many pictures are told right with it and without."""
        gain = self.item("learned/test_correct") > self.item("learned/frozen_correct")
        self.variant("" if gain else "no_gain")
        count = self.number("learned/filters")
        self.say(filters=count)
        above, below = self.whole.rows(1, 1, gap=style.WIDE)
        random, self.trained = self._row("before", above), self._row("after", below)
        key = self._beside(self.head("signs"), above)
        self.play(*self.clear_panel(), *self.no_formula(), run_time=style.QUICK_S)
        self.play(random.reveal(0), FadeIn(key), run_time=style.SLOW_S)
        self.say()
        side, parameters = self.number("learned/side"), self.number("learned/layer_parameters", 0)
        source = f'{{k}} dot ({{f}} dot {{f}} + rule(1)) = {{p}} word("{self.label("parameters")}")'
        rule = self._beside(self.math(source, RULE_PX, k=count, f=side, p=parameters), below)
        self.play(self.trained.reveal(0), run_time=style.SLOW_S)
        self.play(FadeIn(rule), run_time=style.QUICK_S)
        acc, frozen = (self.number(f"learned/{one}_accuracy", form=".0%") for one in ("test", "frozen"))
        self.say(count=self.number("learned/test_count", form="d"), acc=acc)
        bars = [
            ShareBar(self, f"learned/{one}_accuracy", self._bar(box))
            for one, box in (("test", below), ("frozen", above))
        ]
        self.play(*bars[0].grow(), run_time=style.MOVE_S)
        self.say(frozen=frozen)
        self.play(*bars[1].grow(), run_time=style.MOVE_S)
        self.panel = VGroup(random, key, rule, *bars)

    def _row(self, key: str, box: Box) -> ImageGrid:
        """All kernels of one time beside each other."""
        series = {"before": "learned/weight_before", "after": "learned/weight"}[key]
        head = self.words(self.label(key), style.LABEL_PX)
        count = int(self.item("learned/filters"))
        return ImageGrid(box.without(bottom=BAR), count, [partial(self.kernel_squares, series)], [head])

    def kernel_squares(self, series: str, place: int, box: Box) -> VMobject:
        """A kernel of the net, its largest weight full."""
        return SignedSquares(self.look, self.array(series)[place], box)

    @staticmethod
    def _bar(box: Box) -> Box:
        return Box(box.left, box.right, box.bottom, box.bottom + BAR_MOST)

    @staticmethod
    def _beside(drawn: VMobject, box: Box) -> VMobject:
        """Right of a row's head."""
        return fit(drawn, Box(box.centre[0], box.right, box.top - style.NAME_ROOM, box.top), "right", "top")
