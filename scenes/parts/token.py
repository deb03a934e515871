"""One item of a sequence, a character or a number, on a rounded tile."""

from __future__ import annotations

from manim import ORIGIN, RoundedRectangle, VGroup

from scenes.parts.typeset import Typeset
from scenes.stage import style
from scenes.stage.style import Look

PAD = 0.26  # beside a text that is wider than the tile is high
CORNER = 0.1


def token(look: Look, text: Typeset, side: float, role: str) -> VGroup:
    """The tile, `side` high and at least as wide, and its text; around the origin."""
    tile = RoundedRectangle(width=max(side, text.width + PAD), height=side, corner_radius=CORNER)
    tile.set_stroke(look.colour(role), style.LINE).set_fill(look.surface, opacity=1)
    return VGroup(tile, text.centre_at(ORIGIN).set_z_index(1))
