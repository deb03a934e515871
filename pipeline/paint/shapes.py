"""What a mobject looked like when it was last drawn, so that one can tell whether it must be drawn again."""

from __future__ import annotations

from typing import Any

import numpy as np
from manim import Mobject, VMobject
from manim.mobject.types.image_mobject import AbstractImageMobject

from pipeline.paint.tiles import NOWHERE, Box, Span, Tiles
from scenes.parts.image import Picture

MITER_LIMIT = 10.0  # Cairo's: how far a sharp corner may reach beyond a stroke, in half widths
SLACK_PX = 5.0  # antialiasing, and the neighbours that chroma is averaged with
WIDTH_UNITS = 0.01  # Manim's stroke width 1, in units


class Shape:
    """One drawn mobject: its points and style at that time, and the tiles that hold all its ink."""

    __slots__ = ("mobject", "path", "points", "span", "style", "tracked")

    def __init__(self, mobject: Mobject) -> None:
        self.mobject = mobject
        self.points = np.empty((0, 3))
        self.style: Any = None
        self.span: Span = NOWHERE
        self.path: Any = None  # a Cairo path of these points, once drawn
        self.tracked = _can_be_tracked(mobject)

    def refresh(self, pixels_per_unit: float, tiles: Tiles) -> bool:
        """Take over the mobject's present look in a picture of these tiles; whether anything of it changed."""
        mobject = self.mobject
        if not self.tracked:
            self.span = (slice(None), slice(None))
            return True
        style = style_of(mobject)
        moved = not np.array_equal(self.points, mobject.points)
        if not moved and style == self.style:
            return False
        self.style = style
        if moved:
            self.points = mobject.points.copy()
            self.path = None
        self.span = tiles.span(_ink_box(self.points, _reach(mobject), pixels_per_unit, tiles))
        return True


def style_of(mobject: Mobject) -> Any:
    """All that decides on the look of `mobject` besides its points, as something that can be compared."""
    if isinstance(mobject, VMobject):
        return (
            mobject.fill_rgbas.tobytes(),
            mobject.stroke_rgbas.tobytes(),
            mobject.background_stroke_rgbas.tobytes(),
            mobject.stroke_width,
            mobject.background_stroke_width,
            mobject.joint_type,
            mobject.cap_style,
            tuple(mobject.sheen_direction),
            mobject.pixels if isinstance(mobject, Picture) else None,
        )
    assert isinstance(mobject, AbstractImageMobject)
    return (mobject.get_pixel_array().tobytes(), mobject.resampling_algorithm)


def is_seen(mobject: Mobject) -> bool:
    """Whether fill or a stroke of `mobject` has any opacity (and a stroke any width)."""
    if not isinstance(mobject, VMobject):
        return True
    if mobject.fill_rgbas[:, 3].any():
        return True
    stroke = mobject.stroke_width > 0 and mobject.stroke_rgbas[:, 3].any()
    behind = mobject.background_stroke_width > 0 and mobject.background_stroke_rgbas[:, 3].any()
    return bool(stroke or behind)


def _can_be_tracked(mobject: Mobject) -> bool:
    """Whether a change of `mobject` can be told; others (point clouds, say) are taken as always changing."""
    if isinstance(mobject, VMobject):
        return mobject.get_background_image() is None
    return isinstance(mobject, AbstractImageMobject)


def _reach(mobject: Mobject) -> float:
    """How far ink may lie outside the points, in units."""
    if not isinstance(mobject, VMobject):
        return 0.0
    width = max(mobject.stroke_width, mobject.background_stroke_width)
    return float(width) * WIDTH_UNITS / 2 * MITER_LIMIT


def _ink_box(points: np.ndarray, reach: float, scale: float, tiles: Tiles) -> Box:
    middle_x, middle_y = tiles.width / 2, tiles.height / 2
    (low_x, low_y), (high_x, high_y) = points[:, :2].min(axis=0), points[:, :2].max(axis=0)
    margin = reach * scale + SLACK_PX
    return (
        float(low_x * scale + middle_x - margin),
        float(middle_y - high_y * scale - margin),
        float(high_x * scale + middle_x + margin),
        float(middle_y - low_y * scale + margin),
    )
