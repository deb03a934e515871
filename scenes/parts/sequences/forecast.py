"""A predicted number beside the one that was right: a dot and a ring on one upright axis, and both numbers."""

from __future__ import annotations

from manim import Circle, Dot, Line, VGroup

from scenes.parts.charts.scale import Scale
from scenes.parts.room.box import Box
from scenes.parts.room.layout import column, fit
from scenes.stage import style
from scenes.stage.comparing import comparable
from scenes.stage.stage import Stage

DIGIT = 0.115  # the width of a digit, in units
DOT, RING, RING_ROOM = 0.09, 0.13, 0.3
BEYOND = 0.06  # of the axis, for what lies beyond it


class Forecast(VGroup):
    """Axis, dot and numbers at `index` of the series `guess` and `target`; `mark` is the ring of the target.

    `ends` are the numbers at the ends of the axis; numbers are written in `form` where that tells them apart.
    """

    def __init__(
        self, film: Stage, box: Box, guess: str, target: str, index: int, ends: tuple[float, float], form: str
    ) -> None:
        super().__init__()
        box = box.without(bottom=style.TIGHT, top=style.TIGHT)
        roles = {guess: "activation", target: "loss"}
        values = [float(film.array(name)[index]) for name in roles]
        form = comparable(values, form=form, most=(box.width - 2 * RING_ROOM) / DIGIT)
        texts = [film.value(film.s(name), index, form=form, colour=role) for name, role in roles.items()]
        numbers = column(texts)
        box = box.middle(width=numbers.width + 2 * RING_ROOM)
        line, scale, across = box.middle(height=box.height - 2 * RING), Scale(*ends), RING / box.width
        axis = Line(line.at(across, 0), line.at(across, 1), color=film.look.muted, stroke_width=style.LINE)
        at = [line.at(across, min(max(scale.share(one), -BEYOND), 1 + BEYOND)) for one in values]
        dot = Dot(at[0], radius=DOT, color=film.look.activation).set_z_index(1)
        self.mark = Circle(RING, color=film.look.loss, stroke_width=style.LINE).move_to(at[1])
        self.add(axis, dot, fit(numbers, box, "right"))
