"""Clips as animated pictures, GIF and WebP, and their last frame as a PNG."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path
from typing import Any

import av

from pipeline.clips.footage import Footage, straight
from pipeline.clips.palette import in_palette

# Both formats count how often a film plays in their own way.
GIF_LOOP = {False: "-1", True: "0"}
WEBP_LOOP = {False: "1", True: "0"}
WEBP = {"lossless": "1", "quality": "60", "compression_level": "3"}


def write_gif(footage: Footage, path: Path) -> None:
    """GIF with a palette of its own. Transparency is there or not."""
    tick = Fraction(1, 100)
    last_cs = round(100 / footage.fps)
    options = {"loop": GIF_LOOP[footage.loop], "final_delay": str(last_cs)}
    frames = in_palette(footage)
    _write(footage, path, frames, "gif", "gif", "pal8", tick, options, {})


def write_webp(footage: Footage, path: Path) -> None:
    """WebP without loss: opaque pictures in a palette of their own, transparent ones as they are."""
    tick = Fraction(1, 1000)
    frames = _as_they_are(footage) if footage.master.transparent else in_palette(footage)
    options = {"loop": WEBP_LOOP[footage.loop]}
    _write(footage, path, frames, "webp", "libwebp_anim", "bgra", tick, options, WEBP)


def write_png(footage: Footage, path: Path) -> None:
    """The picture on which the beat ends, with transparency when it has any."""
    picture = footage.last()
    image = picture.convert("RGBA") if picture.mode == "RGBa" else picture
    image.save(path, format="PNG", optimize=True)


def _as_they_are(footage: Footage) -> Iterator[tuple[av.VideoFrame, int]]:
    for shot in footage.shots():
        yield av.VideoFrame.from_ndarray(straight(shot.picture), format="rgba"), shot.frames


def _write(
    footage: Footage,
    path: Path,
    frames: Iterator[tuple[av.VideoFrame, int]],
    container_format: str,
    codec: str,
    layout: str,
    tick: Fraction,
    options: dict[str, str],
    coding: dict[str, str],
) -> None:
    with av.open(str(path), "w", format=container_format, options=options) as container:
        stream: Any = container.add_stream(codec, rate=footage.fps, options=coding)
        stream.width, stream.height, stream.pix_fmt = footage.width, footage.height, layout
        stream.codec_context.time_base = tick
        place = 0
        for frame, count in frames:
            picture = frame.reformat(format=layout)
            # The last one is written twice, so that the file is as long as the film.
            ends = place + count == footage.frames and count > 1
            for start in (place, place + count - 1) if ends else (place,):
                picture.pts, picture.time_base = round(start / footage.fps / tick), tick
                container.mux(stream.encode(picture))
            place += count
        container.mux(stream.encode())
