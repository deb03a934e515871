"""A recurrent cell as a box with its weights' names, and the arrows that carry its input, output and state."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
from manim import DOWN, RIGHT, Animation, Arrow, CurvedArrow, RoundedRectangle, VGroup, VMobject

from scenes.parts.room.box import Box
from scenes.parts.room.layout import fit
from scenes.parts.room.motion import arrive, leave
from scenes.parts.text.typeset import Typeset
from scenes.stage import style
from scenes.stage.style import Look

TIP = 0.16
CORNER = 0.14
NAMED, FILLED = 0.72, 0.7  # of the height of its place: what the cell's name takes at most, and a weight's
EDGE = 0.06  # free inside the box, as a share of it
TITLE, REST = 1.3, 2.5  # shares of the height for the name, and for what is below it
GROW = 1.6  # of names in a large box
LOOP_SHARE, LOOP_MAX = (
    0.44,
    1.1,
)  # from where the loop leaves a cell to where it enters: of its height; at most
LOOP_ANGLE = -np.pi * 1.25
WAY = 0.3  # of an arrow into a cell or out of it
OUT, CELL, IN = 0.35, 2.8, 0.65  # heights around one large cell, as shares
LOOP_ROOM = 1.8  # beside a large cell


class CellBox(VGroup):
    """`box`, `name` and `weights`, the same in every copy of the cell; `inside` is the room within its edge.

    It may have neither, and be no more than a box that glows.
    """

    def __init__(
        self, look: Look, room: Box, name: Typeset | None = None, weights: Sequence[Typeset] = ()
    ) -> None:
        super().__init__()
        self.look, self.room = look, room
        self.box = RoundedRectangle(
            width=room.width, height=room.height, corner_radius=CORNER, stroke_width=style.LINE
        )
        self.box.set_stroke(look.positive).set_fill(look.surface, opacity=1).move_to(room.centre)
        across, up = EDGE * room.width, EDGE * room.height
        self.inside = room.without(left=across, right=across, top=up, bottom=up)
        above, below = self.inside.rows(TITLE, REST, gap=0)
        titled = above.middle(height=NAMED * above.height) if weights else self.inside
        self.name = VGroup() if name is None else fit(name, titled, grow=GROW)
        places = below.grid(2, max(-(-len(weights) // 2), 1), style.TIGHT)
        self.weights = VGroup(
            *(
                fit(one, place.middle(height=FILLED * place.height), grow=GROW)
                for one, place in zip(weights, places, strict=False)
            )
        )
        self.add(self.box, self.name, self.weights)
        self.set_z_index(1)

    def glow(self, role: str, share: float) -> CellBox:
        """Fill it with `share` (0..1) of a role."""
        look, most = self.look, style.FILL_MAX if len(self.name) else 1.0
        tint = style.blend(look.surface, look.colour(role), most * share)
        self.box.set_fill(tint, opacity=1).set_stroke(look.colour(role) if share > 0 else look.muted)
        return self

    def holds(self, content: VMobject) -> list[Animation]:
        """Animations that put `content` in place of all names; it is drawn above the box, not part of it."""
        gone = VGroup(*self.name, *self.weights)
        self.remove(self.name, self.weights)
        self.name, self.weights = VGroup(), VGroup()
        return [*([leave(gone)] if len(gone) else []), arrive(content.set_z_index(2))]


def arrow(look: Look, start: np.ndarray, end: np.ndarray, role: str = "muted") -> Arrow:
    """A straight arrow with a small tip."""
    return Arrow(
        start,
        end,
        buff=0.05,
        color=look.colour(role),
        stroke_width=style.LINE,
        tip_length=TIP,
        max_tip_length_to_length_ratio=0.6,
        max_stroke_width_to_length_ratio=100,
    )


def flows(look: Look, room: Box, length: float = WAY) -> VGroup:
    """The arrow from below into a cell that takes `room`, and the one out of it above."""
    foot, head, way = room.at(0.5, 0), room.at(0.5, 1), np.array([0, length, 0])
    return VGroup(arrow(look, foot - way, foot, "input"), arrow(look, head, head + way, "activation"))


def loop(look: Look, room: Box) -> CurvedArrow:
    """A cell's own output back into itself: out on the right above, in again on the right below."""
    side = room.middle(height=min(LOOP_SHARE * room.height, LOOP_MAX))
    start, end, gap = side.at(1, 1), side.at(1, 0), np.array([0.05, 0, 0])
    line = {"color": look.activation, "stroke_width": style.LINE, "tip_length": TIP}
    return CurvedArrow(start + gap, end + gap, angle=LOOP_ANGLE, **line)


def looped(cell: CellBox) -> VGroup:
    """A cell, its loop, and the arrows into it and out of it."""
    return VGroup(cell, loop(cell.look, cell.room), *flows(cell.look, cell.room))


class LargeCell:
    """One cell with its loop in a box: `drawn`, the `names` of what it gives out and carries, `place` of its input."""

    def __init__(
        self, box: Box, cell: Callable[[Box], CellBox], out: VMobject, carried: Sequence[VMobject]
    ) -> None:
        above, middle, self.place = box.without(right=LOOP_ROOM).rows(OUT, CELL, IN, gap=WAY)
        self.drawn = looped(cell(middle))
        state = VGroup(*carried).arrange(DOWN, buff=style.TIGHT).next_to(self.drawn[1], RIGHT, style.TIGHT)
        self.names = VGroup(fit(out, above), state)
