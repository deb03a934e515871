"""What the compared networks have in common, as a table."""

from __future__ import annotations

from manim import VGroup

from scenes.parts.place import LEFT_X, RIGHT_X, ROW_PX, TOP_Y, at
from scenes.parts.typeset import Typeset
from scenes.stage import style
from scenes.vanishing.stage import DeepStage

PITCH_MAX, HEIGHT = 0.62, 3.2
INSET = 0.5


class CommonFacts(VGroup):
    """One row a fact: its name and its value."""

    def __init__(self, stage: DeepStage) -> None:
        super().__init__()
        facts: list[tuple[str, Typeset]] = [
            ("data", stage.words(stage.name("data/name"), ROW_PX)),
            ("depth", stage.value("depth", form="d", px=ROW_PX)),
            ("width", stage.value("width", form="d", px=ROW_PX)),
            ("parameters", stage.value("parameters/total", form=",d", px=ROW_PX)),
            ("initialisation", stage.words(stage.name(stage.of(1, "initialisation")), ROW_PX)),
            ("rate", stage.value("training/learning_rate", px=ROW_PX)),
        ]
        if bool(stage.array(stage.of(1, "batch_norm"))):
            facts.append(("batch_norm", stage.words("✓", ROW_PX)))
        self.rows = []
        top = TOP_Y - 0.45
        pitch = min(PITCH_MAX, HEIGHT / (len(facts) - 1))
        for place, (key, value) in enumerate(facts):
            y = top - pitch * place
            name = stage.words(stage.label(key), style.LABEL_PX, "muted").left_at(at(LEFT_X + INSET, y))
            self.rows.append(VGroup(name, value.right_at(at(RIGHT_X - INSET, y))))
        self.add(*self.rows)
