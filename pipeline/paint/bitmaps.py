"""Pictures drawn by Cairo, inside whatever the context is clipped to; Manim's own way fills a whole frame for each."""

from __future__ import annotations

from typing import Any
from weakref import WeakKeyDictionary

import cairo
import numpy as np
from manim.mobject.types.image_mobject import AbstractImageMobject
from PIL import Image

from scenes.parts.pictures.image import Picture, Pixels

CRISP_PX = 1.5  # a picture's pixel that is at least this large on screen keeps its edges

_surfaces: WeakKeyDictionary[Pixels, Any] = WeakKeyDictionary()


def paint_picture(picture: Picture, context: Any, pixels_per_unit: float) -> None:
    """The bitmap, stretched over the rectangle, at its fill's opacity."""
    surface = _opaque(picture.pixels)
    right_top, left_top, left_bottom = (picture.points[i, :2] for i in (0, 4, 8))
    across = (right_top - left_top) / surface.get_width()
    down = (left_bottom - left_top) / surface.get_height()
    crisp = float(np.linalg.norm(across)) * pixels_per_unit >= CRISP_PX
    filter_ = cairo.Filter.NEAREST if crisp else cairo.Filter.BEST
    _paint(surface, context, (left_top, across, down), filter_, float(picture.fill_rgbas[0, 3]))


def paint_image(image: AbstractImageMobject, context: Any) -> None:
    """Manim's own kind of picture; a perspective view is not needed on a plane."""
    surface = _premultiplied(image.get_pixel_array())
    up_left, up_right, down_left = image.points[:3, :2]
    across = (up_right - up_left) / surface.get_width()
    down = (down_left - up_left) / surface.get_height()
    nearest = image.resampling_algorithm == Image.Resampling.NEAREST
    _paint(
        surface, context, (up_left, across, down), cairo.Filter.NEAREST if nearest else cairo.Filter.GOOD, 1
    )


def _paint(
    surface: cairo.ImageSurface,
    context: Any,
    place: tuple[np.ndarray, np.ndarray, np.ndarray],
    filter_: cairo.Filter,
    opacity: float,
) -> None:
    """``place``: the corner of the first pixel, and the way to the next column and row, in units."""
    corner, across, down = place
    if abs(across[0] * down[1] - across[1] * down[0]) < 1e-12:
        return
    context.save()
    context.transform(cairo.Matrix(*across, *down, *corner))
    context.new_path()  # Manim leaves its last one
    context.rectangle(0, 0, surface.get_width(), surface.get_height())
    context.clip()
    pattern = cairo.SurfacePattern(surface)
    pattern.set_filter(filter_)
    pattern.set_extend(cairo.Extend.PAD)  # edges must not fade into nothing
    context.set_source(pattern)
    context.paint_with_alpha(opacity)
    context.restore()


def _opaque(pixels: Pixels) -> cairo.ImageSurface:
    """A surface of RGB (height, width, 3), kept as long as its pixels."""
    if pixels not in _surfaces:
        rgba = np.full((*pixels.rgb.shape[:2], 4), 255, dtype=np.uint8)
        rgba[..., :3] = pixels.rgb
        _surfaces[pixels] = _surface(rgba)
    return _surfaces[pixels]


def _premultiplied(rgba: np.ndarray) -> cairo.ImageSurface:
    """A surface of straight RGBA (height, width, 4)."""
    colours = rgba.astype(np.uint16)
    colours[..., :3] = (colours[..., :3] * colours[..., 3:] + 127) // 255
    return _surface(colours.astype(np.uint8))


def _surface(rgba: np.ndarray) -> cairo.ImageSurface:
    """Red and blue stay where Manim's pictures have them; Cairo keeps the array alive."""
    rows, columns = rgba.shape[:2]
    return cairo.ImageSurface.create_for_data(
        np.ascontiguousarray(rgba).data, cairo.FORMAT_ARGB32, columns, rows
    )
