"""What the beats about optimisers on a surface share: one map that keeps its place, colours, names and paths."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from manim import Animation, Dot, FadeIn, VGroup, VMobject

from scenes.parts.room.motion import arrive, leave
from scenes.parts.text.typeset import Typeset
from scenes.stage import style
from scenes.stage.provenance import Shown
from scenes.stage.surface_stage import SurfaceStage

MAP_SHARE = 0.57  # of the stage, in all beats that have the map
ROLES = {"sgd": "negative", "plain": "negative", "smaller": "negative"}
ROLES |= {"momentum": "positive", "heavy": "positive", "nesterov": "positive"}
SCALING = "input"  # whatever divides by what it remembers of squares


class DescentStage(SurfaceStage):
    """A film that draws the runs of the recorder `momentum`.

    `side` is the room beside the map; `trails` are paths and balls on it, which the next beat clears.
    """

    trails: VGroup
    map_there = False

    def prepare(self) -> None:
        """The map, and the start on it."""
        self.place_map(self.room, MAP_SHARE)
        self.trails = VGroup()

    def fresh(self) -> list[Animation]:
        """Animations that clear panel, paths and formula; the map comes back where it is not there."""
        trails, self.trails = self.trails, VGroup()
        old = [*self.clear_panel(), *([leave(trails)] if len(trails) else []), *self.no_formula()]
        standing = (self.map.group, self.start)
        back = [] if self.map_there else [(arrive if old else FadeIn)(*standing)]
        self.map_there = True
        return [*old, *back]

    def role(self, name: str) -> str:
        """A run's colour."""
        return ROLES.get(name, SCALING)

    def optimiser(self, name: str) -> Shown:
        """What an optimiser is called."""
        return self.name("optimisers", self.array("optimisers").tolist().index(name))

    def title(self, name: str, px: float = style.LABEL_PX, weight: str = "regular") -> Typeset:
        """An optimiser's name in its colour."""
        return self.words(self.optimiser(name), px, self.role(name), weight)

    def ball(self, name: str) -> Dot:
        """A run at the start."""
        return self.map.ball(self.array("start"), self.role(name))

    def way(
        self, name: str, steps: Sequence[int] | np.ndarray | None = None, width: float = style.STRONG
    ) -> VMobject:
        """A run's path through these steps, or all; one that is over stays where it was."""
        positions = self.array(f"{name}/position")
        steps = np.arange(len(positions)) if steps is None else np.asarray(steps, dtype=int)
        return self.map.way(positions[np.minimum(steps, len(positions) - 1)], self.role(name), width)
