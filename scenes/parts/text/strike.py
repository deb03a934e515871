"""Lines through pieces of a formula: what stands there cancels."""

from __future__ import annotations

from manim import DL, UR, Animation, Create, Line

from scenes.parts.text.typeset import Typeset
from scenes.stage import style
from scenes.stage.declare import allow
from scenes.stage.style import Look

OVER = 0.06  # a line reaches so far beyond its piece


def strike(look: Look, text: Typeset, *names: str) -> list[Animation]:
    """Draw a line through each of these pieces of a text; the lines belong to it from then on."""
    out: list[Animation] = []
    for name in names:
        piece = text.piece(name)
        ends = piece.get_corner(DL) + OVER * DL, piece.get_corner(UR) + OVER * UR
        line = Line(*ends, color=look.ink, stroke_width=style.LINE).set_z_index(1)
        text.add(line)
        out.append(Create(line))
    allow(text, "text-over-line", "what it crosses out cancels")
    return out


def held_back(text: Typeset, name: str) -> Animation:
    """Hide a piece before its text is shown; the animation brings it."""
    piece = text.piece(name).set_fill(opacity=0)
    return piece.animate.set_fill(opacity=1)
