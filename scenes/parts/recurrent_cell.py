"""A recurrent cell as a box with its weights' name, and the arrows that carry its state."""

from __future__ import annotations

import numpy as np
from manim import Arrow, CurvedArrow, Mobject, RoundedRectangle, VGroup

from scenes.parts.typeset import Typeset
from scenes.stage import style
from scenes.stage.style import Look

WIDTH, HEIGHT = 1.36, 1.64
TIP = 0.16
CORNER = 0.14


class CellBox(VGroup):
    """`box`, `name`, and `weights`: the same in every copy of the cell. Centred on (x, y)."""

    def __init__(self, look: Look, name: Typeset, weights: VGroup, x: float, y: float) -> None:
        super().__init__()
        self.look = look
        self.box = RoundedRectangle(
            width=WIDTH,
            height=HEIGHT,
            corner_radius=CORNER,
            color=look.positive,
            stroke_width=style.LINE,
        )
        self.box.set_fill(look.surface, opacity=1).move_to([x, y, 0])
        self.name = name.centre_at([x, y + HEIGHT / 2 - 0.26, 0])
        self.weights = weights
        self.add(self.box, self.name, self.weights)

    def side(self, direction: float) -> np.ndarray:
        """The middle of the left (−1) or right (1) edge."""
        return np.array(self.box.get_center()) + np.array([direction * WIDTH / 2, 0, 0])

    def end(self, direction: float) -> np.ndarray:
        """The middle of the lower (−1) or upper (1) edge."""
        return np.array(self.box.get_center()) + np.array([0, direction * HEIGHT / 2, 0])


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


def loop(look: Look, cell: CellBox) -> Mobject:
    """The cell's own output back into itself: out on the right above, in again on the right below."""
    side = cell.side(1)
    return CurvedArrow(
        side + np.array([0.04, 0.42, 0]),
        side + np.array([0.06, -0.42, 0]),
        angle=-np.pi * 1.25,
        color=look.activation,
        stroke_width=style.LINE,
        tip_length=TIP,
    )
