"""Probabilities and loss before and after one step."""

from __future__ import annotations

from manim import Rectangle, VGroup

from scenes.parts.folding import fold
from scenes.parts.place import LEFT_X, RIGHT_X, ROW_PX, TOP_Y, at
from scenes.parts.typeset import Typeset
from scenes.stage import style
from scenes.stage.network_stage import NetworkStage

BAR_X, BAR_WIDTH, BAR_HEIGHT = 2.55, 2.8, 0.24
PITCH_MAX = 0.86
CLASSES_MAX = 4
AFTER, LOSS_AFTER = "step/probabilities_after", "step/loss_after"


class StepBars(VGroup):
    """For each drawn class two bars, before and after; below them the loss."""

    def __init__(self, stage: NetworkStage) -> None:
        super().__init__()
        last, label = stage.depth, int(stage.array("sample/label"))
        classes = fold(len(stage.array(f"layer{last}/a")), CLASSES_MAX, (label,))
        pitch = min(PITCH_MAX, 3.0 / classes.slots)
        half = min(0.17, pitch * 0.2)
        self.names: list[Typeset] = []
        self.before: list[VGroup] = []
        self.after: list[VGroup] = []
        for c in classes.shown:
            y = TOP_Y - 0.5 - pitch * classes.slot(c)
            name = stage.fitted(stage.name(stage.s("data/classes"), c), BAR_X - LEFT_X - 0.2, style.LABEL_PX)
            self.names.append(name.left_at(at(LEFT_X, y)))
            self.before.append(self._bar(stage, stage.of(last, "a"), c, y + half, "muted"))
            self.after.append(self._bar(stage, stage.s(AFTER), c, y - half, "activation"))
        if classes.gap is not None:
            y = TOP_Y - 0.5 - pitch * classes.gap
            self.names.append(stage.words("⋮", style.LABEL_PX, "muted").centre_at(at(LEFT_X + 0.2, y)))
        y = TOP_Y - 0.65 - pitch * classes.slots
        self.loss_name = stage.words(stage.label("loss"), style.LABEL_PX).left_at(at(LEFT_X, y))
        self.loss_before = stage.value(
            stage.s("loss/value"), form=stage.net_loss_form(LOSS_AFTER), px=38, colour="muted"
        ).left_at(at(BAR_X, y))
        arrow = stage.words("→", 34, "muted").left_at(self.loss_before.strut.get_right() + at(0.3, 0))
        loss = stage.value(stage.s(LOSS_AFTER), form=stage.net_loss_form(LOSS_AFTER), px=38, colour="loss")
        self.loss_after = VGroup(arrow, loss.left_at(arrow.strut.get_right() + at(0.3, 0)))
        self.key = VGroup(
            self._key(stage, "before", "muted", BAR_X), self._key(stage, "after", "activation", BAR_X + 1.6)
        )
        self.add(
            *self.names,
            *self.before,
            *self.after,
            self.loss_name,
            self.loss_before,
            self.loss_after,
            self.key,
        )

    @staticmethod
    def _key(stage: NetworkStage, key: str, role: str, x: float) -> VGroup:
        """A swatch of a bar's colour and what it means."""
        swatch = Rectangle(width=0.28, height=0.2, stroke_width=0, fill_opacity=0.9).set_fill(
            stage.look.colour(role)
        )
        name = stage.words(stage.label(key), style.SMALL_PX, role).left_at(at(x + 0.42, TOP_Y + 0.1))
        return VGroup(swatch.move_to(at(x + 0.14, TOP_Y + 0.1)), name)

    @staticmethod
    def _bar(stage: NetworkStage, series: str, c: int, y: float, role: str) -> VGroup:
        p = float(stage.trace[series].values[c])
        width = max(BAR_WIDTH * p, 0.02)
        bar = Rectangle(width=width, height=BAR_HEIGHT, stroke_width=0, fill_opacity=0.9)
        bar.set_fill(stage.look.colour(role)).move_to(at(BAR_X + width / 2, y))
        return VGroup(
            bar,
            stage.value(series, c, form=stage.share_form(AFTER), px=ROW_PX - 4, colour=role).right_at(
                at(RIGHT_X, y)
            ),
        )
