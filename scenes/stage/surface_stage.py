"""What films about a loss surface share: a map of it that keeps its place, and what runs on it."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from manim import Animation, BackgroundRectangle, DashedVMobject, Dot, FadeIn, FadeOut, VGroup, VMobject

from scenes.parts.charts.chart import DASHES
from scenes.parts.charts.contour_map import ContourMap
from scenes.parts.room.box import Box
from scenes.parts.room.layout import fit
from scenes.parts.room.motion import arrive, leave
from scenes.parts.text.recorded_formula import recorded_formula
from scenes.stage import style
from scenes.stage.stage import Stage

START_RADIUS, STEP_RADIUS = 0.1, 0.055
STEPS_MOST = 200  # dots on a path
NOTE_PX = 42


class SurfaceStage(Stage):
    """A film whose trace holds a surface (see `ContourMap`), `start` (axis,) and the flag `floor_known`.

    `side` is the room beside the map; `trails` are paths and balls on it, which the next beat clears. `even`: both
    parameters are of one kind, and a unit is as long along both.
    """

    even = True
    map: ContourMap
    map_there = False
    start: Dot
    side: Box
    trails: VGroup

    def place_map(self, room: Box, share: float) -> None:
        """A map that takes this share of `room`, and the start on it; both are the film's from now on."""
        left, self.side = room.columns(share, 1 - share, gap=style.WIDE)
        self.map, self.trails = ContourMap(self, left, even=self.even), VGroup()
        self.start = self.map.ball(self.array("start"), "ink", START_RADIUS)

    @property
    def goal_known(self) -> bool:
        """Whether a known minimum is on the map, so that one can ask for the way there."""
        return len(self.map.crosses) > 0 and bool(self.trace.flags["floor_known"])

    def fresh(self) -> list[Animation]:
        """Animations that clear panel, paths and formula; the map comes back where it is not there."""
        trails, self.trails = self.trails, VGroup()
        old = [*self.clear_panel(), *([leave(trails)] if len(trails) else []), *self.no_formula()]
        back = [] if self.map_there else [(arrive if old else FadeIn)(self.map.group, self.start)]
        self.map_there = True
        return [*old, *back]

    def without_map(self) -> list[Animation]:
        """Animations that clear all of the stage, the map too."""
        gone = [*self.fresh(), FadeOut(self.map.group, self.start)]
        self.map_there = False
        return gone

    def role(self, run: str) -> str:
        """The colour of a run."""
        return "ink"

    def ball(self, run: str) -> Dot:
        """A run at the start."""
        return self.map.ball(self.array("start"), self.role(run))

    def way(
        self, run: str, steps: Sequence[int] | np.ndarray | None = None, width: float = style.STRONG
    ) -> VMobject:
        """The path of a run (`RUN/position`) through these steps, or all; one that is over stays where it was."""
        positions = self.array(f"{run}/position")
        steps = np.arange(len(positions)) if steps is None else np.asarray(steps, dtype=int)
        return self.map.way(positions[np.minimum(steps, len(positions) - 1)], self.role(run), width)

    def plated(self, text: VMobject) -> VGroup:
        """A text that stands on the map, and what keeps its lines off it."""
        plate = BackgroundRectangle(text, color=self.look.background, fill_opacity=1, buff=0.06)
        return VGroup(plate, text)

    def noted(self, source: str, role: str, **given: str) -> VGroup:
        """The setting of what runs, in a corner of the map."""
        corner = self.map.box.without(right=style.TIGHT, bottom=style.TIGHT)
        return self.plated(fit(self.math(source, NOTE_PX, role, **given), corner, "right", "bottom"))

    def surface_formula(self, lit: str = "") -> list[Animation]:
        """Animations that show what is walked on as a formula; `lit`: the terms without this variable are muted."""
        return self.formula(f"loss(f)(x, y) = {recorded_formula(self, 'surface/node_value', lit)}")

    def dashed(self, run: str, role: str) -> VMobject:
        """The whole path of a run, dashed."""
        way = self.way(run, width=style.LINE).set_color(self.look.colour(role))
        return DashedVMobject(way, num_dashes=DASHES) if len(way.points) else way

    def footsteps(self, run: str, steps: Sequence[int]) -> VGroup:
        """A dot where a run is after each of these steps, of at most so many; an empty group for one off the map."""
        places, dot = (
            self.array(f"{run}/position"),
            Dot(radius=STEP_RADIUS, color=self.look.colour(self.role(run))),
        )
        return VGroup(*(self.map.signs(places[k : k + 1], dot) for k in steps[:STEPS_MOST]))
