"""What the beats about optimisers on a surface share: the map, the start, an optimiser's colour, name and path."""

from __future__ import annotations

import numpy as np
from manim import Dot, VGroup, VMobject

from scenes.parts.contour_map import ContourMap
from scenes.parts.typeset import Typeset
from scenes.stage import style
from scenes.stage.stage import Stage

ROLES = {
    "sgd": "negative",
    "momentum": "positive",
    "nesterov": "gradient",
    "adagrad": "input",
    "rmsprop": "ink",
    "adam": "activation",
    "adamw": "muted",
}
PAIR = ("sgd", "momentum")  # the two that most beats compare


class DescentStage(Stage):
    """A film that draws the runs of the recorder `momentum`. `side` is the room beside the map."""

    start: Dot
    walker: Dot
    sgd_path: VGroup
    path: VMobject
    on_map: VGroup
    arrows: VGroup

    def prepare(self) -> None:
        """The map is the same object in every beat that shows it."""
        left, self.side = self.room.columns(1.55, 1, gap=style.WIDE)
        self.map = ContourMap(self, left)
        self.start = self.map.ball(self.array("start"), "ink", 0.1)

    @property
    def optimisers(self) -> list[str]:
        """All of this run, plain SGD and momentum first."""
        return [str(name) for name in self.array("optimisers")]

    def title(self, name: str, px: float = style.LABEL_PX, weight: str = "regular") -> Typeset:
        """An optimiser's name in its colour."""
        text = self.name("optimisers", self.optimisers.index(name))
        return self.words(text, px, ROLES[name], weight)

    def places(self, name: str) -> np.ndarray:
        """Where an optimiser is at every step (step, axis) of the longest run; one that is over stays where it was."""
        positions = self.array(f"{name}/position")
        return np.asarray(positions[np.minimum(self.array("step"), len(positions) - 1)])
