"""What a mobject looked like when it was last drawn, so that one can tell whether it must be drawn again."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np
from manim import Mobject, VMobject
from manim.mobject.types.image_mobject import AbstractImageMobject

from pipeline.paint.masks import Mask
from pipeline.paint.tiles import NOWHERE, Box, Span, Tiles
from scenes.parts.pictures.image import Picture

MITER_LIMIT = 10.0  # Cairo's: how far a sharp corner may reach beyond a stroke, in half widths
SLACK_PX = 5.0  # antialiasing, and the neighbours that chroma is averaged with
OPAQUE = 0.996  # to Cairo a colour is opaque from 0xff00 of 0xffff on
SAME_WAY = 1e-9  # units by which ways may differ that are one shift, rounded
WIDTH_UNITS = 0.01  # Manim's stroke width 1, in units
Subpath = tuple[int, int, bool]  # its first point, the one after its last, and whether it is closed


@dataclass(frozen=True, slots=True)
class Coat:
    """Fill, or a stroke of `width` (None for fill), in colours of shape (n, 4), more than one for a gradient."""

    colours: np.ndarray
    width: float | None = None

    @property
    def fades(self) -> bool:
        """Whether it is one colour that lets something through, also by Cairo's measure."""
        return len(self.colours) == 1 and self.colours.item(3) < OPAQUE


class Shape:
    """One drawn mobject: its points and style at that time, and the tiles that hold all its ink."""

    __slots__ = (
        "coats", "corners", "masks", "mobject", "path", "points", "raw", "seen", "span", "style", "subpaths", "tracked"
    )  # fmt: skip

    def __init__(self, mobject: Mobject) -> None:
        self.mobject = mobject
        self.points = np.empty((0, 3))
        self.corners = (np.zeros(3), np.zeros(3))  # of the box around the points, lowest and highest
        self.raw = b""  # the points, as bytes, which are sooner compared
        self.style: Any = None
        self.span: Span = NOWHERE
        self.path: Any = None  # a Cairo path of these points, once drawn
        self.masks: dict[Any, Mask | None] = {}  # what coats of this path cover
        self.subpaths: list[Subpath] | None = None  # how they hang together; a shift changes nothing of it
        self.tracked = _can_be_tracked(mobject)
        self.seen = True  # whether it has any ink
        self.coats: list[Coat] = []  # of a VMobject, in the order in which they are put on

    def refresh(self, pixels_per_unit: float, tiles: Tiles) -> bool:
        """Take over the mobject's present look in a picture of these tiles; whether anything of it changed."""
        mobject = self.mobject
        if not self.tracked:
            self.span = tiles.everywhere
            return True
        style = style_of(mobject)
        raw = mobject.points.tobytes()
        moved = raw != self.raw
        if style != self.style:
            self.style = style
            if isinstance(mobject, VMobject):
                self.coats = coats_of(mobject)
                self.seen = bool(self.coats)
        elif not moved:
            return False
        if moved:
            points = mobject.points.copy()
            way = _shift(self.points, points)
            if way is None:
                self.subpaths = None
                self.corners = (points.min(axis=0), points.max(axis=0))
            else:
                low, high = self.corners
                self.corners = (low + way, high + way)
            self.points, self.raw = points, raw
            self.path = None
            self.masks = {}
        self.span = tiles.span(self.box(pixels_per_unit, tiles))
        return True

    def box(self, pixels_per_unit: float, tiles: Tiles) -> Box:
        """What holds all its ink in a picture of these tiles."""
        return _ink_box(self.corners, _reach(self.mobject), pixels_per_unit, tiles)


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
            mobject.sheen_direction.tobytes(),
            mobject.pixels if _is_picture(mobject.__class__) else None,
        )
    assert isinstance(mobject, AbstractImageMobject)
    return (mobject.get_pixel_array().tobytes(), mobject.resampling_algorithm)


@cache
def _is_picture(kind: type[Mobject]) -> bool:
    return issubclass(kind, Picture)


def coats_of(mobject: VMobject) -> list[Coat]:
    """What `mobject` is painted with, from the back to the front; nothing that has no opacity or no width."""
    return [Coat(colours.copy(), width) for colours, width in _paints(mobject)]


def is_seen(mobject: Mobject) -> bool:
    """Whether fill or a stroke of `mobject` has any opacity (and a stroke any width)."""
    return not isinstance(mobject, VMobject) or any(True for _ in _paints(mobject))


def _paints(mobject: VMobject) -> Iterator[tuple[np.ndarray, float | None]]:
    width, behind = mobject.stroke_width, mobject.background_stroke_width
    if behind > 0 and _opaque(mobject.background_stroke_rgbas):
        yield mobject.background_stroke_rgbas, float(behind)
    if _opaque(mobject.fill_rgbas):
        yield mobject.fill_rgbas, None
    if width > 0 and _opaque(mobject.stroke_rgbas):
        yield mobject.stroke_rgbas, float(width)


def _opaque(colours: np.ndarray) -> bool:
    return bool(colours.item(3) if len(colours) == 1 else colours[:, 3].any())


def _shift(old: np.ndarray, new: np.ndarray) -> np.ndarray | None:
    """The way that all points went, as those of a letter do that drifts; None when they went several ways."""
    if old.shape != new.shape or not len(old):
        return None
    ways = new - old
    way: np.ndarray = ways[0].copy()
    ways -= way
    return way if np.abs(ways, out=ways).max() <= SAME_WAY else None


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


def _ink_box(corners: tuple[np.ndarray, np.ndarray], reach: float, scale: float, tiles: Tiles) -> Box:
    middle_x, middle_y = tiles.width / 2, tiles.height / 2
    (low_x, low_y, _), (high_x, high_y, _) = corners[0].tolist(), corners[1].tolist()
    margin = reach * scale + SLACK_PX
    return (
        low_x * scale + middle_x - margin,
        middle_y - high_y * scale - margin,
        high_x * scale + middle_x + margin,
        middle_y - low_y * scale + margin,
    )
