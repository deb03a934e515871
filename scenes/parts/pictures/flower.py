"""An iris drawn to scale from its four measurements, with a line for each of them."""

from __future__ import annotations

import numpy as np
from manim import LEFT, ORIGIN, PI, RIGHT, UP, Line, VGroup, VMobject

from scenes.parts.room.box import Box
from scenes.parts.room.layout import fit
from scenes.stage import style
from scenes.stage.style import Look, blend

COUNT = 3  # sepals, and petals
SEPAL, PETAL = 0.3, 0.65  # of the role's colour in a fill
NEAR, FAR = 0.35, 0.95  # where a leaf's edge is drawn to, as shares of its length
WIDEST = (3 * NEAR + 3 * FAR + 1) / 8  # where that makes it widest
BULGE = 2 / 3  # how far out it is drawn to, as a share of its width, so that it is as wide as measured
PIECES = 30
RIGHTS, LIFT = (
    2,
    0.42,
)  # measures of the sepal at the right; the texts of the petal's are so far above and below it


class Flower(VGroup):
    """sepal, petal: length and width in one unit of length, which is a unit of the frame until `fit` scales it.

    `measures` are the lines of sepal length, sepal width, petal length and petal width.
    """

    def __init__(self, look: Look, sepal: tuple[float, float], petal: tuple[float, float]) -> None:
        super().__init__()
        self.look = look
        ring = [(sepal, SEPAL, 0.0), (petal, PETAL, PI / COUNT)]
        leaves = [
            self._leaf(size, share).rotate(first + 2 * PI * k / COUNT, about_point=np.zeros(3))
            for size, share, first in ring
            for k in range(COUNT)
        ]
        (long, wide), (short, narrow) = sepal, petal
        at, back = WIDEST * long, -WIDEST * short
        ends = [
            ([0, 0, 0], [long, 0, 0]),
            ([at, -wide / 2, 0], [at, wide / 2, 0]),
            ([0, 0, 0], [-short, 0, 0]),
            ([back, -narrow / 2, 0], [back, narrow / 2, 0]),
        ]
        self.leaves = VGroup(*leaves)
        self.measures = VGroup(*(Line(a, b, color=look.ink, stroke_width=style.LINE) for a, b in ends))
        self.add(self.leaves)

    def _leaf(self, size: tuple[float, float], share: float) -> VMobject:
        long, wide = size
        leaf = VMobject(stroke_color=self.look.input, stroke_width=style.HAIRLINE, fill_opacity=1)
        leaf.set_fill(blend(self.look.background, self.look.input, share))
        leaf.start_new_path(np.zeros(3))
        for side in (1, -1):
            near, far = ([x * long, side * BULGE * wide, 0] for x in (NEAR, FAR))
            controls = (near, far, [long, 0, 0]) if side > 0 else (far, near, [0, 0, 0])
            leaf.add_cubic_bezier_curve_to(*map(np.array, controls))
        leaf.insert_n_curves(PIECES)  # so that its size is measured at its edge
        return leaf

    def into(self, box: Box, scale: float = 0.0) -> Flower:
        """In the middle of a box, as large as it allows or in the scale of another one."""
        whole = VGroup(self.leaves, self.measures)
        whole.scale(scale) if scale else fit(whole, box, grow=np.inf)
        whole.shift(box.centre - whole.get_center())
        return self

    def label(self, number: int, text: VMobject) -> VGroup:
        """Put a text at the line of a measure; on the petals' side, which is crowded, beside the flower."""
        line = self.measures[number]
        if number < RIGHTS:
            side, edge = ((RIGHT, ORIGIN), (UP, LEFT))[number]
            return VGroup(text.next_to(line, side, buff=style.TIGHT, aligned_edge=edge))
        up, end = (LIFT, line.get_left()) if number == RIGHTS else (-LIFT, line.get_bottom())
        foot = np.array([self.leaves.get_left()[0] - style.TIGHT, line.get_y() + up, 0])
        leader = Line(foot, end, color=self.look.ink, stroke_width=style.HAIRLINE)
        return VGroup(text.next_to(foot, LEFT, buff=style.TIGHT / 2), leader)
