"""The picture in YUV 4:2:0, kept up to date tile by tile by swscale."""

from __future__ import annotations

from collections.abc import Callable

import av
import numpy as np
from av.video.reformatter import Colorspace, Interpolation, VideoReformatter

from pipeline.paint.tiles import Rectangle, Tiles

RIM_PX = (
    4  # neighbours that swscale looks at; with them a part converts exactly as it does in the whole picture
)


class YuvPicture:
    """BT.709, limited range, of an RGBA picture of `width` x `height` px (both even)."""

    def __init__(self, width: int, height: int) -> None:
        self.width, self.height = width, height
        self._planes = np.empty((height * 3 // 2, width), dtype=np.uint8)
        samples = self._planes.reshape(-1)
        luma, chroma = width * height, width * height // 4
        self._luma = samples[:luma].reshape(height, width)
        self._blue = samples[luma : luma + chroma].reshape(height // 2, width // 2)
        self._red = samples[luma + chroma :].reshape(height // 2, width // 2)
        self._converters: dict[tuple[int, int], VideoReformatter] = {}

    def update(self, rgba: np.ndarray, changed: Tiles) -> None:
        """Take over the `changed` tiles of `rgba`, uint8 (height, width, 4)."""
        for part in changed.rectangles():
            self._take(rgba, part)

    def frame(self) -> av.VideoFrame:
        """A copy of the picture as a frame."""
        return av.VideoFrame.from_ndarray(self._planes, format="yuv420p")

    def _take(self, rgba: np.ndarray, part: Rectangle) -> None:
        top, left = max(part.top - RIM_PX, 0), max(part.left - RIM_PX, 0)
        bottom, right = min(part.bottom + RIM_PX, self.height), min(part.right + RIM_PX, self.width)
        pixels = np.ascontiguousarray(rgba[top:bottom, left:right])
        planes = self._convert(pixels)
        inner = np.s_[part.top - top : part.bottom - top, part.left - left : part.right - left]
        self._luma[part.top : part.bottom, part.left : part.right] = planes(0)[inner]
        inner = np.s_[
            (part.top - top) // 2 : (part.bottom - top) // 2,
            (part.left - left) // 2 : (part.right - left) // 2,
        ]
        half = np.s_[part.top // 2 : part.bottom // 2, part.left // 2 : part.right // 2]
        self._blue[half] = planes(1)[inner]
        self._red[half] = planes(2)[inner]

    def _convert(self, pixels: np.ndarray) -> Callable[[int], np.ndarray]:
        """The planes of `pixels`; one converter for each size, as making one costs more than a part."""
        converter = self._converters.setdefault(pixels.shape[:2], VideoReformatter())
        frame = converter.reformat(
            av.VideoFrame.from_numpy_buffer(pixels, format="rgba"),
            format="yuv420p",
            dst_colorspace=Colorspace.ITU709,
            interpolation=Interpolation.AREA,
        )

        def plane(index: int) -> np.ndarray:
            one = frame.planes[index]
            rows = np.frombuffer(memoryview(one), dtype=np.uint8).reshape(one.height, one.line_size)
            return np.asarray(rows[:, : one.width])

        return plane
