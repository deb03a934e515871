"""Manim's Cairo camera without work that changes no pixel: unseen mobjects, and paths drawn before."""

from __future__ import annotations

from typing import Any
from weakref import WeakKeyDictionary

import numpy as np
from manim import Camera, VMobject


class FilmCamera(Camera):
    """Draws what `Camera` draws. A mobject whose points have not changed keeps its Cairo path."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self._paths: WeakKeyDictionary[VMobject, tuple[np.ndarray, Any]] = WeakKeyDictionary()

    def display_vectorized(self, vmobject: VMobject, ctx: Any) -> FilmCamera:
        """Draw `vmobject`, unless nothing of it would be seen."""
        if _seen(vmobject):
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


def _seen(vmobject: VMobject) -> bool:
    """Whether fill or a stroke of `vmobject` has any opacity (and a stroke any width)."""
    if vmobject.fill_rgbas[:, 3].any():
        return True
    stroke = vmobject.stroke_width > 0 and vmobject.stroke_rgbas[:, 3].any()
    behind = vmobject.background_stroke_width > 0 and vmobject.background_stroke_rgbas[:, 3].any()
    return bool(stroke or behind)
