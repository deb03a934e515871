"""What goes through what: plates in a row with arrows between them, as the layers of a net."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from manim import Arrow, RoundedRectangle, VGroup

from scenes.parts.box import Box
from scenes.parts.layout import fit, row
from scenes.parts.typeset import Typeset
from scenes.stage import style
from scenes.stage.style import Look

PAD = (0.5, 0.36)  # of a plate beyond its text
ARROW = 0.5


def flow(look: Look, texts: Sequence[Typeset], box: Box, marked: int | None = None) -> VGroup:
    """The texts on plates from left to right; the one in question is `marked`."""
    high = max(text.strut.height for text in texts) + PAD[1]
    plates = []
    for number, text in enumerate(texts):
        plate = RoundedRectangle(corner_radius=0.1, width=text.width + PAD[0], height=high)
        role, wide = ("activation", style.STRONG) if number == marked else ("muted", style.HAIRLINE)
        plate.set_stroke(look.colour(role), wide).set_fill(look.surface, 1)
        plates.append(VGroup(plate, text.centre_at(plate.get_center())))
    line = row(plates, ARROW)
    for one, other in pairwise(plates):
        start, end = one[0].get_right(), other[0].get_left()
        arrow = Arrow(start, end, buff=0.06, stroke_width=style.LINE, tip_length=0.14, color=look.muted)
        line.add(arrow)
    return fit(line, box)
