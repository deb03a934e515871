"""Manim's camera, which draws our bitmaps as it draws its own images: otherwise it would draw flat rectangles.

Manim 0.22 lays each image over the frame on an empty one that it makes with `Image.fromarray(zeros, mode="RGBA")`, of
doubles. Newer Pillows refuse that; here the doubles become the empty RGBA picture that older ones made of them.
"""

from __future__ import annotations

from typing import Any
from weakref import WeakKeyDictionary

import manim.camera.camera
import numpy as np
from manim import Camera, ImageMobject, Mobject
from PIL import Image

from pipeline.paint.bitmaps import CRISP_PX
from scenes.parts.pictures.image import Picture, Pixels


class _PillowForManim:
    """PIL.Image, whose `fromarray` takes what Manim gives it."""

    def __getattr__(self, name: str) -> Any:
        return getattr(Image, name)

    @staticmethod
    def fromarray(pixels: np.ndarray, mode: str | None = None) -> Any:
        if mode == "RGBA" and pixels.dtype == np.float64:
            return Image.new("RGBA", pixels.shape[::-1])
        return Image.fromarray(pixels)


class ImageCamera(Camera):
    """`Camera`, for which a `Picture` is an `ImageMobject` of the same pixels, place and opacity."""

    def __init__(self, **options: Any) -> None:
        manim.camera.camera.Image = _PillowForManim()
        super().__init__(**options)
        self._images: WeakKeyDictionary[Pixels, ImageMobject] = WeakKeyDictionary()

    def type_or_raise(self, mobject: Mobject) -> type[Mobject]:
        """A picture is a kind of its own; Manim makes `display_funcs` anew at every call."""
        kind = super().type_or_raise(mobject)
        self.display_funcs[Picture] = self._display_pictures
        return Picture if isinstance(mobject, Picture) else kind

    def _display_pictures(self, pictures: list[Mobject], pixel_array: np.ndarray) -> None:
        self.display_multiple_image_mobjects(list(map(self._image, pictures)), pixel_array)

    def _image(self, picture: Any) -> ImageMobject:
        image = self._images.get(picture.pixels)
        if image is None:
            image = self._images[picture.pixels] = ImageMobject(picture.pixels.rgb)
        image.points = picture.points[[4, 0, 8, 12]]  # up left, up right, down left, down right
        opacity = float(picture.fill_rgbas[0, 3])
        if opacity != image.stroke_opacity:
            image.set_opacity(opacity)
        pitch_px = min(picture.pitch) * self.pixel_width / self.frame_width
        crisp = pitch_px >= CRISP_PX
        return image.set_resampling_algorithm(Image.Resampling.NEAREST if crisp else Image.Resampling.BICUBIC)
