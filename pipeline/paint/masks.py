"""What a shape covers, kept while only its colour changes: a fade tints it then, instead of drawing it again.

Cairo tints a translucent shape row by row through what it covers, so the picture is the same. Opaque shapes it mixes
in another way; they are always drawn.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import cairo

from pipeline.paint.tiles import Box

POINTS_MIN = 16  # what has fewer is drawn as soon
AREA_MAX_PX = 100_000  # of what is kept; larger ones are mostly empty


@dataclass(frozen=True)
class Mask:
    """Coverage, 8 bit, of the pixels from `left` and `top` on."""

    surface: cairo.ImageSurface
    left: int
    top: int

    def tint(self, context: Any) -> None:
        """Put the context's colour on what is covered."""
        matrix = context.get_matrix()
        context.identity_matrix()
        context.mask_surface(self.surface, self.left, self.top)
        context.set_matrix(matrix)


def mask(
    context: Any, path: Any, box: Box, width: int, height: int, ink: Callable[[Any], None]
) -> Mask | None:
    """What `ink` covers when it draws `path`, as `context` does, on a picture of `width` x `height` px.

    box: where it lies, in px.  None where keeping that is not worth it.
    """
    left, top = max(int(box[0]), 0), max(int(box[1]), 0)
    across, down = min(int(box[2]) + 1, width) - left, min(int(box[3]) + 1, height) - top
    if across <= 0 or down <= 0 or across * down > AREA_MAX_PX:
        return None
    surface = cairo.ImageSurface(cairo.FORMAT_A8, across, down)
    own: Any = cairo.Context(surface)
    xx, yx, xy, yy, x0, y0 = context.get_matrix()
    own.set_matrix(cairo.Matrix(xx, yx, xy, yy, x0 - left, y0 - top))
    own.append_path(path)
    ink(own)
    return Mask(surface, left, top)
