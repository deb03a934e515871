"""Frames to one H.264 stream: Manim's file-writer hook, without its file per animation.

Colour conversion and encoding run in a thread of their own while Manim draws the next frame; a hold is converted once.
"""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from pathlib import Path
from queue import Queue
from threading import Thread
from typing import Any

import av
import numpy as np
from manim.scene.scene_file_writer import SceneFileWriter

CODEC = "libx264"
OPTIONS = {"preset": "veryfast", "crf": "18"}
FAST = {"preset": "ultrafast", "crf": "20"}  # for previews: larger files, sooner
QUEUE_FRAMES = 8  # about 66 MB of 1080p RGBA at most


class FilmStream:
    """One H.264 yuv420p stream in an MP4 at `path`; `close` finishes it, `abort` removes it."""

    def __init__(self, path: Path, width: int, height: int, fps: int, fast: bool = False) -> None:
        self.path, self.fps, self.pts = path, fps, 0
        self._queue: Queue[tuple[np.ndarray, int] | None] = Queue(QUEUE_FRAMES)
        self._error: BaseException | None = None
        self._container = av.open(str(path), "w", format="mp4", options={"movflags": "+faststart"})
        stream: Any = self._container.add_stream(CODEC, rate=fps, options=FAST if fast else OPTIONS)
        stream.width, stream.height, stream.pix_fmt = width, height, "yuv420p"
        # Readers must not guess: HD colour, limited range.
        stream.codec_context.color_range = 1
        stream.codec_context.colorspace = 1
        stream.codec_context.color_primaries = 1
        stream.codec_context.color_trc = 1
        self._stream = stream
        self._thread = Thread(target=self._work, name="film-encoder", daemon=True)
        self._thread.start()

    def write(self, pixels: np.ndarray, repeat: int) -> None:
        """Append `repeat` frames of RGBA `pixels` (height, width, 4), uint8. Raises what the encoder met."""
        if self._error is not None:
            raise self._error
        self._queue.put((pixels, repeat))

    def _work(self) -> None:
        while (item := self._queue.get()) is not None:
            if self._error is not None:
                continue
            try:
                self._encode(*item)
            except BaseException as error:  # handed to the writing thread at its next call
                self._error = error

    def _encode(self, pixels: np.ndarray, repeat: int) -> None:
        frame = av.VideoFrame.from_ndarray(pixels, format="rgba")
        frame = frame.reformat(format="yuv420p", dst_colorspace="ITU709")
        frame.time_base = Fraction(1, self.fps)
        for _ in range(repeat):
            frame.pts = self.pts
            self.pts += 1
            self._container.mux(self._stream.encode(frame))

    def close(self) -> None:
        """Flush and finish the file."""
        self._queue.put(None)
        self._thread.join()
        if self._error is None:
            self._container.mux(self._stream.encode())
        self._container.close()
        if self._error is not None:
            raise self._error

    def abort(self) -> None:
        """Stop and remove the unfinished file."""
        self._error = self._error or RuntimeError("aborted")
        self._queue.put(None)
        self._thread.join()
        try:
            self._container.close()
        finally:
            self.path.unlink(missing_ok=True)


def writer_class(open_stream: Callable[[], FilmStream] | None) -> type[SceneFileWriter]:
    """A file writer that sends every frame to one stream, or only counts them when there is no stream."""

    class FilmWriter(SceneFileWriter):
        def __init__(self, settings: Any) -> None:
            super().__init__(settings)
            self.frames_written = 0
            self.stream = open_stream() if open_stream else None

        def begin_animation(self, allow_write: bool = False, **options: Any) -> None:
            """Nothing to open: there is one stream."""

        def end_animation(self, allow_write: bool = False) -> None:
            """Nothing to close."""

        def add_partial_movie_file(self, hash_animation: str | None) -> None:
            """There are no partial files."""

        def write_frame(self, pixels: np.ndarray, *, repeat: int = 1) -> None:
            self.frames_written += repeat
            if self.stream is not None:
                self.stream.write(pixels, repeat)

        def finish(self) -> None:
            if self.stream is not None:
                self.stream.close()

        def abort_encode_jobs(self, reraise_encoder_failures: bool = False) -> None:
            if self.stream is not None:
                self.stream.abort()

        def save_image(self, pixels: np.ndarray) -> None:
            """Stills are taken by `render_still`."""

    return FilmWriter
