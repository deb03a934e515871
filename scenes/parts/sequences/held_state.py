"""A state inside the cell that holds it, and what its signs mean."""

from __future__ import annotations

from manim import VGroup

from scenes.parts.arrays.states import States
from scenes.parts.arrays.table import SHRINK_LEAST, Column, Table
from scenes.parts.room.box import Box
from scenes.stage import style
from scenes.stage.comparing import comparable
from scenes.stage.stage import Stage

PX, PITCH_LEAST = 38, 0.3  # of the numbers in a cell, where there is room; from one to the next
STRIP, NUMBERS = 1.0, 3.0  # shares of a cell's width
PITCH = 0.6  # from one sign of the legend to the next
ENDS_CHARS = 8  # the room for the largest and the smallest number


def held(film: Stage, states: States, series: str, step: int, box: Box) -> VGroup:
    """The state after a step in a cell: a strip of squares or colours, and numbers, each level with its own.

    Where there is no room for all numbers, they are the first and the last one.
    """
    left, right = box.columns(STRIP, NUMBERS, gap=style.TIGHT)
    strip = states.columns([step], [left.middle(states.strip)])
    last = states.values.shape[1] - 1
    places = left.rows(*[1.0] * (last + 1), gap=0)
    every = places[0].height >= PITCH_LEAST
    shown = list(range(last + 1)) if every else [0, last]
    numbers = VGroup(*film.values(series, [(step, unit) for unit in shown], ".2f", PX))
    share = max(SHRINK_LEAST, min(1.0, right.width / numbers.width))
    for unit, number in zip(shown, numbers, strict=True):
        number.scale(share).right_at([right.right, places[unit].centre[1], 0])
    if not every:
        dots = film.words("⋮", style.LABEL_PX, "muted")
        numbers.add(dots.centre_at([numbers.get_x(), left.centre[1], 0]))
    return VGroup(strip, numbers)


def legend(film: Stage, states: States, series: str, box: Box, names: tuple[str, str], cell: float) -> Table:
    """The largest and the smallest value of this run, as they are drawn in cells of that size, and as numbers.

    `names` are labels of positive and negative.
    """
    ends, values = states.ends(cell), states.values
    form = comparable([values.min(), values.max()], form=".2f", most=ENDS_CHARS)
    columns = [Column([sign for _, sign in ends])]
    if not states.dense:
        columns.append(
            Column(
                [
                    film.words(film.label(names[bool(values[place] < 0)]), style.LABEL_PX, "muted")
                    for place, _ in ends
                ],
                align="left",
            )
        )
    columns.append(Column(film.values(series, [place for place, _ in ends], form, role="activation")))
    return Table(film.look, columns, box, gap=style.WIDE, pitch=max(PITCH, cell + style.TIGHT))
