"""Scores to probabilities: z, e^z, their sum, and bars."""

from __future__ import annotations

from manim import Line, Rectangle, VGroup

from scenes.parts.place import LEFT_X, RIGHT_X, ROW_PX, TOP_Y, at
from scenes.parts.typeset import Typeset
from scenes.stage import style
from scenes.stage.network_stage import NetworkStage

SCORE_X, EXP_X, BAR_X = 2.95, 4.3, 4.6
BAR_WIDTH, BAR_HEIGHT = 1.05, 0.32
PITCH_MAX = 0.82
LARGE = 1000  # a sum of exponentials from here on is written with a power of ten


class SoftmaxTable(VGroup):
    """One row a drawn class; lists run from top to bottom."""

    def __init__(self, stage: NetworkStage) -> None:
        super().__init__()
        fold = stage.net.folds[-1]
        last = stage.depth
        pitch = min(PITCH_MAX, 3.3 / (fold.slots + 1))
        ys = [TOP_Y - 0.75 - pitch * fold.slot(c) for c in fold.shown]
        sum_y = TOP_Y - 0.75 - pitch * fold.slots

        def cells(series: str, form: str, x: float) -> list[Typeset]:
            return [
                stage.value(series, c, form=form, px=ROW_PX).right_at(at(x, y))
                for c, y in zip(fold.shown, ys, strict=True)
            ]

        self.names = [self._name(stage, c, y) for c, y in zip(fold.shown, ys, strict=True)]
        self.scores = cells(stage.of(last, "z"), ".2f", SCORE_X)
        large = float(stage.array("softmax/exp_sum")) >= LARGE
        form = "short" if large else ".2f"
        self.exps = cells(stage.s("softmax/exp"), form, EXP_X)
        self.shares = cells(stage.of(last, "a"), stage.share_form(), RIGHT_X)
        heads = [stage.math(source, 36) for source in ("z", "e^z", "p")]
        for head, x in zip(heads, (SCORE_X, EXP_X, RIGHT_X), strict=True):
            head.move_to(at(x - 0.25, TOP_Y))
        self.heads = heads
        rule = Line(
            at(EXP_X - 1.0, sum_y + 0.55 * pitch),
            at(EXP_X, sum_y + 0.55 * pitch),
            color=stage.look.muted,
            stroke_width=style.LINE,
        )
        total = stage.value(stage.s("softmax/exp_sum"), form=form, px=ROW_PX).right_at(at(EXP_X, sum_y))
        name = stage.words(stage.label("sum"), style.LABEL_PX, "muted").right_at(at(SCORE_X, sum_y))
        self.sum = VGroup(rule, name, total)
        self.one = stage.value(stage.s("softmax/sum"), px=ROW_PX, colour="muted").right_at(at(RIGHT_X, sum_y))
        p = stage.array(f"layer{last}/a")
        self.bars = [
            self._bar(stage, float(p[c]), y, min(BAR_HEIGHT, 0.6 * pitch))
            for c, y in zip(fold.shown, ys, strict=True)
        ]
        dots = (
            [stage.words("⋮", ROW_PX, "muted").centre_at(at(1.0, TOP_Y - 0.75 - pitch * fold.gap))]
            if fold.gap
            else []
        )
        self.names += dots
        self.add(*self.names, *heads, *self.scores, *self.exps, self.sum, *self.bars, *self.shares, self.one)

    @staticmethod
    def _name(stage: NetworkStage, unit: int, y: float) -> Typeset:
        return stage.fitted(stage.name(stage.s("data/classes"), unit), 1.7, ROW_PX).left_at(at(LEFT_X, y))

    @staticmethod
    def _bar(stage: NetworkStage, p: float, y: float, height: float) -> Rectangle:
        width = max(BAR_WIDTH * p, 0.02)
        bar = Rectangle(width=width, height=height, stroke_width=0, fill_opacity=0.9)
        return bar.set_fill(stage.look.activation).move_to(at(BAR_X + width / 2, y))
