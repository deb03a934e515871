"""What a net predicted at every step, a row each for several moments of its training, under what was right."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from manim import VGroup

from scenes.parts.arrays.table import Bars, Column, Table
from scenes.parts.room.box import Box
from scenes.parts.room.folding import Fold
from scenes.parts.text.typeset import Typeset, words
from scenes.stage import style
from scenes.stage.style import Look

Tile = Callable[[int, Box], VGroup]
TILE = 0.72  # of the pitch of rows
BEYOND = 0.14  # of a frame around a row


class Guesses(Table):
    """`names` are those of the rows, the first of what was right; `tiles` make a row's tile of a step, in a box.

    `after` are columns of what each row came to. Steps that are left out have a ⋯.
    """

    def __init__(
        self,
        look: Look,
        box: Box,
        steps: Fold,
        names: Sequence[Typeset],
        tiles: Sequence[Tile],
        after: Sequence[Column | Bars],
    ) -> None:
        pitch = box.height / (len(names) + 0.6)
        room = Box(-pitch, pitch, -TILE * pitch / 2, TILE * pitch / 2)
        columns = [Column([make(step, room) for make in tiles], align="centre") for step in steps.shown]
        if steps.gap is not None:
            dots = [words("⋯", look, style.FORMULA_PX, "muted") for _ in tiles]
            columns.insert(steps.gap, Column(dots, align="centre"))
        named = Column(names, align="left")
        super().__init__(look, [named, *columns, *after], box, pitch=pitch, gap=1.2, up="centre")
