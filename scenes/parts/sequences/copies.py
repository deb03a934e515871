"""What each copy of a recurrent cell adds to a sum: a term below every cell, its size, and signs between them."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import numpy as np
from manim import VGroup

from scenes.parts.room.box import Box
from scenes.parts.room.slots import Slots
from scenes.parts.sequences.recurrent_cell import arrow
from scenes.parts.sequences.recurrent_row import RecurrentRow
from scenes.parts.text.typeset import Typeset, math, words
from scenes.stage import style
from scenes.stage.style import Look

WAY = 0.75  # from a cell down to its term
SIZE_ROOM, SIZE_PX = 0.7, 36  # below the terms


class Copies:
    """`each` are `parts` with arrows from their cells of `row`, down to `bottom`; `signs` stand between them.

    What `sizes` say stands under the parts, in mobjects of that name.
    """

    def __init__(
        self,
        look: Look,
        row: RecurrentRow,
        bottom: float,
        parts: Sequence[Typeset],
        sizes: Sequence[str],
        px: float,
    ) -> None:
        shown, top, whole = row.drawn.shown, row.get_bottom()[1] - style.GAP, row.cells.row
        places = Slots(Box(whole.left, whole.right, bottom + SIZE_ROOM, top - WAY), row.drawn)
        self.sizes = [words(one, look, SIZE_PX, "gradient") for one in sizes]
        for part, size, step in zip(parts, self.sizes, shown, strict=True):
            part.centre_at(places[step].centre)
            size.centre_at([part.get_x(), bottom + 0.7 * SIZE_ROOM, 0])
        up = np.array([0, style.TIGHT, 0])
        ways = [arrow(look, np.array([one.get_x(), top, 0]), one.get_top() + up, "gradient") for one in parts]
        self.each = [VGroup(*pair) for pair in zip(ways, parts, strict=True)]
        near = [pair for pair, (a, b) in zip(pairwise(parts), pairwise(shown), strict=True) if b == a + 1]
        pluses = [math("+", look, px).centre_at((a.get_center() + b.get_center()) / 2) for a, b in near]
        self.signs = [*pluses, *places.ellipsis(look)]
