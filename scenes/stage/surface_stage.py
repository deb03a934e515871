"""What films about a loss surface share: a map of it that takes the room it needs, and where runs start on it."""

from __future__ import annotations

from manim import Animation, Dot, ReplacementTransform, VGroup

from scenes.parts.charts.contour_map import ContourMap
from scenes.parts.room.box import Box
from scenes.stage import style
from scenes.stage.declare import allow
from scenes.stage.stage import Stage

START_RADIUS = 0.1


class SurfaceStage(Stage):
    """A film whose trace holds a surface (see `ContourMap`), `start` (axis,) and the flag `floor_known`.

    `side` is the room beside the map. `even`: both parameters are of one kind, and a unit is as long along both.
    """

    even = True
    map: ContourMap
    start: Dot
    side: Box

    def place_map(self, room: Box, share: float) -> VGroup:
        """A map that takes this share of `room`, and the start on it; both are the film's from now on."""
        left, self.side = room.columns(share, 1 - share, gap=style.WIDE)
        self.map = ContourMap(self, left, even=self.even)
        self.start = self.map.ball(self.array("start"), "ink", START_RADIUS)
        return VGroup(self.map.group, self.start)

    def resize_map(self, room: Box, share: float) -> list[Animation]:
        """The map takes another room; what was drawn on it does not come along."""
        old = VGroup(self.map.group, self.start)
        new = self.place_map(room, share)
        allow(VGroup(old, new), "text-over-line", "numbers move with their map", moving=True)
        return [ReplacementTransform(old, new)]

    @property
    def goal_known(self) -> bool:
        """Whether a known minimum is on the map, so that one can ask for the way there."""
        return len(self.map.crosses) > 0 and bool(self.trace.flags["floor_known"])
