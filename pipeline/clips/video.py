"""Clips as video: H.264, VP9 and ProRes 4444, the last two with transparency.

Every coder works at a fixed quantiser, and a clip ends with a key frame, as it begins with one: equal pictures then
decode to equal pixels, and nothing blinks where one clip ends and the next begins.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import av
import numpy as np
from av.video.frame import PictureType
from av.video.reformatter import ColorRange, Colorspace, Interpolation, VideoReformatter

from pipeline.clips.footage import Footage, Shot, filled
from pipeline.encoder import FilmStream
from pipeline.paint.tiles import Tiles
from pipeline.studio.crew import cores

QUANTISER = "20"  # of 63: what is lost against the drawing is lost to 4:2:0 chroma, not to this
# "good" takes four times as long as "realtime" and gains nothing on drawings. Without lag and hidden reference frames a
# clip can end with a key frame, and transparency needs it so.
VP9 = {
    "crf": QUANTISER, "qmin": QUANTISER, "qmax": QUANTISER, "b": "0",
    "deadline": "realtime", "cpu-used": "6", "row-mt": "1", "tile-columns": "2",
    "auto-alt-ref": "0", "lag-in-frames": "0", "aq-mode": "0", "tune-content": "screen",
}  # fmt: skip
PRORES = {"profile": "4444", "vendor": "apl0", "alpha_bits": "8"}
PRORES_QUANTISER = 8  # 55 dB from the drawing; every frame stands by itself, so files are large all the same


class Sheet:
    """A picture that a `FilmStream` takes in place of a camera's: all of it may have changed."""

    def __init__(self, width: int, height: int) -> None:
        self.pixel_array = np.full((height, width, 4), 255, dtype=np.uint8)
        self.changed = Tiles(width, height)

    def show(self, shot: Shot) -> None:
        """Take over an RGB picture."""
        self.pixel_array[..., :3] = np.asarray(shot.picture)
        self.changed.mark_all()


def write_mp4(footage: Footage, path: Path) -> None:
    """H.264, as films are."""
    stream = FilmStream(path, footage.width, footage.height, footage.fps)
    try:
        sheet: Any = Sheet(footage.width, footage.height)
        for shot in footage.shots():
            sheet.show(shot)
            stream.write(sheet, shot.frames)
    except BaseException:
        stream.abort()
        raise
    stream.close()


def write_webm(footage: Footage, path: Path) -> None:
    """VP9; its transparency is a second picture in the same file."""
    layout = "yuva420p" if footage.master.transparent else "yuv420p"
    _write(footage, path, _converter(footage, layout), "webm", "libvpx-vp9", layout, VP9)


def write_mov(footage: Footage, path: Path) -> None:
    """Apple ProRes 4444."""
    layout = "yuva444p10le" if footage.master.transparent else "yuv444p10le"
    _write(footage, path, _converter(footage, layout), "mov", "prores_ks", layout, PRORES)


def _converter(footage: Footage, layout: str) -> Callable[[Shot], av.VideoFrame]:
    reformatter = VideoReformatter()

    def convert(shot: Shot) -> av.VideoFrame:
        if footage.master.transparent:
            frame = av.VideoFrame.from_ndarray(filled(shot.picture, footage.ground), format="rgba")
        else:
            frame = av.VideoFrame.from_ndarray(np.asarray(shot.picture), format="rgb24")
        return reformatter.reformat(
            frame,
            format=layout,
            dst_colorspace=Colorspace.ITU709,
            dst_color_range=ColorRange.MPEG,
            interpolation=Interpolation.AREA,
        )

    return convert


def _write(
    footage: Footage,
    path: Path,
    convert: Callable[[Shot], av.VideoFrame],
    container_format: str,
    codec: str,
    layout: str,
    options: dict[str, str],
) -> None:
    with av.open(str(path), "w", format=container_format) as container:
        stream: Any = container.add_stream(codec, rate=footage.fps, options=options)
        stream.width, stream.height, stream.pix_fmt = footage.width, footage.height, layout
        context = stream.codec_context
        context.color_range, context.colorspace, context.color_primaries, context.color_trc = 1, 1, 1, 1
        context.thread_count = cores()
        if codec == "prores_ks":
            context.qscale = True
            context.global_quality = PRORES_QUANTISER
        total, pts = footage.frames, 0
        for shot in footage.shots():
            frame = convert(shot)
            frame.time_base = 1 / footage.fps
            for _ in range(shot.frames):
                frame.pts = pts
                pts += 1
                frame.pict_type = PictureType.I if pts == total else PictureType.NONE
                container.mux(stream.encode(frame))
        container.mux(stream.encode())
