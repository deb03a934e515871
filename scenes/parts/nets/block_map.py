"""A map of blocks with arrows: plates with names on them, what goes along the arrows, and light that runs over it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from manim import (
    DL,
    UR,
    Animation,
    FadeIn,
    LaggedStart,
    LineJointType,
    RoundedRectangle,
    ShowPassingFlash,
    Triangle,
    VGroup,
    VMobject,
)

from scenes.parts.nets.layered import Edge, Layered
from scenes.parts.room.box import Box
from scenes.parts.text.typeset import Typeset
from scenes.stage import style
from scenes.stage.style import Look, blend

CORNER, PILL = 0.1, 0.5  # of a plate: a radius, and for functions a share of its height
INSIDE = 0.16  # from a plate's edge to its text
BEHIND = 0.07  # between the plates of a stack
STACK = 2  # plates behind that of a repeated block
TIP = 0.075
BESIDE = 0.09  # from an arrow to what is written beside it
TINT = 0.03  # share of a role in a lit plate
OVER = 0.3  # that may reach into the room between two columns
ROUND = 0.12  # of a wire's corner


@dataclass
class Face:
    """What a block shows: `texts` from the left, as many as fit, and `right` at its right end; `role` of its edge.

    `plain`: a function, rounder than a module. `stacked`: it stands for several.
    """

    texts: Sequence[Typeset]
    right: Typeset | None = None
    role: str = "muted"
    plain: bool = False
    stacked: bool = False


class BlockMap(VGroup):
    """Blocks at the places of a layout, `faces` in their order. `notes` are written beside what leaves a block.

    `plates`, `texts`, `wires` and `notes` are the parts by block or edge.
    """

    def __init__(
        self, look: Look, layout: Layered, faces: Sequence[Face], notes: Mapping[int, Typeset]
    ) -> None:
        super().__init__()
        self.look, self.layout, self.faces = look, layout, faces
        self.wires = {edge: self._wire(edge) for edge in layout.routes}
        self.stacks = [self._stack(i) for i in range(len(faces))]
        self.plates = [self._plate(i) for i in range(len(faces))]
        self.texts = [self._texts(i) for i in range(len(faces))]
        self.notes = {i: text for i, text in notes.items() if self._noted(i, text)}
        for part in (*self.stacks, *self.plates):
            part.set_z_index(1)  # a wire that passes a block passes behind it
        for text in (*self.texts, *self.notes.values()):
            text.set_z_index(2)
        self.blocks = VGroup(*map(self._block, range(len(faces))))
        self.add(*self.blocks)

    def _block(self, number: int) -> VGroup:
        """A block with its texts and what leads to it."""
        leading = [wire for (_, target), wire in self.wires.items() if target == number]
        note = [self.notes[number]] if number in self.notes else []
        return VGroup(*leading, self.stacks[number], self.plates[number], self.texts[number], *note)

    # -- parts -----------------------------------------------------------------------------------------------------

    def _plate(self, number: int) -> RoundedRectangle:
        box, face = self._front(number), self.faces[number]
        radius = PILL * box.height if face.plain else CORNER
        plate = RoundedRectangle(corner_radius=radius, width=box.width, height=box.height)
        plate.set_stroke(self.look.colour(face.role), style.LINE).set_fill(self.look.surface, 1)
        return plate.move_to(box.centre)

    def _front(self, number: int) -> Box:
        """Where the foremost plate of a block stands: in front of a stack there is less room."""
        behind = STACK * BEHIND * self.faces[number].stacked
        return self.layout.boxes[number].without(right=behind, top=behind)

    def _stack(self, number: int) -> VGroup:
        if not self.faces[number].stacked:
            return VGroup()
        plate = self._plate(number)
        return VGroup(*(plate.copy().shift([BEHIND * k, BEHIND * k, 0]) for k in range(STACK, 0, -1)))

    def _texts(self, number: int) -> VGroup:
        box, face = self._front(number), self.faces[number]
        inner = box.without(left=INSIDE, right=INSIDE)
        out = VGroup()
        end = inner.right
        if face.right is not None and face.texts[0].width + face.right.width + style.GAP <= inner.width:
            out.add(face.right.right_at([inner.right, box.centre[1], 0]))
            end -= face.right.width + style.GAP
        shown: list[Typeset] = []
        at = inner.left
        for text in face.texts:
            if shown and at + text.width > end:
                break
            shown.append(text)
            at += text.width + style.TIGHT * 1.5
        alone = len(out) == 0
        start = box.centre[0] - (at - style.TIGHT * 1.5 - inner.left) / 2 if alone else inner.left
        for text in shown:
            out.add(text.left_at([start, box.centre[1], 0]))
            start += text.width + style.TIGHT * 1.5
        return out

    def _wire(self, edge: Edge) -> VGroup:
        """A line with round corners and a tip; without the tip it is what light runs along."""
        points = [np.array([*point, 0.0]) for point in self.layout.routes[edge]]
        way = points[-1] - points[-2]
        way = way / np.linalg.norm(way)
        tip = Triangle(fill_opacity=1, stroke_width=0, color=self.look.muted).scale(TIP)
        tip.rotate(np.arctan2(way[1], way[0]) - np.pi / 2).stretch_to_fit_height(tip.height)
        tip.shift(points[-1] - tip.get_boundary_point(way))
        points[-1] = points[-1] - 1.4 * TIP * way
        line = VMobject(color=self.look.muted, stroke_width=style.LINE, joint_type=LineJointType.ROUND)
        line.start_new_path(points[0])
        for before, corner, after in zip(points[:-2], points[1:-1], points[2:], strict=True):
            first, last = _towards(corner, before), _towards(corner, after)
            line.add_line_to(first)
            line.add_quadratic_bezier_curve_to(corner, last)
        line.add_line_to(points[-1])
        return VGroup(line, tip)

    def _noted(self, number: int, text: Typeset) -> bool:
        """Put a text beside what leaves a block; False where there is no room for it."""
        box, up = self.layout.boxes[number], self.layout.up[number]
        routes = [route for (source, _), route in self.layout.routes.items() if source == number]
        straight = [route for route in routes if route[0][0] == box.centre[0]]
        ways = {float(np.sign(route[-1][0] - route[0][0])) for route in straight}
        gap = self.layout.pitch - box.height
        y = (box.top + 0.46 * gap) if up else (box.bottom - 0.46 * gap)
        over = OVER if any(self.layout.up) and not up else style.TIGHT
        room = box.width / 2 + over - BESIDE
        if len(ways) > 1 or gap < text.strut.height + 0.04:
            return False
        if not straight:  # nothing leaves there
            text.centre_at([box.centre[0], y, 0])
            return bool(text.width <= box.width + 2 * style.TIGHT) and self._clear(text)
        if text.width > room:
            return False
        if ways == {1.0}:
            text.right_at([box.centre[0] - BESIDE, y, 0])
        else:
            text.left_at([box.centre[0] + BESIDE, y, 0])
        return self._clear(text)

    def _clear(self, text: Typeset) -> bool:
        """Whether no wire runs through a text."""
        (left, bottom), (right, top) = (text.get_corner(side)[:2] for side in (DL, UR))
        return not any(
            max(x0, x1) > left and min(x0, x1) < right and max(y0, y1) > bottom and min(y0, y1) < top
            for route in self.layout.routes.values()
            for (x0, y0), (x1, y1) in pairwise(route)
        )

    # -- motion ----------------------------------------------------------------------------------------------------

    def draw(self, seconds: float) -> Animation:
        """Blocks appear in the order of flow, each with what leads to it."""
        return LaggedStart(*map(FadeIn, self.blocks), lag_ratio=0.5, run_time=seconds)

    def light(self, number: int, role: str) -> Animation:
        """A block lights up."""
        plate = self.plates[number]
        fill = blend(self.look.surface, self.look.colour(role), TINT)
        return plate.animate.set_stroke(self.look.colour(role), style.STRONG).set_fill(fill, 1)

    def rest(self, numbers: Iterable[int] | None = None) -> list[Animation]:
        """Blocks look as they did at first."""
        which = range(len(self.faces)) if numbers is None else numbers
        return [
            self.plates[i].animate.set_stroke(self.look.colour(self.faces[i].role), style.LINE).set_fill(
                self.look.surface, 1
            )
            for i in which
        ]  # fmt: skip

    def arriving(self, number: int, role: str, back: bool = False) -> list[Animation]:
        """Light runs along the wires that lead to a block; `back`: against their direction, from what follows it."""
        out: list[Animation] = []
        for (source, target), wire in self.wires.items():
            if (source if back else target) != number:
                continue
            line = wire[0].copy().set_stroke(self.look.colour(role), 1.6 * style.STRONG)
            out.append(ShowPassingFlash(line.reverse_points() if back else line, time_width=0.8))
        return out


def _towards(corner: np.ndarray, other: np.ndarray) -> np.ndarray:
    way = other - corner
    length = float(np.linalg.norm(way))
    return corner + way * min(ROUND / length, 0.5) if length else corner
