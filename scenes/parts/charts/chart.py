"""A chart in a box: axes from recorded numbers, lines through recorded points, and names beside what they name."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np
from manim import DashedLine, DashedVMobject, Dot, Line, LineJointType, Rectangle, VGroup, VMobject

from scenes.parts.charts.naming import Names
from scenes.parts.charts.scale import LogScale, Scale
from scenes.parts.room.box import Box
from scenes.parts.room.layout import line_box
from scenes.parts.text.typeset import Typeset
from scenes.stage import style
from scenes.stage.style import Look

TICK = 0.07
TICK_GAP = 0.16  # from an axis to the numbers on it
NAME_GAP = 0.12
NAME_LIFT, NUMBER_HALF, NEAR_TOP = (
    0.14,
    0.1,
    0.97,
)  # above an axis: its name; a number beside its end, as a share
LINE_OF_TEXT = 0.3  # the height of a line of numbers
BREAK = np.array([0.12, 0.05, 0])  # half of a stroke that breaks an axis
BREAK_GAP = np.array([0, 0.06, 0])
GRID_OPACITY = 0.3
DOT_RADIUS = 0.1
DASHES = 28
ARROW = {"buff": 0, "max_tip_length_to_length_ratio": 0.25, "tip_length": 0.2, "stroke_width": 5}
MARKS_MOST = 12


@dataclass
class Axis:
    """`ticks` are the numbers on it, by value; `name` stands at its end, or below it in the middle (`under`).

    `crosses`: the value of the other axis at which this one is drawn; None: at its beginning. `grid`: hairlines
    through the chart at every tick.
    """

    scale: Scale
    name: Typeset | None = None
    ticks: Mapping[float, Typeset] = field(default_factory=dict)
    crosses: float | None = None
    grid: bool = False
    under: bool = False


class Chart(VGroup):
    """`frame` is axes (or, `framed`, a rectangle), ticks and names; lines and dots belong to whoever asks for them.

    `across`: the horizontal axis reaches from side to side of this box, which is drawn above or below the chart, so
    that places on both can be compared; numbers and names then stand beside it.
    """

    def __init__(
        self, look: Look, box: Box, x: Axis, y: Axis, framed: bool = False, across: Box | None = None
    ) -> None:
        super().__init__()
        self.look, self.x, self.y, self.outer, self.framed = look, x, y, box, framed
        self.box = self._inner(box)
        if across is not None:
            self.box = replace(self.box, left=across.left, right=across.right)
        self.frame = VGroup(*self._axes(), *self._x_ticks(), *self._y_ticks(), *self._names())
        self.add(self.frame)
        self.names = Names(replace(self.box, right=max(box.right, self.box.right)))

    # -- where things lie ------------------------------------------------------------------------------------------

    def at(self, x: float, y: float) -> np.ndarray:
        """The point of the frame for data (x, y)."""
        return self.box.at(self.x.scale.share(float(x)), self.y.scale.share(float(y)))

    def _inner(self, box: Box) -> Box:
        """What the numbers and names leave for the axes themselves."""
        left = max((one.width for one in self.y.ticks.values()), default=0.0)
        across = self._crossing(self.x.scale, self.y.crosses)
        below = LINE_OF_TEXT * bool(self.x.ticks) + LINE_OF_TEXT * (self.x.under and self.x.name is not None)
        right = (
            line_box(self.x.name).width + NAME_GAP if self.x.name is not None and not self.x.under else 0.0
        )
        last = max((one.width / 2 for one in self.x.ticks.values()), default=0.0)
        return box.without(
            left=(left + TICK_GAP) * (bool(self.y.ticks) and across < 0.1),
            bottom=(below + 0.12) * (below > 0),
            top=line_box(self.y.name).height + 0.06 + self._lift if self.y.name else 0.12,
            right=max(right, last),
        )

    @staticmethod
    def _crossing(scale: Scale, value: float | None) -> float:
        return 0.0 if value is None else min(max(scale.share(value), 0.0), 1.0)

    @property
    def _lift(self) -> float:
        """How far above the axis the name of the vertical one begins: clear of a number at its upper end."""
        highest = max(map(self.y.scale.share, self.y.ticks), default=0.0)
        return NAME_LIFT + NUMBER_HALF * (highest > NEAR_TOP)

    @property
    def _x_height(self) -> float:
        return float(self.box.at(0, self._crossing(self.y.scale, self.x.crosses))[1])

    @property
    def _y_place(self) -> float:
        return float(self.box.at(self._crossing(self.x.scale, self.y.crosses), 0)[0])

    # -- axes ------------------------------------------------------------------------------------------------------

    def _axes(self) -> list[VMobject]:
        muted = {"color": self.look.muted, "stroke_width": style.LINE}
        if self.framed:
            sides = Rectangle(width=self.box.width, height=self.box.height, stroke_width=style.HAIRLINE)
            return [sides.set_stroke(self.look.muted).move_to(self.box.centre)]
        across = Line([self.box.left, self._x_height, 0], [self.box.right, self._x_height, 0], **muted)
        up = Line([self._y_place, self.box.bottom, 0], [self._y_place, self.box.top, 0], **muted)
        scale = self.y.scale
        if not (isinstance(scale, LogScale) and scale.zero):
            return [across, up]
        middle = np.array([self._y_place, self.box.at(0, scale.broken_at / 2)[1], 0])
        hidden = Line(
            middle - BREAK_GAP, middle + BREAK_GAP, color=self.look.background, stroke_width=3 * style.LINE
        )
        strokes = [
            Line(middle + side - BREAK, middle + side + BREAK, **muted) for side in (-BREAK_GAP, BREAK_GAP)
        ]
        return [across, up, hidden, *strokes]

    def _x_ticks(self) -> list[VMobject]:
        out: list[VMobject] = []
        for value, label in self.x.ticks.items():
            foot = np.array([self.box.at(self.x.scale.share(value), 0)[0], self._x_height, 0])
            out.append(self._tick(foot, foot - [0, TICK, 0]))
            out.append(label.centre_at(foot - [0, TICK_GAP + 0.12, 0]))
            if self.x.grid:
                out.append(self._hairline(foot, [foot[0], self.box.top, 0]))
        return out

    def _y_ticks(self) -> list[VMobject]:
        out: list[VMobject] = []
        for value, label in self.y.ticks.items():
            foot = np.array([self._y_place, self.box.at(0, self.y.scale.share(value))[1], 0])
            out.append(self._tick(foot, foot - [TICK, 0, 0]))
            out.append(label.right_at(foot - [TICK_GAP, 0, 0]))
            if self.y.grid:
                out.append(self._hairline(foot, [self.box.right, foot[1], 0]))
        return out

    def _tick(self, start: np.ndarray, end: np.ndarray) -> Line:
        return Line(start, end, color=self.look.muted, stroke_width=style.LINE)

    def _hairline(self, start: np.ndarray, end: Any) -> Line:
        line = Line(start, end, color=self.look.muted, stroke_width=style.HAIRLINE)
        return line.set_stroke(opacity=GRID_OPACITY)

    def _names(self) -> list[Typeset]:
        out = []
        if self.x.name is not None and self.x.under:
            below = self._x_height - (TICK_GAP + LINE_OF_TEXT) * bool(self.x.ticks) - 0.16
            out.append(self.x.name.centre_at([self.box.centre[0], below, 0]))
        elif self.x.name is not None:
            out.append(self.x.name.left_at([self.box.right + NAME_GAP, self._x_height, 0]))
        if self.y.name is not None:
            own = line_box(self.y.name)
            left = max(self._y_place - own.width / 2, self.outer.left)
            out.append(self.y.name.shift([left - own.left, self.box.top + self._lift - own.bottom, 0]))
        return out

    # -- what is drawn on it ---------------------------------------------------------------------------------------

    def line(
        self,
        xs: Sequence[float] | np.ndarray,
        ys: Sequence[float] | np.ndarray,
        role: str,
        width: float = style.STRONG,
    ) -> VMobject:
        """Through the recorded points."""
        line = VMobject(color=self.look.colour(role), stroke_width=width, joint_type=LineJointType.ROUND)
        return line.set_points_as_corners([self.at(x, y) for x, y in zip(xs, ys, strict=True)])

    def dashed(
        self, xs: Sequence[float] | np.ndarray, ys: Sequence[float] | np.ndarray, role: str
    ) -> VMobject:
        """The same, dashed."""
        return DashedVMobject(self.line(xs, ys, role, style.LINE), num_dashes=DASHES)

    def marks(
        self, xs: Sequence[float] | np.ndarray, ys: Sequence[float] | np.ndarray, sign: Callable[[], VMobject],
        most: int = MARKS_MOST,
    ) -> VGroup:  # fmt: skip
        """A sign at points of a line, at most so many, from the first on."""
        every = -(-len(xs) // most)
        return VGroup(*(sign().move_to(self.at(xs[i], ys[i])) for i in range(0, len(xs), every)))

    def dot(self, x: float, y: float, role: str, radius: float = DOT_RADIUS) -> Dot:
        """A point."""
        return Dot(self.at(x, y), radius=radius, color=self.look.colour(role))

    def guide(self, start: tuple[float, float], end: tuple[float, float], role: str = "muted") -> DashedLine:
        """A dashed line between two data points."""
        colour = self.look.colour(role)
        return DashedLine(self.at(*start), self.at(*end), color=colour, stroke_width=style.LINE)

    def read_off(self, x: float, y: float, role: str) -> VGroup:
        """From `x` on its axis up to the curve and across to `y`: two guides and a dot where they meet."""
        foot = self.x.crosses if self.x.crosses is not None else self.y.scale.low
        side = self.y.crosses if self.y.crosses is not None else self.x.scale.low
        return VGroup(
            self.guide((x, foot), (x, y), role), self.guide((x, y), (side, y), role), self.dot(x, y, role)
        )
