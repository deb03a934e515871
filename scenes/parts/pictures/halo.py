"""A frame on a picture that stands off dark and bright pixels alike: a line with an edge in the stage's colour."""

from __future__ import annotations

from manim import VGroup, VMobject

from scenes.stage import style
from scenes.stage.style import Look

EDGE = 1.9  # times as wide as the line


def haloed(line: VMobject, look: Look) -> VGroup:
    """`line` on a wider one in the colour of the stage."""
    wide = line.copy().set_stroke(look.background, EDGE * style.STRONG)
    return VGroup(wide, line)
