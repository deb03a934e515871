"""The weighted sum of one unit of the classifier's first hidden layer, term by term."""

from __future__ import annotations

from manim import UP

from scenes.parts.arrays.matrix_product import signed
from scenes.parts.arrays.weighted_sum import Terms, WeightedSum
from scenes.parts.room.box import Box
from scenes.parts.room.folding import fold
from scenes.stage import style
from scenes.stage.network_stage import NetworkStage

PX = 36
TERMS_MOST = 6


class UnitSum(WeightedSum):
    """Each input with its weight and their product, then the bias, which the label `bias` names, and the sum z."""

    def __init__(self, film: NetworkStage, unit: int, box: Box) -> None:
        terms = fold(len(film.array("sample/input")), TERMS_MOST)
        super().__init__(
            film.look,
            box,
            Terms(
                terms,
                film.named("data/features", terms.shown),
                [signed(film, "layer1/weight")(unit, i) for i in terms.shown],
                film.values("sample/input", terms.shown, ".2f", PX, "input"),
                film.values("layer1/product", [(unit, i) for i in terms.shown], "+.2f", PX),
            ),
            (film.math("w_i", PX), film.math("x_i", PX), film.math("w_i x_i", PX)),
            (
                film.words(film.join(film.label("bias"), " b"), PX),
                film.value(film.s("layer1/bias"), unit, form="+.2f", px=PX),
            ),
            (
                film.math("z", PX),
                film.value(film.s("layer1/z"), unit, form=".2f", px=PX, colour="activation"),
            ),
            film.array("layer1/partial")[unit],
        )
        zero = film.math("rule(0)", PX, "muted").next_to(self.bars.axis, UP, buff=style.TIGHT)
        self.frame.add(zero.set_x(min(zero.get_x(), box.right - zero.width / 2)))
