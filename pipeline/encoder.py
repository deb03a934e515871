"""Pictures to one H.264 stream: Manim's file-writer hook, without its file per animation.

The drawing thread hands over what changed of a picture, in YUV; a thread of the stream's own encodes.
The picture on which a film comes to rest is a key frame: at a fixed quantiser, a clip that begins with it decodes to
the same pixels. So are other pictures that come to rest: a key frame shows nothing of what was there before, and one
that fell into the middle of a rest would clear the picture up while one looks at it.

A film is a row of reels, one for each beat, each encoded by an encoder of its own: reels that were drawn by several
processes are, one after the other, the film that one process makes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from fractions import Fraction
from pathlib import Path
from queue import Queue
from threading import Thread
from typing import Any, Protocol

import av
from av.video.frame import PictureType
from manim.scene.scene_file_writer import SceneFileWriter

from pipeline.joining import MP4
from pipeline.paint.camera import FilmCamera
from pipeline.paint.light import Light
from pipeline.paint.yuv import Cutter, Part, YuvPicture, plane
from pipeline.reel import Reel

CODEC = "libx264"
# Key frames so much better than others (ipratio) leave nothing to improve while a picture stands: it does not creep.
# Drawings hardly profit from what x264 takes its time for, and their edges are sharper when it does not smooth them.
# Where much moves B-frames take half the bits; where little does they only take time; and of a photograph that fades
# within moments they lose the texture.
# bench/tuning.py is where these were chosen; bench/quality.py measures that nothing is lost that is seen.
OPTIONS = {
    "preset": "superfast",
    "qp": "24",
    "bf": "5",  # with more, a picture that stands would come again later (pipeline/reel.py)
    "forced-idr": "1",
    "x264-params": "rc-lookahead=0:scenecut=0:weightp=0:aq-mode=0:mbtree=0"
    ":b-adapt=0:b-pyramid=none:no-dct-decimate=1:no-deblock=1:subme=0:ipratio=3:pbratio=2.5",
}
KEY_EVERY_S = 2.0  # a picture that comes to rest is a key frame when the last one is so long ago
KEY_LATEST_S = 10.0  # and x264 makes one after so long: later than films move without a rest
REST_S = 0.5  # what stands so long has come to rest
FADE = 1.0  # a picture whose light changes by more, in grey levels on the average, is no B-frame
MOVING_SHARE = 0.1  # of the picture; where less changes there are no B-frames
FAST = {"preset": "ultrafast", "qp": "20"}  # for previews: larger files, sooner
WAITING_BYTES = 24_000_000  # enough to go on drawing while a rest of a second is encoded

Picture = av.VideoFrame | list[Part]  # a whole one, or what is new in it
Item = tuple[Picture, int, bool]  # how often it is shown, and whether it is the reel's last
NEW_REEL: Item = ([], 0, False)


class Stream(Protocol):
    """Where the frames of a film go."""

    def write(self, camera: FilmCamera, repeat: int) -> None:
        """Append `repeat` frames of the camera's picture."""

    def next_reel(self) -> None:
        """What follows is decoded without what came before."""

    def close(self) -> None:
        """Finish the file."""

    def abort(self) -> None:
        """Stop and remove the unfinished file."""


class _ByteQueue(Queue["Item | None"]):
    """A queue that is full once what waits in it takes `maxsize` bytes."""

    def _init(self, maxsize: int) -> None:
        super()._init(maxsize)
        self._bytes = 0

    def _qsize(self) -> int:
        return self._bytes

    def _put(self, item: Item | None) -> None:
        super()._put(item)
        self._bytes += _weight(item)

    def _get(self) -> Item | None:
        item: Item | None = super()._get()
        self._bytes -= _weight(item)
        return item


def _weight(item: Item | None) -> int:
    """Bytes of pixels, and one so that nothing weighs nothing."""
    if item is None:
        return 1
    picture = item[0]
    if isinstance(picture, list):
        return 1 + sum(part.nbytes for part in picture)
    return 1 + picture.width * picture.height * 3 // 2


