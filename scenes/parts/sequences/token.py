"""Items of a sequence, characters or numbers, on rounded tiles: one of them, or all in a row."""

from __future__ import annotations

from collections.abc import Callable

from manim import ORIGIN, Animation, FadeIn, RoundedRectangle, TransformFromCopy, VGroup

from scenes.parts.room.box import Box
from scenes.parts.room.folding import Fold
from scenes.parts.room.layout import fit, row
from scenes.parts.room.motion import drop_first
from scenes.parts.text.typeset import Typeset, words
from scenes.stage import style
from scenes.stage.declare import allow
from scenes.stage.style import Look

PAD = 0.26  # beside a text that is wider than the tile is high
CORNER = 0.1


def token(look: Look, text: Typeset, side: float, role: str) -> VGroup:
    """The tile, `side` high and at least as wide, and its text; around the origin."""
    tile = RoundedRectangle(width=max(side, text.width + PAD), height=side, corner_radius=CORNER)
    tile.set_stroke(look.colour(role), style.LINE).set_fill(look.surface, opacity=1)
    return VGroup(tile, text.centre_at(ORIGIN).set_z_index(1))


class TokenRow(VGroup):
    """A sequence in a box, an ellipsis where items are left out; `tokens` by place, as `make` makes them."""

    def __init__(self, look: Look, box: Box, places: Fold, make: Callable[[int], VGroup]) -> None:
        self.tokens = {place: make(place) for place in places.shown}
        parts = [*self.tokens.values()]
        if places.gap is not None:
            parts.insert(places.gap, words("⋯", look, style.FORMULA_PX, "muted"))
        super().__init__(*fit(row(parts), box))

    def gives(self, place: int, target: VGroup) -> Animation:
        """The item of a place comes as `target` out of the row, if it is drawn there."""
        there = self.tokens.get(place)
        allow(target, "text-over-line", "a token leaves its row", moving=True)
        return FadeIn(target) if there is None else TransformFromCopy(there, target, path_func=drop_first)
