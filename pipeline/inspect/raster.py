"""The ink of mobjects inside a small box, as masks; drawn by Cairo, as the film is."""

from __future__ import annotations

import math
from collections.abc import Iterable
from typing import Any

import cairo
import numpy as np

from pipeline.inspect.stage import STROKE_UNIT, Box, Item

PX_PER_UNIT = 100.0  # fine enough for a hairline, coarse enough to be quick; 1080p has 135


class Crop:
    """A grid of pixels over `box`; every mask has its shape and holds coverage in 0..1."""

    def __init__(self, box: Box, px_per_unit: float = PX_PER_UNIT) -> None:
        self.left, self.top, self.scale = box[0], box[3], px_per_unit
        self.width = max(1, math.ceil((box[2] - box[0]) * px_per_unit))
        self.height = max(1, math.ceil((box[3] - box[1]) * px_per_unit))

    def ink(self, items: Iterable[Item]) -> np.ndarray:
        """Where fill or stroke of `items` is."""
        surface, context = self._canvas()
        for item in items:
            _path(context, item.mobject)
            if item.fill[3] > 0:
                context.fill_preserve()
            if item.stroke_width > 0 and item.stroke[3] > 0:
                self._stroke(context, item.stroke_width * STROKE_UNIT)
        return self._mask(surface)

    def fill(self, item: Item) -> np.ndarray:
        """Where the fill of `item` is."""
        surface, context = self._canvas()
        _path(context, item.mobject)
        context.fill()
        return self._mask(surface)

    def outline(self, item: Item) -> np.ndarray:
        """Where the stroke of `item` is, or a thin line along its edge when it has none."""
        surface, context = self._canvas()
        _path(context, item.mobject)
        stroked = item.stroke_width > 0 and item.stroke[3] > 0
        self._stroke(context, item.stroke_width * STROKE_UNIT if stroked else 0.0)
        return self._mask(surface)

    def _canvas(self) -> tuple[Any, Any]:
        surface = cairo.ImageSurface(cairo.FORMAT_A8, self.width, self.height)
        context = cairo.Context(surface)
        context.set_matrix(
            cairo.Matrix(self.scale, 0, 0, -self.scale, -self.left * self.scale, self.top * self.scale)
        )
        return surface, context

    def _stroke(self, context: Any, width: float) -> None:
        context.set_line_width(max(width, 1.0 / self.scale))
        context.stroke()

    def _mask(self, surface: Any) -> np.ndarray:
        surface.flush()
        rows = np.frombuffer(surface.get_data(), np.uint8).reshape(self.height, surface.get_stride())
        return rows[:, : self.width].astype(np.float32) / 255.0


def _path(context: Any, mobject: Any) -> None:
    """The mobject's cubic curves, a new subpath wherever one does not start where the last one ended."""
    points = mobject.points[: len(mobject.points) // 4 * 4, :2]
    context.new_path()
    last: np.ndarray | None = None
    for start, one, two, end in points.reshape(-1, 4, 2):
        if last is None or abs(start - last).max() > 1e-4:
            context.new_sub_path()
            context.move_to(*start)
        context.curve_to(*one, *two, *end)
        last = end


def spread(mask: np.ndarray, by: int = 1) -> np.ndarray:
    """A boolean mask with the pixels up to `by` steps to a side away."""
    for _ in range(by):
        wide = mask.copy()
        wide[1:] |= mask[:-1]
        wide[:-1] |= mask[1:]
        wide[:, 1:] |= mask[:, :-1]
        wide[:, :-1] |= mask[:, 1:]
        mask = wide
    return mask