class FilmStream:
    """One H.264 yuv420p stream in an MP4 at `path`; `close` finishes it, `abort` removes it."""

    def __init__(self, path: Path, width: int, height: int, fps: int | Fraction, fast: bool = False) -> None:
        self.path, self.fps, self.pts = path, fps, 0
        # The newest picture waits here: it may turn out to be the last.
        self._held: tuple[Picture, int] | None = None
        self._cutter, self._picture = Cutter(), YuvPicture(width, height)
        self._light = Light()
        self._queue: Queue[Item | None] = _ByteQueue(WAITING_BYTES)
        self._error: BaseException | None = None
        self._container = av.open(str(path), "w", format="mp4", options=MP4)
        self._key = 0  # of the last key frame
        self._begins = True  # whether the next picture is a reel's first
        self._options = (FAST if fast else OPTIONS) | {"g": str(round(KEY_LATEST_S * fps))}
        # Its encoder says what all are like, and is told no picture: they would stay with it.
        self._stream: Any = self._container.add_stream(CODEC, rate=fps, options=self._options)
        self._set_up(self._stream.codec_context)
        self._container.start_encoding()
        self._reel = self._new_reel()
        self._thread = Thread(target=self._work, name="film-encoder", daemon=True)
        self._thread.start()

    def write(self, camera: FilmCamera, repeat: int) -> None:
        """Append `repeat` frames of the camera's picture. Raises what the encoder met."""
        if self._error is not None:
            raise self._error
        if self._held is not None and not camera.changed.marked.any():
            self._held = self._held[0], self._held[1] + repeat
            return
        parts = self._cutter.cut(camera.pixel_array, camera.changed)
        camera.changed.clear()
        self._take(parts, repeat)

    def append(self, frame: av.VideoFrame, repeat: int) -> None:
        """Append `frame`, yuv420p of the film's size, `repeat` times. Raises what the encoder met."""
        if self._error is not None:
            raise self._error
        self._take(frame, repeat)

    def _take(self, picture: Picture, repeat: int) -> None:
        self._hand_over(last=False)
        self._held = picture, repeat

    def next_reel(self) -> None:
        """What follows is decoded without what came before, and as it would be in a film of its own."""
        if self._held is not None:
            self._hand_over(last=True)
            self._held = None
            self._queue.put(NEW_REEL)

    def _set_up(self, encoder: Any) -> Any:
        encoder.thread_count = 2  # x264 works on while Python waits for its lock
        encoder.width, encoder.height, encoder.pix_fmt = (
            self._picture.frame.width,
            self._picture.frame.height,
            "yuv420p",
        )
        # Readers must not guess: HD colour, limited range.
        encoder.color_range = encoder.colorspace = encoder.color_primaries = encoder.color_trc = 1
        return encoder

    def _new_reel(self) -> Reel:
        like = self._stream.codec_context
        encoder: Any = av.CodecContext.create(CODEC, "w")
        encoder.framerate, encoder.time_base = like.framerate, like.time_base
        encoder.options, encoder.flags = self._options, like.flags
        return Reel(self._set_up(encoder), self.pts)

    def _flush(self) -> None:
        self._mux(self._reel.finish())

    def _mux(self, packets: Iterable[Any]) -> None:
        for packet in packets:
            packet.stream = self._stream
            self._container.mux(packet)

    def _hand_over(self, last: bool) -> None:
        if self._held is not None:
            self._queue.put((*self._held, last))

    def _work(self) -> None:
        while (item := self._queue.get()) is not None:
            if self._error is not None:
                continue
            try:
                if item is NEW_REEL:
                    self._flush()
                    self._reel, self._begins = self._new_reel(), True
                else:
                    self._encode(*item)
            except BaseException as error:  # handed to the writing thread at its next call
                self._error = error

    def _encode(self, picture: Picture, repeat: int, last: bool) -> None:
        if isinstance(picture, list):
            self._picture.take(picture)
            frame = self._picture.frame
        else:
            frame = picture
        if self._begins:  # nothing of the reel before may tell on this one
            self._begins, self._key = False, self.pts
            self._light.forget()
            self._light.change(plane(frame, 0))
            between = False
        else:
            # A picture that stands must not begin as a B-frame: it would clear up while one looks at it.
            between = self._moves(picture, frame) and repeat == 1
        kind = PictureType.NONE if between else PictureType.P
        rests = repeat >= REST_S * self.fps and self.pts - self._key >= KEY_EVERY_S * self.fps
        if last or rests:
            kind, self._key = PictureType.I, self.pts
        frame.time_base = 1 / Fraction(self.fps)
        self.pts += repeat
        self._mux(self._reel.show(frame, kind, repeat))

    def _moves(self, picture: Picture, frame: av.VideoFrame) -> bool:
        """Whether much of the picture changes, and does so by moving rather than by fading."""
        if isinstance(picture, list):
            changed = sum(part.place.area for part in picture)
            if changed < MOVING_SHARE * frame.width * frame.height:
                self._light.forget()
                return False
        return self._light.change(plane(frame, 0)) <= FADE

    def close(self) -> None:
        """Flush and finish the file."""
        self._hand_over(last=True)
        self._queue.put(None)
        self._thread.join()
        if self._error is None:
            self._flush()
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


def writer_class(open_stream: Callable[[], Stream] | None) -> type[SceneFileWriter]:
    """A file writer that sends every frame to one stream, or only counts them when there is no stream."""

    class FilmWriter(SceneFileWriter):
        def __init__(self, settings: Any) -> None:
            self.stream: Stream | None = None
            super().__init__(settings)
            self.frames_written = 0
            self.stream = open_stream() if open_stream else None

        def begin_animation(self, allow_write: bool = False, **options: Any) -> None:
            """Nothing to open: there is one stream."""

        def end_animation(self, allow_write: bool = False) -> None:
            """Nothing to close."""

        def add_partial_movie_file(self, hash_animation: str | None) -> None:
            """There are no partial files."""

        def next_section(self, name: str, type_: str, skip_animations: bool) -> None:
            """Each section is a reel."""
            super().next_section(name, type_, skip_animations)
            if self.stream is not None:
                self.stream.next_reel()

        def write_frame(self, camera: FilmCamera, *, repeat: int = 1) -> None:
            self.frames_written += repeat
            if self.stream is not None:
                self.stream.write(camera, repeat)

        def finish(self) -> None:
            if self.stream is not None:
                self.stream.close()

        def abort_encode_jobs(self, reraise_encoder_failures: bool = False) -> None:
            if self.stream is not None:
                self.stream.abort()

        def save_image(self, pixels: Any) -> None:
            """Stills are taken by `render_still`."""

    return FilmWriter
