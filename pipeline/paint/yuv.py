"""The picture in YUV 4:2:0, kept up to date part by part by swscale."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterable
from dataclasses import dataclass

import av
import numpy as np
from av.video.reformatter import Colorspace, Interpolation, VideoReformatter

from pipeline.paint.tiles import Rectangle, Tiles

RIM_PX = 4  # neighbours swscale looks at; with them a part converts exactly as it does in the whole picture
BETWEEN_PX = 20_000  # are converted as soon as one part is handed over
CONVERTERS = 64  # kept, each with some 300 kB of tables


@dataclass(frozen=True)
class Part:
    """What a picture shows at `place`: Y, U and V, uint8, the latter two of half its width and height."""

    place: Rectangle
    planes: tuple[np.ndarray, np.ndarray, np.ndarray]

    @property
    def nbytes(self) -> int:
        """What it takes in memory."""
        return sum(plane.nbytes for plane in self.planes)


class Cutter:
    """Cuts parts out of pictures and converts them to BT.709, limited range."""

    def __init__(self) -> None:
        self._converters: OrderedDict[tuple[int, ...], VideoReformatter] = OrderedDict()

    def cut(self, rgba: np.ndarray, changed: Tiles) -> list[Part]:
        """The `changed` tiles of `rgba`, uint8 (height, width, 4), which may change afterwards."""
        return [self._part(rgba, place) for place in _few(changed.rectangles())]

    def _part(self, rgba: np.ndarray, place: Rectangle) -> Part:
        height, width = rgba.shape[:2]
        top, left = max(place.top - RIM_PX, 0), max(place.left - RIM_PX, 0)
        seen = rgba[top : min(place.bottom + RIM_PX, height), left : min(place.right + RIM_PX, width)]
        luma, *chroma = _planes(self._convert(seen))
        down, right = place.top - top, place.left - left
        rows, columns = place.bottom - place.top, place.right - place.left
        inside = np.s_[down // 2 : (down + rows) // 2, right // 2 : (right + columns) // 2]
        return Part(
            place,
            (luma[down : down + rows, right : right + columns], chroma[0][inside], chroma[1][inside]),
        )

    def _convert(self, rgba: np.ndarray) -> av.VideoFrame:
        """`rgba` as YUV; a converter for each size, as making one costs more than a part."""
        size = rgba.shape[:2]
        converter = self._converters.pop(size, None) or VideoReformatter()
        self._converters[size] = converter
        if len(self._converters) > CONVERTERS:
            self._converters.popitem(last=False)
        return converter.reformat(
            av.VideoFrame.from_numpy_buffer(rgba, format="rgba"),
            format="yuv420p",
            dst_colorspace=Colorspace.ITU709,
            interpolation=Interpolation.AREA,
            threads=1,  # others would be waited for
        )


class YuvPicture:
    """YUV 4:2:0 of a picture of `width` x `height` px (both even)."""

    def __init__(self, width: int, height: int) -> None:
        # The picture itself: it changes with every `take`.
        self.frame = av.VideoFrame(width, height, "yuv420p")
        self._planes = _planes(self.frame)

    def take(self, parts: Iterable[Part]) -> None:
        """Take over `parts` of the picture."""
        for part in parts:
            place = part.place
            for size, target, source in zip((1, 2, 2), self._planes, part.planes, strict=True):
                target[place.top // size : place.bottom // size, place.left // size : place.right // size] = (
                    source
                )


def _few(places: Iterable[Rectangle]) -> list[Rectangle]:
    """All of `places`; neighbours as one, where what lies between them costs less than a part does."""
    few: list[Rectangle] = []
    for place in places:
        for number, other in enumerate(few):
            both = place.around(other)
            if both.area - place.area - other.area <= BETWEEN_PX:
                few[number] = both
                break
        else:
            few.append(place)
    return few


def _planes(frame: av.VideoFrame) -> list[np.ndarray]:
    return [plane(frame, number) for number in range(3)]


def plane(frame: av.VideoFrame, number: int) -> np.ndarray:
    """Y, U or V of `frame`, uint8, without what its rows are padded with."""
    one = frame.planes[number]
    return np.frombuffer(memoryview(one), dtype=np.uint8).reshape(one.height, one.line_size)[:, : one.width]
