"""Contour lines of a recorded surface."""

from __future__ import annotations

from collections.abc import Callable
from typing import cast

import contourpy
import numpy as np
from manim import VGroup, VMobject

from scenes.stage import style
from scenes.stage.style import Look

FAINT, CLEAR = 0.28, 0.75  # opacity of the highest and of the lowest line


def contour_lines(
    look: Look,
    x: np.ndarray,
    y: np.ndarray,
    z: np.ndarray,
    levels: np.ndarray,
    place: Callable[[float, float], np.ndarray],
    width: float = style.LINE,
) -> VGroup:
    """One mobject a level, lowest first. x (x,), y (y,), z (y, x), masked where the surface has no value.

    `place` turns a data point into a point of the frame. The lowest line is the clearest.
    """
    generator = contourpy.contour_generator(x, y, z)
    lines = VGroup()
    for rank, level in enumerate(levels):
        opacity = CLEAR + (FAINT - CLEAR) * rank / max(len(levels) - 1, 1)
        line = VMobject(stroke_width=width, stroke_color=look.muted, stroke_opacity=opacity)
        for piece in cast(list[np.ndarray], generator.lines(float(level))):
            points = np.array([place(px, py) for px, py in piece])
            line.start_new_path(points[0])
            line.add_points_as_corners(points[1:])
        if len(line.points):
            lines.add(line)
    return lines
