"""A state inside the cell that holds it, and what its signs mean."""

from __future__ import annotations

from manim import VGroup

from scenes.parts.arrays.states import States
from scenes.parts.arrays.table import Column, Table
from scenes.parts.room.box import Box
from scenes.parts.room.folding import fold
from scenes.stage import style
from scenes.stage.comparing import comparable
from scenes.stage.stage import Stage

ROWS_MAX, PX = 4, 38  # numbers in a cell, and their size where there is room
STRIP, NUMBERS = 1.0, 3.0  # shares of a cell's width
PITCH = 0.6  # from one sign of the legend to the next
ENDS_CHARS = 8  # the room for the largest and the smallest number


def held(film: Stage, states: States, series: str, step: int, box: Box) -> VGroup:
    """The state after a step in a cell: a strip of squares or colours, and the first and last numbers."""
    left, right = box.columns(STRIP, NUMBERS, gap=style.TIGHT)
    strip = states.columns([step], [left.middle(states.strip)])
    rows = fold(states.values.shape[1], ROWS_MAX)
    numbers = film.values(series, [(step, unit) for unit in rows.shown], ".2f", PX)
    table = Table(film.look, [Column(numbers)], right, rows=rows, up="centre")
    return VGroup(strip, table.shift([right.right - table.get_right()[0], 0, 0]))


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
