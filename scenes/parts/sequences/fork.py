"""One item and the different ones that came after it: what it alone does not tell."""

from __future__ import annotations

from collections.abc import Sequence

from manim import VGroup

from scenes.parts.room.box import Box
from scenes.parts.room.layout import fit
from scenes.parts.sequences.recurrent_cell import arrow
from scenes.parts.text.typeset import words
from scenes.stage import style
from scenes.stage.declare import allow
from scenes.stage.style import Look

SHARES = (
    1,
    0.8,
    1,
    0.7,
    2.6,
)  # of the width: the item, the ways, what came after, "?", and what stands beside
MARK_PX = 90


class Fork(VGroup):
    """`same` are tokens of one item, of which the first stays, `after` what followed; `asked` is a "?".

    `beside` is the room right of it.
    """

    def __init__(self, look: Look, box: Box, same: Sequence[VGroup], after: Sequence[VGroup]) -> None:
        one, _, both, mark, self.beside = box.columns(*SHARES, gap=style.GAP)
        self.same = VGroup(*(token.move_to(one.centre) for token in same))
        allow(self.same, "text-over-line", "tokens of one item become one", moving=True)
        allow(self.same, "text-over-text", "the others leave as they have become one")
        places = both.rows(*[1.0] * len(after))
        self.after = VGroup(
            *(token.move_to(place.centre) for token, place in zip(after, places, strict=True))
        )
        self.ways = VGroup(*(arrow(look, same[0].get_right(), end.get_left()) for end in self.after))
        self.asked = fit(words("?", look, MARK_PX, "ink", "bold"), mark)
        super().__init__(self.same[0], self.ways, self.after, self.asked)
