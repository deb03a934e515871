"""Manim's Cairo camera without work that changes no pixel (unseen mobjects, paths drawn before), and with bitmaps."""

from __future__ import annotations

from typing import Any
from weakref import WeakKeyDictionary

import cairo
import numpy as np
from manim import Camera, VMobject

from scenes.parts.image import Picture, Pixels

CRISP_PX = 1.5  # a picture's pixel that is at least this large on screen keeps its edges


class FilmCamera(Camera):
    """Draws what `Camera` draws, and pictures. A mobject whose points have not changed keeps its Cairo path."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self._paths: WeakKeyDictionary[VMobject, tuple[np.ndarray, Any]] = WeakKeyDictionary()
        self._bitmaps: WeakKeyDictionary[Pixels, Any] = WeakKeyDictionary()

    def display_vectorized(self, vmobject: VMobject, ctx: Any) -> FilmCamera:
        """Draw `vmobject`, unless nothing of it would be seen."""
        if _seen(vmobject):
            if isinstance(vmobject, Picture):
                self._paint(vmobject, ctx)
            else:
                super().display_vectorized(vmobject, ctx)
        return self

    def set_cairo_context_path(self, ctx: Any, vmobject: VMobject) -> FilmCamera:
        """Give `ctx` the path of `vmobject`, from the one kept when its points are the same."""
        kept = self._paths.get(vmobject)
        if kept is not None and np.array_equal(kept[0], vmobject.points):
            ctx.new_path()
            ctx.append_path(kept[1])
            return self
        super().set_cairo_context_path(ctx, vmobject)
        self._paths[vmobject] = (vmobject.points.copy(), ctx.copy_path())
        return self

    def _paint(self, picture: Picture, ctx: Any) -> None:
        """The bitmap, stretched over the rectangle, at its fill's opacity."""
        bitmap = self._bitmap(picture.pixels)
        right_top, left_top, left_bottom = (picture.points[i, :2] for i in (0, 4, 8))
        across = (right_top - left_top) / bitmap.get_width()
        down = (left_bottom - left_top) / bitmap.get_height()
        pattern = cairo.SurfacePattern(bitmap)
        pattern.set_extend(cairo.EXTEND_PAD)
        pixel_px = float(np.linalg.norm(across)) * self.pixel_width / self.frame_width
        pattern.set_filter(cairo.FILTER_NEAREST if pixel_px >= CRISP_PX else cairo.FILTER_BEST)
        self.set_cairo_context_path(ctx, picture)
        ctx.save()
        ctx.clip()
        ctx.transform(cairo.Matrix(across[0], across[1], down[0], down[1], *left_top))
        ctx.set_source(pattern)
        ctx.paint_with_alpha(float(picture.fill_rgbas[0, 3]))
        ctx.restore()

    def _bitmap(self, pixels: Pixels) -> Any:
        """A Cairo surface of the picture. Manim keeps its frame as RGBA where Cairo means BGRA; so does this."""
        if pixels not in self._bitmaps:
            rows, columns = pixels.rgb.shape[:2]
            rgba = np.full((rows, columns, 4), 255, dtype=np.uint8)
            rgba[:, :, :3] = pixels.rgb
            # Cairo keeps the array alive through the buffer it was given.
            self._bitmaps[pixels] = cairo.ImageSurface.create_for_data(
                rgba.data, cairo.FORMAT_ARGB32, columns, rows
            )
        return self._bitmaps[pixels]


def _seen(vmobject: VMobject) -> bool:
    """Whether fill or a stroke of `vmobject` has any opacity (and a stroke any width)."""
    if vmobject.fill_rgbas[:, 3].any():
        return True
    stroke = vmobject.stroke_width > 0 and vmobject.stroke_rgbas[:, 3].any()
    behind = vmobject.background_stroke_width > 0 and vmobject.background_stroke_rgbas[:, 3].any()
    return bool(stroke or behind)
