"""Manim's Cairo camera, which draws again only the tiles in which something changed."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Any

import numpy as np
from manim import Camera, Mobject, VMobject
from manim.camera.camera import CAP_STYLE_MAP, LINE_JOIN_MAP
from manim.mobject.types.image_mobject import AbstractImageMobject

from pipeline.paint.bitmaps import paint_image, paint_picture
from pipeline.paint.masks import POINTS_MIN, Mask, mask
from pipeline.paint.shapes import Coat, Shape, is_seen
from pipeline.paint.tiles import Tiles, meet
from scenes.parts.pictures.image import Picture


class FilmCamera(Camera):
    """Draws what `Camera` draws. `show` draws a whole picture by its difference from the one before.

    `changed` are the tiles that `show` drew since somebody last cleared them.
    """

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self.changed = Tiles(self.pixel_width, self.pixel_height)
        self._dirty = Tiles(self.pixel_width, self.pixel_height)
        self._shapes: dict[int, Shape] = {}
        self._order: list[int] = []
        self._still_shapes = 0
        self._still_picture = np.empty_like(self.pixel_array)  # what stands still, without what moves over it
        self._drawn_still = Tiles(self.pixel_width, self.pixel_height)  # the tiles of it that are there
        self._empty = True

    def show(self, still: Sequence[Mobject], moving: Sequence[Mobject], fresh: bool = True) -> None:
        """Make the picture show `still` and `moving` over it, each from back to front, on the background.

        Unless `fresh`, `still` looks as it did at the last call and need not be looked at again.
        """
        self._compare(still, moving, fresh)
        if self._dirty.marked.any():
            self._draw()
            self.changed.marked |= self._dirty.marked
            self._dirty.clear()

    def settle(self) -> None:
        """Draw the whole picture again, as it would come out had it been drawn at once.

        Edges of tiles round differently in a few pixels, depending on how the picture came about.
        """
        if self._empty:
            return
        before = self.pixel_array.copy()
        self._drawn_still.clear()
        self._dirty.mark_all()
        self._draw()
        self._dirty.clear()
        if not np.array_equal(before, self.pixel_array):
            self.changed.mark_all()

    def _compare(self, still: Sequence[Mobject], moving: Sequence[Mobject], fresh: bool) -> None:
        """Mark the tiles in which the picture will differ."""
        if self._empty:
            self._empty = False
            self._dirty.mark_all()
        before, self._shapes = self._shapes, {}
        if fresh:
            self._drawn_still.clear()
            self._look_at(still, before)
            self._still_shapes = len(self._shapes)
        else:
            for name in self._order[: self._still_shapes]:
                self._shapes[name] = before.pop(name)
        self._look_at(moving, before)
        for gone in before.values():
            self._dirty.mark(gone.span)
        self._mark_moved_in_order()

    def _look_at(self, mobjects: Sequence[Mobject], before: dict[int, Shape]) -> None:
        """Bring the shapes of what can be seen of `mobjects` up to date, and mark what changed."""
        scale = self.pixel_width / self.frame_width
        for mobject in mobjects:
            name = id(mobject)  # a shape keeps its mobject alive, so no other can take its id
            if name in self._shapes:
                continue
            shape = before.pop(name, None)
            if shape is None:
                if not is_seen(mobject):
                    continue
                shape = Shape(mobject)
            old = shape.span
            if shape.refresh(scale, self._dirty):
                self._dirty.mark(old)
                if not shape.seen:
                    continue
                self._dirty.mark(shape.span)
            self._shapes[name] = shape

    def _mark_moved_in_order(self) -> None:
        """Mark what stands in another place among what was there before: it may cover other things now."""
        before, self._order = self._order, list(self._shapes)
        if before == self._order:
            return
        there = set(before)
        stayed = [name for name in self._order if name in there]
        for name, other in zip(stayed, (name for name in before if name in self._shapes), strict=True):
            if name != other:
                self._dirty.mark(self._shapes[name].span)
                self._dirty.mark(self._shapes[other].span)

    def _draw(self) -> None:
        """Draw the marked tiles again; what stands still is drawn once in each, whatever moves over it."""
        shapes = list(self._shapes.values())
        still, moving = shapes[: self._still_shapes], shapes[self._still_shapes :]
        if not still or not all(shape.tracked for shape in still):
            self._paint(self.pixel_array, self.background, shapes, self._dirty)
            return
        missing = Tiles(self.pixel_width, self.pixel_height)
        missing.marked = self._dirty.marked & ~self._drawn_still.marked
        if missing.marked.any():
            self._paint(self._still_picture, self.background, still, missing)
            self._drawn_still.marked |= missing.marked
        self._paint(self.pixel_array, self._still_picture, moving, self._dirty)

    def _paint(self, picture: np.ndarray, ground: np.ndarray, shapes: Sequence[Shape], tiles: Tiles) -> None:
        """Make the marked tiles of `picture` show `shapes` on `ground`."""
        context = self.get_cairo_context(picture)
        context.save()
        matrix = context.get_matrix()
        context.identity_matrix()
        context.new_path()  # Manim leaves its last one
        for part in tiles.rectangles():
            window = np.s_[part.top : part.bottom, part.left : part.right]
            picture[window] = ground[window]
            context.rectangle(part.left, part.top, part.right - part.left, part.bottom - part.top)
        context.clip()
        context.set_matrix(matrix)
        bounds = tiles.bounds()
        for shape in shapes:
            if meet(shape.span, bounds) and tiles.touched(shape.span):
                self._draw_shape(context, picture, shape)
        context.restore()

    def _draw_shape(self, context: Any, picture: np.ndarray, shape: Shape) -> None:
        mobject = shape.mobject
        if not isinstance(mobject, VMobject) or not shape.tracked:
            kind = self.type_or_raise(mobject)
            self.display_funcs[kind]([mobject], picture)
            return
        if isinstance(mobject, Picture):
            paint_picture(mobject, context, self.pixel_width / self.frame_width)
            return
        again = shape.path is not None
        if not again:
            self._trace(context, mobject, shape)
            shape.path = context.copy_path()
        else:
            context.new_path()
            context.append_path(shape.path)
        for coat in shape.coats:
            self.set_cairo_context_color(context, coat.colours, mobject)
            found = self._mask(context, coat, mobject, shape) if again else None
            if found is None:
                self._ink(context, coat, mobject)
            else:
                found.tint(context)

    def _mask(self, context: Any, coat: Coat, mobject: VMobject, shape: Shape) -> Mask | None:
        """What `coat` covers, where it is translucent and its path was drawn before."""
        if not coat.fades or len(shape.points) < POINTS_MIN:
            return None
        kind = (coat.width, mobject.joint_type, mobject.cap_style)
        if kind not in shape.masks:
            box = shape.box(self.pixel_width / self.frame_width, self.changed)
            ink = partial(self._ink, coat=coat, mobject=mobject)
            shape.masks[kind] = mask(context, shape.path, box, self.pixel_width, self.pixel_height, ink)
        return shape.masks[kind]

    def _ink(self, context: Any, coat: Coat, mobject: VMobject) -> None:
        if coat.width is None:
            context.fill_preserve()
            return
        context.set_line_width(coat.width * self.cairo_line_width_multiple)
        context.set_line_join(LINE_JOIN_MAP[mobject.joint_type])
        context.set_line_cap(CAP_STYLE_MAP[mobject.cap_style])
        context.stroke_preserve()

    def set_cairo_context_path(self, ctx: Any, vmobject: VMobject) -> FilmCamera:
        """Make the path of `vmobject` that of `ctx`: Manim's, with fewer steps for each curve."""
        self._trace(ctx, vmobject, Shape(vmobject))
        return self

    def _trace(self, context: Any, mobject: VMobject, shape: Shape) -> None:
        points = self.transform_points_pre_display(mobject, mobject.points)
        if shape.subpaths is None:
            ends = mobject.get_subpath_split_indices_from_points(points, n_dims=2).tolist()
            closed = mobject.consider_points_equals_2d
            shape.subpaths = [(first, end, closed(points[first], points[end - 1])) for first, end in ends]
        context.new_path()
        flat = points[:, :2].ravel().tolist()
        curve_to = context.curve_to
        for first, end, closes in shape.subpaths:
            context.new_sub_path()
            context.move_to(flat[2 * first], flat[2 * first + 1])
            # A curve has four points: the first is where the curve before ended, the other three are new.
            for k in range(2 * first + 2, 2 * end, 8):
                curve_to(*flat[k : k + 6])
            if closes:
                context.close_path()

    def display_vectorized(self, vmobject: VMobject, ctx: Any) -> FilmCamera:
        """Draw `vmobject` as part of a whole picture, unless nothing of it would be seen."""
        if isinstance(vmobject, Picture):
            paint_picture(vmobject, ctx, self.pixel_width / self.frame_width)
        elif is_seen(vmobject):
            super().display_vectorized(vmobject, ctx)
        return self

    def display_image_mobject(self, image_mobject: AbstractImageMobject, pixel_array: np.ndarray) -> None:
        """Draw one of Manim's images."""
        paint_image(image_mobject, self.get_cairo_context(pixel_array))
