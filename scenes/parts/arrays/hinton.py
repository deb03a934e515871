"""Numbers as squares: the area is the size, filled is positive, hollow is negative. No colour has to be told apart."""

from __future__ import annotations

import numpy as np
from manim import VGroup, VMobject

from scenes.stage.style import Look

FULL = 0.86  # the largest square's side as a share of its cell
LEAST_SIDE = 0.012
HOLLOW = 0.24  # thickness of a hollow square's edge as a share of its side


def squares(
    look: Look, values: np.ndarray, centres: np.ndarray, cell: float, largest: float, role: str = "activation"
) -> VGroup:
    """One mobject for all filled squares and one for all hollow ones.

    values (n,), centres (n, 2) in units, `cell` the room of one square, `largest` the size that fills it.
    """
    shapes: list[VMobject] = []
    for sign in (1, -1):
        shape = VMobject(stroke_width=0, fill_color=look.colour(role), fill_opacity=1)
        for value, (x, y) in zip(values, centres, strict=True):
            if value * sign <= 0:
                continue
            half = max(FULL * cell * np.sqrt(min(abs(value) / (largest or 1.0), 1.0)), LEAST_SIDE) / 2
            _square(shape, x, y, half, clockwise=False)
            if sign < 0:  # the inner square runs the other way round, so that the fill leaves it out
                _square(shape, x, y, half * (1 - 2 * HOLLOW), clockwise=True)
        if len(shape.points):
            shapes.append(shape)
    return VGroup(*shapes)


def _square(shape: VMobject, x: float, y: float, half: float, *, clockwise: bool) -> None:
    corners = [(-half, -half), (half, -half), (half, half), (-half, half), (-half, -half)]
    points = [np.array([x + a, y + b, 0.0]) for a, b in (reversed(corners) if clockwise else corners)]
    shape.start_new_path(points[0])
    for point in points[1:]:
        shape.add_line_to(point)


def column(
    look: Look, values: np.ndarray, x: float, top: float, height: float, largest: float, width: float
) -> VGroup:
    """Values from top to bottom in a strip of `height`, one below the other."""
    pitch = height / len(values)
    ys = top - pitch * (np.arange(len(values)) + 0.5)
    centres = np.column_stack([np.full(len(values), x), ys])
    return squares(look, values, centres, min(pitch, width), largest)
