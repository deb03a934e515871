"""The picture in YUV 4:2:0, kept up to date part by part by swscale."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import av
import numpy as np
from av.video.reformatter import Colorspace, Interpolation, VideoReformatter

from pipeline.paint.tiles import Rectangle, Tiles

RIM_PX = 4  # neighbours swscale looks at; with them a part converts exactly as it does in the whole picture


@dataclass(frozen=True)
class Part:
    """What a picture shows at `place`: a copy, RGBA, of `seen`, which is `place` with its neighbours."""

    place: Rectangle
    seen: Rectangle
    rgba: np.ndarray


def cut(rgba: np.ndarray, changed: Tiles) -> list[Part]:
    """Copies of the `changed` tiles of `rgba`, uint8 (height, width, 4)."""
    height, width = rgba.shape[:2]
    parts = []
    for place in changed.rectangles():
        seen = Rectangle(
            max(place.left - RIM_PX, 0),
            max(place.top - RIM_PX, 0),
            min(place.right + RIM_PX, width),
            min(place.bottom + RIM_PX, height),
        )
        parts.append(Part(place, seen, rgba[seen.top : seen.bottom, seen.left : seen.right].copy()))
    return parts


class YuvPicture:
    """BT.709, limited range, of an RGBA picture of `width` x `height` px (both even)."""

    def __init__(self, width: int, height: int) -> None:
        # The picture itself: it changes with every `take`.
        self.frame = av.VideoFrame(width, height, "yuv420p")
        self._planes = _planes(self.frame)
        self._converters: dict[tuple[int, int], VideoReformatter] = {}

    def take(self, parts: Iterable[Part]) -> None:
        """Take over `parts` of the RGBA picture."""
        for part in parts:
            converted = _planes(self._convert(part.rgba))
            place, seen = part.place, part.seen
            for size, target, source in zip((1, 2, 2), self._planes, converted, strict=True):
                down, right = (place.top - seen.top) // size, (place.left - seen.left) // size
                inside = target[
                    place.top // size : place.bottom // size, place.left // size : place.right // size
                ]
                rows, columns = inside.shape
                inside[:] = source[down : down + rows, right : right + columns]

    def _convert(self, rgba: np.ndarray) -> av.VideoFrame:
        """`rgba` as YUV; one converter for each size, as making one costs more than a part."""
        converter = self._converters.setdefault(rgba.shape[:2], VideoReformatter())
        return converter.reformat(
            av.VideoFrame.from_numpy_buffer(rgba, format="rgba"),
            format="yuv420p",
            dst_colorspace=Colorspace.ITU709,
            interpolation=Interpolation.AREA,
        )


def _planes(frame: av.VideoFrame) -> list[np.ndarray]:
    return [plane(frame, number) for number in range(3)]


def plane(frame: av.VideoFrame, number: int) -> np.ndarray:
    """Y, U or V of `frame`, uint8, without what its rows are padded with."""
    one = frame.planes[number]
    return np.frombuffer(memoryview(one), dtype=np.uint8).reshape(one.height, one.line_size)[:, : one.width]
