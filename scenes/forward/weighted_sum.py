"""One unit's z, term by term: weight times input, added up as bars."""

from __future__ import annotations

import numpy as np
from manim import Line, VGroup

from scenes.parts.folding import fold
from scenes.parts.place import LEFT_X, RIGHT_X, ROW_PX, TOP_Y, at
from scenes.parts.waterfall import Waterfall
from scenes.stage import style
from scenes.stage.network_stage import NetworkStage

TERMS_MAX = 6
BARS_X = 4.4
PRODUCT_X = 4.05
PITCH_MAX, HEIGHT = 0.58, 3.7


class WeightedSum:
    """`rows` are the terms and the bias, `bars` the running sum, `total` the last line."""

    def __init__(self, stage: NetworkStage, unit: int) -> None:
        self.stage, self.unit = stage, unit
        self.fold = fold(len(stage.array("sample/input")), TERMS_MAX)
        count = self.fold.slots + 1
        pitch = min(PITCH_MAX, HEIGHT / (count + 1))
        self.ys = [TOP_Y - 0.5 - pitch * i for i in range(count + 1)]
        partial = stage.array("layer1/partial")[unit]
        self.rows: list[VGroup] = []
        levels = [0.0]
        for slot in range(self.fold.slots):
            feature = next((i for i in self.fold.shown if self.fold.slot(i) == slot), None)
            if feature is None:
                # The terms left out are one bar, up to the last of them.
                feature = self.fold.shown[slot] - 1
                self.rows.append(VGroup(stage.words("⋮", ROW_PX, "muted").centre_at(at(1.6, self.ys[slot]))))
            else:
                self.rows.append(self._term(feature, self.ys[slot]))
            levels.append(float(partial[feature]))
        self.rows.append(self._bias(self.ys[count - 1]))
        levels.append(float(partial[-1]))
        self.bars = Waterfall(stage.look, np.array(levels), self.ys, BARS_X, RIGHT_X)
        self.heads = self._heads()
        self.total = self._total(self.ys[-1] - 0.08)

    def _term(self, feature: int, y: float) -> VGroup:
        stage, u = self.stage, self.unit
        sign = "positive" if stage.array("layer1/weight")[u, feature] >= 0 else "negative"
        weight = stage.value(stage.of(1, "weight"), u, feature, form=".2f", px=ROW_PX, colour=sign)
        x = stage.value(stage.s("sample/input"), feature, form=".2f", px=ROW_PX, colour="input")
        product = stage.value(stage.of(1, "product"), u, feature, form="+.2f", px=ROW_PX)
        return VGroup(
            weight.right_at(at(1.3, y)),
            stage.words("×", ROW_PX, "muted").centre_at(at(1.57, y)),
            x.right_at(at(2.62, y)),
            stage.words("=", ROW_PX, "muted").centre_at(at(2.92, y)),
            product.right_at(at(PRODUCT_X, y)),
        )

    def _bias(self, y: float) -> VGroup:
        stage = self.stage
        name = stage.words(stage.join(stage.label("bias"), " b"), style.LABEL_PX, "muted").left_at(
            at(LEFT_X, y)
        )
        amount = stage.value(stage.of(1, "bias"), self.unit, form="+.2f", px=ROW_PX).right_at(
            at(PRODUCT_X, y)
        )
        return VGroup(name, amount)

    def _heads(self) -> VGroup:
        math = self.stage.math
        return VGroup(
            math("w_(j i)", 34).move_to(at(0.95, TOP_Y)),
            math("x_i", 34).move_to(at(2.3, TOP_Y)),
            math("w_(j i) x_i", 34).move_to(at(3.65, TOP_Y)),
        )

    def _total(self, y: float) -> VGroup:
        stage = self.stage
        z = float(stage.array("layer1/z")[self.unit])
        rule = Line(
            at(LEFT_X, y + 0.31), at(RIGHT_X, y + 0.31), color=stage.look.muted, stroke_width=style.HAIRLINE
        )
        value = stage.value(stage.of(1, "z"), self.unit, form=".2f", px=38, colour="activation")
        name = stage.math("z_j", 38)
        name.move_to(at(LEFT_X + name.width / 2, y))
        return VGroup(rule, name, value.right_at(at(PRODUCT_X, y)), self.bars.bar(0, z, y, "activation"))
