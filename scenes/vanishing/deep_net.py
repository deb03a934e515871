"""A deep network as a strip: a few units of each layer, and all wires between two layers as one mobject."""

from __future__ import annotations

import itertools

import numpy as np
from manim import Circle, VGroup, VMobject

from scenes.stage import style
from scenes.stage.style import Look, blend

RADIUS_MAX = 0.11


class DeepNet(VGroup):
    """`layers` columns from `left` to `right`, `units` drawn in each, centred on `y` and `height` high.

    `wires[l]` are the weights between column l and l + 1. Which units are left out is not marked: the strip stands for
    the shape, and the scene gives the true counts.
    """

    def __init__(
        self, look: Look, layers: int, left: float, right: float, y: float, height: float, units: int
    ) -> None:
        super().__init__()
        self.look = look
        xs = np.linspace(left, right, layers)
        radius = min(RADIUS_MAX, 0.3 * (xs[1] - xs[0]), 0.4 * height / units)
        ys = y + (np.linspace(1, -1, units) if units > 1 else np.zeros(1)) * (height / 2 - radius)
        self.columns = [VGroup(*(self._unit(x, one, radius) for one in ys)) for x in xs]
        self.wires = [self._wires(a, b, ys, radius) for a, b in itertools.pairwise(xs)]
        for column in self.columns:
            column.set_z_index(1)
        self.add(*self.wires, *self.columns)

    def _unit(self, x: float, y: float, radius: float) -> Circle:
        unit = Circle(radius, color=self.look.muted, stroke_width=style.HAIRLINE)
        return unit.set_fill(self.look.surface, opacity=1).move_to([x, y, 0])

    def _wires(self, left: float, right: float, ys: np.ndarray, radius: float) -> VMobject:
        bundle = VMobject(color=self.look.muted, stroke_width=style.HAIRLINE, stroke_opacity=0.55)
        for start in ys:
            for end in ys:
                bundle.start_new_path(np.array([left + radius, start, 0]))
                bundle.add_line_to(np.array([right - radius, end, 0]))
        return bundle

    def glow(self, layer: int, role: str, share: float) -> VMobject:
        """A copy of one bundle of wires that shines in the role's colour by `share` (0..1)."""
        colour = blend(self.look.background, self.look.colour(role), 0.12 + 0.88 * share)
        lit = self.wires[layer].copy()
        return lit.set_stroke(colour, width=style.HAIRLINE + 0.7 * share, opacity=1)
