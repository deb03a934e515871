"""One sample's features: as measured and standardised."""

from __future__ import annotations

from manim import VGroup

from scenes.parts.place import LEFT_X, ROW_PX, TOP_Y, at
from scenes.parts.typeset import Typeset
from scenes.stage import style
from scenes.stage.network_stage import NetworkStage

MEASURED_X, SCALED_X = 4.35, 6.2
PITCH_MAX = 0.72


class FeatureTable(VGroup):
    """Rows of the drawn features; `rows`, `measured` and `scaled` are their cells from top to bottom."""

    def __init__(self, stage: NetworkStage) -> None:
        super().__init__()
        fold = stage.net.folds[0]
        pitch = min(PITCH_MAX, 3.5 / fold.slots)
        self.rows: list[Typeset] = []
        self.measured: list[Typeset] = []
        self.scaled: list[Typeset] = []
        for feature in fold.shown:
            y = TOP_Y - 0.7 - fold.slot(feature) * pitch
            self.rows.append(self._name(stage, feature).left_at(at(LEFT_X, y)))
            raw = stage.number(stage.s("sample/raw"), feature)
            unit = stage.name(stage.s("data/units"), feature)
            text = stage.join(raw, " ", unit) if unit else raw
            self.measured.append(stage.words(text, ROW_PX).right_at(at(MEASURED_X, y)))
            value = stage.value(stage.s("sample/input"), feature, form=".2f", px=ROW_PX, colour="input")
            self.scaled.append(value.right_at(at(SCALED_X, y)))
        heads = [stage.words(stage.label(f"column_{key}"), style.SMALL_PX, "muted") for key in KEYS]
        self.heads = (
            heads[0].left_at(at(LEFT_X, TOP_Y)),
            heads[1].right_at(at(MEASURED_X, TOP_Y)),
            heads[2].right_at(at(SCALED_X, TOP_Y)),
        )
        self.dots = VGroup()
        if fold.gap is not None:
            y = TOP_Y - 0.7 - fold.gap * pitch
            self.dots.add(stage.words("⋮", style.LABEL_PX, "muted").centre_at(at(LEFT_X + 0.3, y)))
        self.add(*self.heads, *self.rows, *self.measured, *self.scaled, self.dots)

    @staticmethod
    def _name(stage: NetworkStage, feature: int) -> Typeset:
        return stage.fitted(stage.name(stage.s("data/features"), feature), 2.5, style.LABEL_PX)


KEYS = ("feature", "raw", "scaled")
