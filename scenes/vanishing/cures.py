"""The measured cures as a table: what was changed, the first layer's gradient, the accuracy."""

from __future__ import annotations

from manim import VGroup

from scenes.parts.place import TOP_Y, at
from scenes.parts.typeset import Typeset
from scenes.stage import style
from scenes.stage.provenance import Shown
from scenes.vanishing.stage import LEFT_X, DeepStage
from scenes.vanishing.words import diverged

NORM_X, ACCURACY_X = -1.75, -0.35
NAME_ROOM = 2.7
PITCH = 0.68


class CureTable(VGroup):
    """`rows` from top to bottom, in the order of the trace's `cures`."""

    def __init__(self, stage: DeepStage) -> None:
        super().__init__()
        self.runs = [int(run) for run in stage.array("cures")]
        y = TOP_Y
        norm = stage.math("norm(partial loss(L) \\/ partial W^((1)))", 30)
        self.heads = VGroup(
            stage.words(stage.label("recipe"), style.SMALL_PX, "muted").left_at(at(LEFT_X + 0.35, y)),
            norm.move_to(at(NORM_X - norm.width / 2, y)),
            stage.words(stage.label("accuracy_short"), style.SMALL_PX, "muted").right_at(at(ACCURACY_X, y)),
        )
        self.rows = []
        form = stage.form_of("gradient_norm", 0, runs=self.runs)
        for place, run in enumerate(self.runs):
            y = TOP_Y - 0.7 - PITCH * place
            self.rows.append(
                VGroup(
                    stage.sign(run, "gradient").move_to(at(LEFT_X + 0.1, y)),
                    stage.fitted(self._recipe(stage, run), NAME_ROOM, style.LABEL_PX).left_at(
                        at(LEFT_X + 0.35, y)
                    ),
                    stage.value(
                        stage.of(run, "gradient_norm"), 0, form=form, px=style.NUMBER_PX, colour="gradient"
                    ).right_at(at(NORM_X, y)),
                    self._outcome(stage, run).right_at(at(ACCURACY_X, y)),
                )
            )
        self.add(self.heads, *self.rows)

    @staticmethod
    def _outcome(stage: DeepStage, run: int) -> Typeset:
        if diverged(stage, run):
            return stage.words(stage.label("diverged"), style.SMALL_PX, "loss")
        return stage.value(stage.of(run, "test_accuracy"), form=stage.accuracy_form, px=style.NUMBER_PX + 2)

    @staticmethod
    def _recipe(stage: DeepStage, run: int) -> Shown:
        base = bool(stage.array(stage.of(1, "batch_norm")))
        added = bool(stage.array(stage.of(run, "batch_norm"))) and not base
        change = Shown(stage.label("batch_norm")) if added else stage.name(stage.of(run, "initialisation"))
        return stage.join(stage.activation(run), " · ", change)
