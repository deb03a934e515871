"""The output's δ: probability minus target, class by class."""

from __future__ import annotations

from manim import VGroup

from scenes.parts.place import LEFT_X, RIGHT_X, ROW_PX, TOP_Y, at
from scenes.parts.typeset import Typeset
from scenes.stage import style
from scenes.stage.comparing import comparable
from scenes.stage.network_stage import NetworkStage

P_X, Y_X = 3.4, 4.75
PITCH_MAX = 0.82
DELTA_CHARS = 8  # the room for a δ


class DeltaTable(VGroup):
    """Rows "class p − y = δ" of the drawn classes; `p`, `y` and `delta` are cells from top to bottom."""

    def __init__(self, stage: NetworkStage) -> None:
        super().__init__()
        fold, last = stage.net.folds[-1], stage.depth
        pitch = min(PITCH_MAX, 3.4 / fold.slots)
        ys = [TOP_Y - 0.8 - pitch * fold.slot(c) for c in fold.shown]
        pairs = list(zip(fold.shown, ys, strict=True))
        form, label = stage.share_form(), int(stage.array("sample/label"))
        signed = comparable([0.0, stage.array(f"layer{last}/delta")[label]], form="+.3f", most=DELTA_CHARS)
        self.names = [self._name(stage, c, y) for c, y in pairs]
        self.p = [
            stage.value(stage.of(last, "a"), c, form=form, px=ROW_PX, colour="activation").right_at(
                at(P_X, y)
            )
            for c, y in pairs
        ]
        self.y = [
            stage.value(stage.s("loss/target"), c, form="d", px=ROW_PX, colour="loss").right_at(at(Y_X, y))
            for c, y in pairs
        ]
        self.delta = [
            stage.value(stage.of(last, "delta"), c, form=signed, px=ROW_PX + 2, colour="gradient").right_at(
                at(RIGHT_X, y)
            )
            for c, y in pairs
        ]
        self.signs = VGroup()
        for _, y in pairs:
            self.signs.add(stage.words("−", ROW_PX, "muted").centre_at(at((P_X + Y_X) / 2 + 0.1, y)))
            self.signs.add(stage.words("=", ROW_PX, "muted").centre_at(at(Y_X + 0.45, y)))
        if fold.gap is not None:
            dots = stage.words("⋮", ROW_PX, "muted").centre_at(
                at(LEFT_X + 0.2, TOP_Y - 0.8 - pitch * fold.gap)
            )
            self.names.append(dots)
        heads = [stage.math(source, 36) for source in ("p", "y", f"delta^(({last}))")]
        for head, x in zip(heads, (P_X - 0.35, Y_X - 0.1, RIGHT_X - 0.4), strict=True):
            head.move_to(at(x, TOP_Y))
        self.heads = heads
        self.add(*self.names, *self.p, *self.y, *self.delta, self.signs, *heads)

    @staticmethod
    def _name(stage: NetworkStage, unit: int, y: float) -> Typeset:
        return stage.fitted(stage.name(stage.s("data/classes"), unit), 1.8, style.LABEL_PX).left_at(
            at(LEFT_X, y)
        )
