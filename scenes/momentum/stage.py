"""What the beats about optimisers on a surface share: the map, the start, paths already drawn, a panel beside it."""

from __future__ import annotations

from manim import Dot, VGroup, VMobject

from scenes.momentum.map import SurfaceMap
from scenes.stage import style
from scenes.stage.stage import Stage


class DescentStage(Stage):
    """A film that draws the runs of the recorder `momentum`. `side` is the room beside the map."""

    map: SurfaceMap
    start: Dot
    walker: Dot
    sgd_path: VGroup
    path: VMobject

    def prepare(self) -> None:
        """The map is the same object in every beat that shows it."""
        left, self.side = self.room.columns(1.55, 1, gap=style.WIDE)
        self.map = SurfaceMap(self, left)
        self.start = self.map.ball(self.array("start"), "ink", 0.1)
