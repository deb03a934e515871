"""What the beats about optimisers on a surface share: an optimiser's colour, name and path."""

from __future__ import annotations

import numpy as np
from manim import Dot, VMobject

from scenes.parts.charts.markers import marker
from scenes.parts.text.typeset import Typeset
from scenes.stage import style
from scenes.stage.provenance import Shown
from scenes.stage.surface_stage import SurfaceStage

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


class DescentStage(SurfaceStage):
    """A film that draws the runs of the recorder `momentum`. `side` is the room beside the map."""

    walker: Dot
    path: VMobject

    @property
    def optimisers(self) -> list[str]:
        """All of this run, plain SGD and momentum first."""
        return [str(name) for name in self.array("optimisers")]

    def optimiser(self, name: str) -> Shown:
        """What an optimiser is called."""
        return self.name("optimisers", self.optimisers.index(name))

    def title(self, name: str, weight: str = "regular") -> Typeset:
        """An optimiser's name in its colour."""
        return self.words(self.optimiser(name), colour=ROLES[name], weight=weight)

    def sgd_at(self, series: str, *index: int) -> Typeset:
        """Plain SGD with its rate."""
        rate = self.number(series, *index, form="short")
        return self.words(self.join(self.optimiser("sgd"), ", η = ", rate), colour=ROLES["sgd"])

    def sign(self, name: str) -> VMobject:
        """An optimiser's shape, which tells it from the others as its colour does."""
        return marker(list(ROLES).index(name), self.look, ROLES[name])

    def ball(self, name: str) -> Dot:
        """An optimiser at the start."""
        return self.map.ball(self.array("start"), ROLES[name])

    def way(self, name: str, width: float = style.STRONG) -> VMobject:
        """An optimiser's path, with a curve for every step of the longest run; one that is over stays where it was."""
        positions = self.array(f"{name}/position")
        places = positions[np.minimum(self.array("step"), len(positions) - 1)]
        return self.map.way(places, ROLES[name], width)
