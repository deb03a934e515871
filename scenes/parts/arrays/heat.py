"""Numbers as colours: the stronger the colour, the larger the number. For more numbers than squares can show.

Cells of about the same colour are one mobject, so that tens of thousands of numbers can be drawn and moved.
"""

from __future__ import annotations

import numpy as np
from manim import VGroup, VMobject

from scenes.stage.style import Look, blend

LEVELS = 24
LEAST_SHARE = 0.06  # of the colour in the smallest number, so that it stands off the background
CORNERS = np.array([[-1, -1], [1, -1], [1, 1], [-1, 1], [-1, -1]]) / 2


def heat(
    look: Look,
    values: np.ndarray,
    span: tuple[float, float],
    xs: np.ndarray,
    width: float,
    top: float,
    height: float,
    role: str = "activation",
) -> VGroup:
    """values (row, column) from span[0] (blank) to span[1] (the full colour) as columns at `xs`, `width` wide."""
    low, high = span
    rows = values.shape[0]
    share = np.clip((values - low) / ((high - low) or 1.0), 0, 1)
    level = np.round(share * (LEVELS - 1)).astype(int)  # (row, column)
    pitch = height / rows
    ys = top - pitch * (np.arange(rows) + 0.5)
    centres = np.stack(np.broadcast_arrays(xs[None, :], ys[:, None]), axis=-1)  # (row, column, 2)
    found = VGroup()
    for one in np.unique(level):
        share = LEAST_SHARE + (1 - LEAST_SHARE) * one / (LEVELS - 1)
        cells = VMobject(stroke_width=0, fill_opacity=1)
        cells.set_fill(blend(look.background, look.colour(role), float(share)))
        cells.points = _rectangles(centres[level == one], width, pitch)
        found.add(cells)
    return found


def _rectangles(centres: np.ndarray, width: float, height: float) -> np.ndarray:
    """Bezier points (16 n, 3) of a rectangle around each of n centres."""
    corners = centres[:, None, :] + CORNERS * [width, height]  # (n, 5, 2)
    starts, ends = corners[:, :-1], corners[:, 1:]  # (n, edge, 2)
    points = np.stack([starts + (ends - starts) * t for t in (0, 1 / 3, 2 / 3, 1)], axis=2)  # (n, edge, 4, 2)
    flat = points.reshape(-1, 2)
    return np.column_stack([flat, np.zeros(len(flat))])
