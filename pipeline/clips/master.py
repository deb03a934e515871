"""The master of a clip: every drawn pixel, transparency included, in one file that is quick to write and to read.

QuickTime Animation keeps runs of equal pixels and what differs from the frame before: drawings have much of the one and
little of the other. A picture that stands is written once; the time stamps say how long.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import Any

import av
import numpy as np

from pipeline.media import films
from pipeline.paint.camera import FilmCamera

CODEC, CONTAINER, PIXELS = "qtrle", "mov", "argb"
ONE_KEY_FRAME = 10**6  # masters are read from the start


class MasterStream:
    """Writes what the camera draws, RGBA with premultiplied alpha; `close` finishes the file, `abort` removes it."""

    def __init__(self, path: Path, width: int, height: int, fps: int) -> None:
        self.path, self.fps, self.pts = path, fps, 0
        self._container = av.open(str(path), "w", format=CONTAINER)
        stream: Any = self._container.add_stream(CODEC, rate=fps)
        stream.width, stream.height, stream.pix_fmt = width, height, PIXELS
        stream.codec_context.gop_size = ONE_KEY_FRAME
        self._stream = stream
        self._written = False

    def write(self, camera: FilmCamera, repeat: int) -> None:
        """Append the camera's picture for `repeat` frames."""
        if not self._written or camera.changed.marked.any():
            picture = av.VideoFrame.from_ndarray(camera.pixel_array, format="rgba").reformat(format=PIXELS)
            picture.pts, picture.time_base = self.pts, Fraction(1, self.fps)
            self._container.mux(self._stream.encode(picture))
            self._written = True
        camera.changed.clear()
        self.pts += repeat

    def next_reel(self) -> None:
        """A master is read from its start."""

    def close(self) -> None:
        """Finish the file. How long its last picture stands is for the reader to know."""
        self._container.mux(self._stream.encode())
        self._container.close()

    def abort(self) -> None:
        """Stop and remove the unfinished file."""
        try:
            self._container.close()
        finally:
            self.path.unlink(missing_ok=True)


@dataclass(frozen=True)
class Master:
    """A finished master: `frames` pictures, `fps` a second, of `width` x `height` px."""

    path: Path
    width: int
    height: int
    fps: int
    frames: int
    transparent: bool

    def pictures(self) -> Iterator[tuple[np.ndarray, int]]:
        """Each picture, uint8 (height, width, 4) with premultiplied alpha, and how many frames it stands."""
        before: tuple[np.ndarray, int] | None = None
        with films.opened(self.path) as container:
            (stream,) = container.streams.video
            for frame in container.decode(stream):
                assert frame.pts is not None
                assert frame.time_base is not None
                start = round(frame.pts * frame.time_base * self.fps)
                if before is not None:
                    yield before[0], start - before[1]
                before = frame.to_ndarray(format="rgba"), start
        if before is not None:
            yield before[0], self.frames - before[1]
