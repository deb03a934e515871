"""A frame around what is meant, or around a column of things."""

from __future__ import annotations

from manim import SurroundingRectangle, VMobject

from scenes.stage import style
from scenes.stage.style import Look


def around(
    drawn: VMobject, look: Look, role: str = "activation", free: float = style.TIGHT
) -> SurroundingRectangle:
    """A frame in a role's colour, with so much room inside it."""
    frame: SurroundingRectangle = SurroundingRectangle(drawn, color=look.colour(role), buff=free)
    return frame.set_stroke(width=style.STRONG)
