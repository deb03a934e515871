"""What a film is: its shape as shown, its length, whether it can be heard, and what must be done before it is shown."""

from __future__ import annotations

import os
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import islice
from pathlib import PurePath
from typing import Any

from engine.errors import InputError
from engine.text.echo import echo
from pipeline.media import films

RATE_MAX = 120  # pictures a second; files that claim more have no even rate
USUAL_RATE = 30
# Each frame of a GIF or APNG is composed as large as the canvas, and a few bytes are enough for one.
ANIMATED_PIXELS_MAX = 5_000_000_000  # of all frames together: 2,400 of 1920 × 1080
ANIMATED_FRAMES_MAX = 100_000
PQ, HLG = 16, 18  # transfer characteristics of ITU-T H.273: SMPTE ST 2084 and ARIB STD-B67
BT2020, P3 = 9, 12  # colour primaries of the same


@dataclass(frozen=True)
class Facts:
    """A film as it is shown: upright size in px of square pixels, quarter turns, length, and what it has.

    turns: anticlockwise quarter turns that make its frames stand upright.  start_s: the time in the file of its first
    picture.  rate: pictures a second, about.  sound: whether there is one that can be decoded.  unheard: whether there
    is sound, and none of it can be.  transfer, primaries: by ITU-T H.273.
    """

    width: int
    height: int
    turns: int
    seconds: float
    start_s: float
    rate: Fraction
    sound: bool
    unheard: bool
    interlaced: bool
    transfer: int
    primaries: int

    def size(self, side_max_px: int) -> tuple[int, int]:
        """Even sides, as coders want them, of at most ``side_max_px``; never larger than the film."""
        share = min(1.0, side_max_px / max(self.width, self.height))
        width, height = (max(2, 2 * round(side * share / 2)) for side in (self.width, self.height))
        return width, height


def facts(path: str | os.PathLike[str]) -> Facts:
    """What the film at ``path`` is, from its first frame and its header. InputError when it cannot be shown."""
    name = echo(PurePath(path).name)
    with films.opened(path) as container:
        stream = films.pictures(container)
        if stream is None:
            raise InputError(_no_picture(name, container))
        if container.format.name in films.ANIMATED.values():
            _check_animated(path, name, stream)
        frame = next(container.decode(stream), None)
        if frame is None or not frame.width:
            raise InputError(f"{name} has no frame that can be decoded: give a film that plays.")
        turns = round((frame.rotation or 0) / 90) % 4
        width, height = _upright(frame, stream, turns)
        rate = _rate(stream)
        start_s = float(frame.time or 0)
        seconds = _claimed(container, stream)
        sounds = container.streams.audio
        heard = films.sound(container) is not None
        context: Any = stream.codec_context
        found = Facts(
            width, height, turns, seconds, start_s, rate, heard, bool(sounds) and not heard,
            bool(frame.interlaced_frame), context.color_trc or 0, context.color_primaries or 0,
        )  # fmt: skip
    return found if seconds > 0 else replace(found, seconds=measured_s(path, found))


def _check_animated(path: str | os.PathLike[str], name: str, stream: Any) -> None:
    """InputError for a GIF or APNG that takes long to compose: its frames are counted, none is decoded."""
    width, height = stream.codec_context.width, stream.codec_context.height
    most = min(ANIMATED_PIXELS_MAX // max(width * height, 1), ANIMATED_FRAMES_MAX)
    with films.opened(path) as container:
        packets = (packet for packet in container.demux(films.pictures(container)) if packet.size)
        if next(islice(packets, most, None), None) is not None:
            raise InputError(
                f"{name} has more than {most:,} frames of {width} × {height} pixels: convert it to MP4, or make it "
                "smaller or shorter."
            )


def _no_picture(name: str, container: Any) -> str:
    if any(stream.codec_context is None for stream in container.streams.video):
        return f"{name} is coded in a way that cannot be decoded here: convert it to MP4 with H.264."
    return f"{name} has no picture: give a film."


def _claimed(container: Any, stream: Any) -> float:
    """The length by the header, in seconds; 0 when it says none, as in a live recording."""
    if stream.duration is not None and stream.time_base:
        return float(stream.duration * stream.time_base)
    return 0.0 if container.duration is None else float(container.duration / 1_000_000)


def measured_s(path: str | os.PathLike[str], found: Facts) -> float:
    """The length by the packets of the film's pictures, in seconds: each is read, none decoded."""
    end_s = found.start_s
    with films.opened(path) as container:
        for packet in container.demux(films.pictures(container)):
            if packet.pts is not None and packet.time_base:
                length = packet.duration * packet.time_base if packet.duration else 1 / found.rate
                end_s = max(end_s, float(packet.pts * packet.time_base + length))
    return max(end_s - found.start_s, float(1 / found.rate))


def _rate(stream: Any) -> Fraction:
    for rate in (stream.average_rate, stream.guessed_rate):
        if rate and 0 < rate <= RATE_MAX:
            return Fraction(rate)
    return Fraction(USUAL_RATE)


def _upright(frame: Any, stream: Any, turns: int) -> tuple[int, int]:
    aspect = stream.sample_aspect_ratio or Fraction(1)
    if not Fraction(1, 20) < aspect < 20:
        aspect = Fraction(1)
    width, height = max(1, round(frame.width * aspect)), frame.height
    return (height, width) if turns % 2 else (width, height)
