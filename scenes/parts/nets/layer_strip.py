"""A deep network as a strip: a few units of each layer, and all wires between two layers as one mobject."""

from __future__ import annotations

import itertools
from collections.abc import Sequence

import numpy as np
from manim import (
    Animation,
    AnimationGroup,
    Circle,
    Create,
    FadeIn,
    LaggedStart,
    ShowPassingFlash,
    Transform,
    VGroup,
    VMobject,
)

from scenes.parts.room.box import Box
from scenes.stage import style
from scenes.stage.style import Look, blend

RADIUS_MOST = 0.19
DOTS, DOT = (
    (0.3, 0.0, -0.3),
    0.2,
)  # of an ellipsis: places, as shares of a unit's room; size, as a share of a unit
FAINTEST = 0.1  # of a role's colour, in units that shine least
WIRES = 0.55  # opacity; and beside units that shine
WIRES_BACK = 0.25


class LayerStrip(VGroup):
    """As many columns as `layers`, from side to side of a box, `units` drawn in each.

    `wires[l]` are the weights between column l and l + 1. `folded`: an ellipsis above the last unit says that units
    are left out; the scene gives the true counts.
    """

    def __init__(self, look: Look, box: Box, layers: int, units: int, folded: bool = False) -> None:
        super().__init__()
        self.look, self.box, self.layers, self.units, self.folded = look, box, layers, units, folded
        xs = np.linspace(box.left, box.right, layers)
        slots = units + folded
        radius = min(RADIUS_MOST, 0.25 * (xs[1] - xs[0]), 0.42 * box.height / slots)
        inner = box.without(bottom=radius, top=radius)
        ys = [inner.at(0, share)[1] for share in (np.linspace(1, 0, slots) if slots > 1 else [0.5])]
        gap = ys.pop(-2) if folded else 0.0
        unit = Circle(radius, color=look.muted, stroke_width=style.HAIRLINE).set_fill(look.surface, opacity=1)
        self.columns = [VGroup(*(unit.copy().move_to([x, y, 0]) for y in ys)) for x in xs]
        self.wires = [self._wires(a + radius, b - radius, ys) for a, b in itertools.pairwise(xs)]
        for column in self.columns:
            column.set_z_index(1)
        room = inner.height / max(slots - 1, 1)
        dots = [
            Circle(DOT * radius, stroke_width=0).shift([x, gap + share * room, 0])
            for x in xs
            for share in DOTS
        ]
        self.ellipsis = VGroup(*dots[: len(dots) * folded]).set_fill(look.muted, opacity=1)
        self.add(*self.wires, *self.columns, self.ellipsis)

    def within(self, box: Box) -> LayerStrip:
        """The same net, as bright as it is, in another box; its wires are thinner where they lie closer."""
        thinner = (box.height / self.box.height) ** 0.5
        other = LayerStrip(self.look, box, self.layers, self.units, self.folded)
        for new, mine in zip([*other.wires, *other.columns], [*self.wires, *self.columns], strict=True):
            for piece, old in zip(new.get_family(), mine.get_family(), strict=True):
                piece.match_style(old)
        for wire in other.wires:
            wire.set_stroke(width=wire.get_stroke_width() * thinner)
        return other

    def grown(self) -> list[Animation]:
        """Its layers appear from first to last."""
        units = LaggedStart(*map(FadeIn, self.columns), lag_ratio=0.1)
        return [units, FadeIn(self.ellipsis), LaggedStart(*map(Create, self.wires), lag_ratio=0.1)]

    def pulse(self, role: str) -> Animation:
        """One flash from the first layer to the last."""
        return LaggedStart(*(self._flash(wire, role) for wire in self.wires), lag_ratio=0.5)

    def hop(self, layer: int, role: str) -> Animation:
        """One flash back from the column after this one to it."""
        return self._flash(self.wires[layer], role, back=True)

    def shone(self, role: str, shares: Sequence[float]) -> Animation:
        """A flash runs back, and each layer it reaches becomes as bright as its share (0..1) of a role.

        `shares` begin with the first layer after the input, which is the last to be reached.
        """
        lit = [Transform(self.columns[-1], self.lit(-1, role, shares[-1]))]
        for layer in range(len(shares) - 1, 0, -1):
            flash = self._flash(self.wires[layer], role, back=True)
            faint = self.wires[layer].animate.set_stroke(opacity=WIRES_BACK)
            shining = Transform(self.columns[layer], self.lit(layer, role, shares[layer - 1]))
            lit.append(AnimationGroup(flash, faint, shining))
        return LaggedStart(*lit, lag_ratio=0.6)

    def lit(self, layer: int, role: str, share: float = 1.0) -> VGroup:
        """A copy of a column that shines: all of it by the share, its rims so that it can be found."""
        units = self.columns[layer].copy()
        return units.set_fill(shine(self.look, role, share), opacity=1)

    def lit_wires(self, layer: int, role: str) -> VMobject:
        """A copy of the weights between this column and the next one that shines."""
        return self.wires[layer].copy().set_stroke(self.look.colour(role), width=style.LINE, opacity=1)

    def _flash(self, wires: VMobject, role: str, back: bool = False) -> Animation:
        """Along all wires of a bundle at once."""
        glow = VGroup(*(VMobject().set_points(wire) for wire in wires.get_subpaths()))
        for wire in glow if back else ():
            wire.reverse_direction()
        glow.set_stroke(self.look.colour(role), width=style.LINE, opacity=1)
        return ShowPassingFlash(glow, time_width=0.6)

    def _wires(self, left: float, right: float, ys: list[float]) -> VMobject:
        bundle = VMobject(color=self.look.muted, stroke_width=style.HAIRLINE, stroke_opacity=WIRES)
        for start, end in itertools.product(ys, ys):
            bundle.start_new_path(np.array([left, start, 0]))
            bundle.add_line_to(np.array([right, end, 0]))
        return bundle


def shine(look: Look, role: str, share: float) -> str:
    """A role's colour by how bright it is: faint at 0, its own at 1."""
    return blend(look.background, look.colour(role), FAINTEST + (1 - FAINTEST) * share)
