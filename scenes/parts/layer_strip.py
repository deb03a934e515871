"""A deep network as a strip: a few units of each layer, and all wires between two layers as one mobject."""

from __future__ import annotations

import itertools

import numpy as np
from manim import (
    Animation,
    Circle,
    Create,
    FadeIn,
    LaggedStart,
    ShowPassingFlash,
    Transform,
    VGroup,
    VMobject,
)

from scenes.parts.box import Box
from scenes.stage import style
from scenes.stage.style import Look, blend

RADIUS_MOST = 0.13
FAINTEST = 0.12  # of a role's colour, in wires that shine least


class LayerStrip(VGroup):
    """As many columns as `layers`, from side to side of a box, `units` drawn in each.

    `wires[l]` are the weights between column l and l + 1. Which units are left out is not marked: the strip stands for
    the shape, and the scene gives the true counts.
    """

    def __init__(self, look: Look, box: Box, layers: int, units: int) -> None:
        super().__init__()
        self.look, self.box, self.layers, self.units = look, box, layers, units
        xs = np.linspace(box.left, box.right, layers)
        radius = min(RADIUS_MOST, 0.22 * (xs[1] - xs[0]), 0.4 * box.height / units)
        inner = box.without(bottom=radius, top=radius)
        ys = [inner.at(0, share)[1] for share in (np.linspace(1, 0, units) if units > 1 else [0.5])]
        unit = Circle(radius, color=look.muted, stroke_width=style.HAIRLINE).set_fill(look.surface, opacity=1)
        self.columns = [VGroup(*(unit.copy().move_to([x, y, 0]) for y in ys)) for x in xs]
        self.wires = [self._wires(a + radius, b - radius, ys) for a, b in itertools.pairwise(xs)]
        for column in self.columns:
            column.set_z_index(1)
        self.add(*self.wires, *self.columns)

    def within(self, box: Box) -> LayerStrip:
        """The same net, as bright as it is, in another box; its wires are thinner where they lie closer."""
        thinner = (box.height / self.box.height) ** 0.5
        other = LayerStrip(self.look, box, self.layers, self.units)
        for wire, mine in zip(other.wires, self.wires, strict=True):
            wire.match_style(mine).set_stroke(width=mine.get_stroke_width() * thinner)
        return other

    def grown(self) -> list[Animation]:
        """Its layers appear from first to last."""
        units = LaggedStart(*map(FadeIn, self.columns), lag_ratio=0.1)
        return [units, LaggedStart(*map(Create, self.wires), lag_ratio=0.1)]

    def pulse(self, role: str) -> Animation:
        """One flash from the first layer to the last."""
        pulse = {"color": self.look.colour(role), "width": style.LINE, "opacity": 1}
        flashes = (ShowPassingFlash(wire.copy().set_stroke(**pulse), time_width=0.6) for wire in self.wires)
        return LaggedStart(*flashes, lag_ratio=0.5)

    def shone(self, role: str, shares: list[float]) -> Animation:
        """The wires of each layer become as bright as its share (0..1) of a role, the last layer first."""
        lit = [
            Transform(wire, self._glow(wire, role, share))
            for wire, share in zip(self.wires, shares, strict=True)
        ]
        return LaggedStart(*reversed(lit), lag_ratio=0.6)

    def _glow(self, wire: VMobject, role: str, share: float) -> VMobject:
        return wire.copy().set_stroke(
            shine(self.look, role, share), width=style.HAIRLINE + 0.7 * share, opacity=1
        )

    def _wires(self, left: float, right: float, ys: list[float]) -> VMobject:
        bundle = VMobject(color=self.look.muted, stroke_width=style.HAIRLINE, stroke_opacity=0.55)
        for start, end in itertools.product(ys, ys):
            bundle.start_new_path(np.array([left, start, 0]))
            bundle.add_line_to(np.array([right, end, 0]))
        return bundle


def shine(look: Look, role: str, share: float) -> str:
    """A role's colour by how bright it is: faint at 0, its own at 1."""
    return blend(look.background, look.colour(role), FAINTEST + (1 - FAINTEST) * share)
