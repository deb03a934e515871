"""What the beats about optimisers on a surface share: the map, the start, paths already drawn, a panel beside it."""

from __future__ import annotations

from manim import Dot, FadeOut, VGroup, VMobject

from scenes.momentum.map import SurfaceMap
from scenes.parts.motion import leave
from scenes.stage.explainer import Explainer


class DescentStage(Explainer):
    """A film that draws the runs of the recorder `momentum`."""

    map: SurfaceMap
    start: Dot
    walker: Dot
    sgd_path: VGroup
    path: VMobject
    panel: VGroup

    def prepare(self) -> None:
        """The map is the same object in every beat that shows it."""
        self.map = SurfaceMap(self)
        self.start = self.map.dot(self.map.at(*self.trace["start"].values), "ink", 0.1)
        self.panel = VGroup()

    def positions(self, name: str) -> int:
        """How many positions of a run are recorded."""
        return len(self.trace[f"{name}/position"].values)

    def clear_panel(self) -> list[FadeOut]:
        """Animations that take the panel away."""
        old, self.panel = self.panel, VGroup()
        return [leave(old)] if len(old) else []
