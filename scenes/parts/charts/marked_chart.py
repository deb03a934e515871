"""A chart of several lines of one meaning: told apart by marks along them and names beside them, not by colour."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TypeAlias

import numpy as np
from manim import (
    Animation,
    AnimationGroup,
    Create,
    FadeIn,
    LaggedStart,
    Mobject,
    Transform,
    VGroup,
    VMobject,
    linear,
)

from scenes.parts.charts.chart import MARKS_MOST, Chart
from scenes.parts.charts.markers import RADIUS
from scenes.parts.room.layout import apart
from scenes.parts.text.typeset import Typeset
from scenes.stage import style

Named: TypeAlias = tuple[
    np.ndarray, np.ndarray, Typeset | None
]  # x and y of a line, and its name, if it has one

FAINT = 0.5  # opacity of a line that steps back
APART = 0.44  # units between names below each other


class MarkedChart(Chart):
    """`labels` are the lines' names, each in its place. `most`: marks of a line, at most.

    A name stands at the right end of its line, if there is room; with `named_last` at the end that is drawn last.
    """

    most = MARKS_MOST
    named_last = False

    def take(self, lines: Mapping[int, Named], role: str, sign: Callable[[int, str], VMobject]) -> None:
        """Keep these lines, whose points come in the order in which they are drawn, and find places for their names.

        `sign` makes the mark of a line in a role.
        """
        self.lines, self.role, self.sign = lines, role, sign
        self.labels: dict[int, Typeset] = {}
        drawn = {key: self.marked(key) for key in lines}
        self.names.keep_off(*(curve for curve, _ in drawn.values()))
        for key, (curve, marks) in drawn.items():
            xs, _, name = lines[key]
            if name is None:
                continue
            if xs[-1] < xs[0] and not self.named_last:
                curve.reverse_direction()
            self.labels[key] = self.names.place(name, curve if len(curve.points) else marks, RADIUS)

    def name_column(self, left: float, low: float, high: float) -> None:
        """All names in one column from `left` on, each as near to the end of its line as the others let it."""
        wanted = [float(self.at(xs[-1], ys[-1])[1]) for xs, ys, _ in self.lines.values()]
        for name, height in zip(self.labels.values(), apart(wanted, APART, low, high), strict=True):
            name.left_at([left, height, 0])

    def marked(self, key: int, role: str = "") -> VGroup:
        """A line and its marks; thinner in the role muted."""
        (xs, ys, _), role = self.lines[key], role or self.role
        width = style.LINE if role == "muted" else style.STRONG
        curve = self.line(xs, ys, role, width) if len(xs) > 1 else VMobject()
        return VGroup(curve, self.marks(xs, ys, lambda: self.sign(key, role), self.most))

    def reference(
        self,
        xs: Sequence[float] | np.ndarray,
        ys: Sequence[float] | np.ndarray,
        name: Typeset,
        role: str = "ink",
    ) -> VGroup:
        """A dashed line with its name beside it: what the measured lines are held against."""
        line = self.dashed(xs, ys, role).set_z_index(1)
        self.names.keep_off(line)
        return VGroup(line, self.names.place(name, line, RADIUS))

    def becomes(self, key: int, line: VGroup, role: str, other: MarkedChart | None = None) -> list[Animation]:
        """A line and its name take another role (muted: they step back), or their places on another chart."""
        chart = other or self
        curve, marks = goal = chart.marked(key, role)
        if role == "muted":
            curve.set_stroke(opacity=FAINT)
            marks.set_opacity(FAINT)
        steps: list[Animation] = [Transform(line, goal)]
        if key in self.labels:
            name = chart.labels[key].copy().set_color(self.look.colour(role))
            steps.append(Transform(self.labels[key], name))
        return steps

    def lit(self, key: int, lines: Mapping[int, VGroup], other: MarkedChart | None = None) -> list[Animation]:
        """One of the drawn `lines` keeps its colour, the others step back; all move to another chart, if any."""
        roles = {one: self.role if one == key else "muted" for one in lines}
        return [step for one, line in lines.items() for step in self.becomes(one, line, roles[one], other)]

    def drawn(self, line: VGroup, above: Iterable[Mobject] = ()) -> Animation:
        """The line grows, and its marks with it, each dropping from what stands above it (one thing a point)."""
        curve, marks = line
        start = list(above)
        places = start[:: -(-len(start) // self.most)] if start else [None] * len(marks)
        drop = [FadeIn(mark, target_position=place) for mark, place in zip(marks, places, strict=True)]
        falling = LaggedStart(*drop, lag_ratio=0.5)
        if not len(curve.points):  # of one point the mark says it all
            return falling
        return AnimationGroup(Create(curve, run_time=falling.run_time, rate_func=linear), falling)
