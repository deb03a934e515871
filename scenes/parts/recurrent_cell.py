"""A recurrent cell as a box with its weights' names, and the arrows that carry its input, output and state."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from manim import Arrow, CurvedArrow, RoundedRectangle, VGroup

from scenes.parts.box import Box
from scenes.parts.layout import fit
from scenes.parts.typeset import Typeset
from scenes.stage import style
from scenes.stage.style import Look

TIP = 0.16
CORNER = 0.14
FILLED = 0.7  # of the height of its place: what a weight's name takes at most
EDGE = 0.06  # free inside the box, as a share of it
TITLE, REST = 1.0, 2.6  # shares of the height for the name, and for what is below it
GROW = 1.6  # of names in a large box
LOOP_SHARE, LOOP_MAX = (
    0.44,
    1.1,
)  # from where the loop leaves a cell to where it enters: of its height; at most
LOOP_ANGLE = -np.pi * 1.25


class CellBox(VGroup):
    """`box`, `name` and `weights`, the same in every copy of the cell; `inner` is the room below the name."""

    def __init__(self, look: Look, room: Box, name: Typeset, weights: Sequence[Typeset]) -> None:
        super().__init__()
        self.look, self.room = look, room
        self.box = RoundedRectangle(
            width=room.width, height=room.height, corner_radius=CORNER, stroke_width=style.LINE
        )
        self.box.set_stroke(look.positive).set_fill(look.surface, opacity=1).move_to(room.centre)
        across, up = EDGE * room.width, EDGE * room.height
        inside = room.without(left=across, right=across, top=up, bottom=up)
        above, self.inner = inside.rows(TITLE, REST, gap=0)
        self.name = fit(name, above, grow=GROW)
        places = self.inner.grid(2, -(-len(weights) // 2), style.TIGHT)
        self.weights = VGroup(
            *(
                fit(one, place.middle(height=FILLED * place.height), grow=GROW)
                for one, place in zip(weights, places, strict=False)
            )
        )
        self.add(self.box, self.name, self.weights)


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


def flows(look: Look, room: Box, length: float) -> VGroup:
    """The arrow from below into a cell that takes `room`, and the one out of it above."""
    foot, head, way = room.at(0.5, 0), room.at(0.5, 1), np.array([0, length, 0])
    return VGroup(arrow(look, foot - way, foot, "input"), arrow(look, head, head + way, "activation"))


def loop(look: Look, room: Box) -> CurvedArrow:
    """A cell's own output back into itself: out on the right above, in again on the right below."""
    side = room.middle(height=min(LOOP_SHARE * room.height, LOOP_MAX))
    start, end, gap = side.at(1, 1), side.at(1, 0), np.array([0.05, 0, 0])
    line = {"color": look.activation, "stroke_width": style.LINE, "tip_length": TIP}
    return CurvedArrow(start + gap, end + gap, angle=LOOP_ANGLE, **line)
