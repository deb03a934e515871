"""A lecturer's own films and pictures, made into what every program shows: H.264 in MP4, upright PNG or JPEG."""

from __future__ import annotations

import heapq
import shutil
from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path
from typing import Any

from engine.data.pictures import images
from engine.errors import InputError
from pipeline.deck.model import Clip
from pipeline.media import ends, films, hdr, shown
from pipeline.media.facts import Facts
from pipeline.media.facts import facts as facts_of
from scenes.stage.captions import Cue

PICTURE_SIDE_PX = 2560
PHOTOS = ("JPEG", "MPO", "WEBP", "AVIF")  # formats whose pictures lose nothing to see as JPEG
VIDEO_CODECS, SOUND_CODECS = {"h264"}, {"aac", "mp3"}
SIDE_MAX_PX = 1920
TICK = Fraction(1, 90_000)  # of the times in the film that is written


def own_clip(source: Path, sound: bool, stem: Path, cues: tuple[Cue, ...] = ()) -> Clip:
    """A film of the lecturer's as a clip; its files begin with ``stem``. Without its sound if not ``sound``.

    Copied as it is when players take it, else encoded anew. Raises InputError when it cannot be decoded.
    """
    facts = facts_of(source)
    path = Path(f"{stem}.mp4")
    if _plays(source, facts, sound):
        shutil.copyfile(source, path)
    else:
        _encode(source, facts, sound and facts.sound, path)
    first, last = Path(f"{stem}-first.png"), Path(f"{stem}-last.png")
    ends.save(path, first, last)
    width, height = facts.size(SIDE_MAX_PX)
    return Clip(path, facts.seconds, width, height, max(1, round(facts.rate)), first, last, cues)


def own_picture(source: Path, stem: Path) -> Path:
    """A picture of the lecturer's, upright, in sRGB and no larger than slides need; what is transparent stays so.

    Raises InputError when it cannot be read.
    """
    from PIL import Image

    picture = images.load(source, PICTURE_SIDE_PX)
    picture.thumbnail((PICTURE_SIDE_PX, PICTURE_SIDE_PX), Image.Resampling.LANCZOS)
    opaque = picture.getchannel("A").getextrema() == (255, 255)
    path = Path(f"{stem}{'.jpg' if opaque and images.format_of(source) in PHOTOS else '.png'}")
    if path.suffix == ".jpg":
        picture.convert("RGB").save(path, format="JPEG", quality=90)
    else:
        (picture.convert("RGB") if opaque else picture).save(path, format="PNG", optimize=True)
    return path


def _plays(source: Path, facts: Facts, sound: bool) -> bool:
    """Whether PowerPoint and browsers take the file as it is: H.264 4:2:0, upright, square pixels, in MP4."""
    if facts.turns or facts.interlaced or hdr.needed(facts) or source.suffix.lower() not in (".mp4", ".m4v"):
        return False
    with films.opened(source) as container:
        if container.format.name != "mov" or len(container.streams.video) > 1:
            return False
        context: Any = container.streams.video[0].codec_context
        sounds = container.streams.audio
        return (
            context.name in VIDEO_CODECS
            and context.pix_fmt in ("yuv420p", "yuvj420p")
            and (context.width, context.height) == (facts.width, facts.height)
            and (sound or not sounds)
            and all(
                one.codec_context is not None and one.codec_context.name in SOUND_CODECS for one in sounds
            )
        )


def _encode(source: Path, facts: Facts, sound: bool, path: Path) -> None:
    """Encode ``source`` as H.264 and AAC, as it is shown, in its own rhythm. Its first picture is at 0 s."""
    import av

    from pipeline.lecture.assemble import audio
    from pipeline.lecture.timeline import Sound

    try:
        with av.open(str(path), "w", format="mp4", options={"movflags": "+faststart"}) as new:
            packets = [_video(new, source, facts)]
            if sound:
                piece = Sound(source, 0.0, facts.seconds, facts.start_s)
                packets.append(audio(new, (piece,), facts.seconds))
            for _, _, packet in heapq.merge(*packets, key=lambda one: one[:2]):
                new.mux(packet)
    except av.error.FFmpegError as error:
        raise InputError(
            f"{source.name} cannot be converted for slides: give it as an MP4 with H.264."
        ) from error


def _video(new: Any, source: Path, facts: Facts) -> Iterator[tuple[float, int, Any]]:
    """The film's packets, each with when it is due and its place among streams."""
    video = new.add_stream("libx264", rate=facts.rate, options={"crf": "20", "preset": "veryfast"})
    video.width, video.height = facts.size(SIDE_MAX_PX)
    video.pix_fmt = "yuv420p"
    context = video.codec_context
    context.color_range, context.colorspace, context.color_primaries, context.color_trc = 1, 1, 1, 1
    context.time_base = TICK
    return _encoded(video, source, facts)


def _encoded(video: Any, source: Path, facts: Facts) -> Iterator[tuple[float, int, Any]]:
    last, due = -1, 0.0
    for frame in shown.frames(source, facts, facts.size(SIDE_MAX_PX), None):
        ticks = round((float(frame.time or 0.0) - facts.start_s) / TICK)
        if ticks <= last:
            continue
        frame.pts, frame.time_base, frame.pict_type = ticks, TICK, 0
        last, due = ticks, float(ticks * TICK)
        for packet in video.encode(frame):
            yield due, 0, packet
    for packet in video.encode():
        yield due, 0, packet
