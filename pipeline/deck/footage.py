"""A lecturer's own films and pictures, made into what every program shows: H.264 in MP4, upright PNG or JPEG."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

from engine.errors import RunError
from pipeline.deck.frames import first_and_last
from pipeline.deck.model import Clip
from pipeline.lecture.media import VideoFacts, load_picture, video_facts
from scenes.captions import Cue

PICTURE_SIDE_PX = 2560
VIDEO_CODECS, SOUND_CODECS = {"h264"}, {"aac", "mp3"}
SIDE_MAX_PX = 1920


def own_clip(source: Path, sound: bool, stem: Path, cues: tuple[Cue, ...] = ()) -> Clip:
    """A film of the lecturer's as a clip; its files begin with ``stem``. Without its sound if not ``sound``.

    Copied as it is when players take it, else encoded anew. Raises RunError when it cannot be decoded.
    """
    facts = video_facts(source)
    path = Path(f"{stem}.mp4")
    if _plays(source, facts, sound):
        shutil.copyfile(source, path)
    else:
        _encode(source, facts, sound, path)
    first, last = Path(f"{stem}-first.png"), Path(f"{stem}-last.png")
    first_and_last(path, first, last)
    width, height = _size(facts)
    return Clip(path, facts.seconds, width, height, _rate(path), first, last, cues)


def own_picture(source: Path, stem: Path) -> Path:
    """A picture of the lecturer's, upright and no larger than slides need. Raises RunError when it cannot be read."""
    from PIL import Image

    picture = load_picture(source)
    picture.thumbnail((PICTURE_SIDE_PX, PICTURE_SIDE_PX), Image.Resampling.LANCZOS)
    photo = source.suffix.lower() in (".jpg", ".jpeg")
    path = Path(f"{stem}{'.jpg' if photo else '.png'}")
    if photo:
        picture.convert("RGB").save(path, format="JPEG", quality=90)
    else:
        picture.save(path, format="PNG", optimize=True)
    return path


def _plays(source: Path, facts: VideoFacts, sound: bool) -> bool:
    """Whether PowerPoint and browsers take the file as it is: H.264 4:2:0, upright, square pixels, in MP4."""
    import av

    with av.open(str(source)) as container:
        video = container.streams.video[0]
        context: Any = video.codec_context
        return (
            "mp4" in container.format.name.split(",")
            and source.suffix.lower() in (".mp4", ".m4v")
            and context.name in VIDEO_CODECS
            and context.pix_fmt in ("yuv420p", "yuvj420p")
            and len(container.streams.video) == 1
            and facts.turns == 0
            and (context.width, context.height) == (facts.width, facts.height)
            and (sound or not container.streams.audio)
            and all(one.codec_context.name in SOUND_CODECS for one in container.streams.audio)
        )


def _size(facts: VideoFacts) -> tuple[int, int]:
    """Even sides of at most SIDE_MAX_PX."""
    share = min(1.0, SIDE_MAX_PX / max(facts.width, facts.height))
    width, height = (max(2, 2 * round(side * share / 2)) for side in (facts.width, facts.height))
    return width, height


def _rate(path: Path) -> int:
    import av

    with av.open(str(path)) as container:
        return max(1, round(float(container.streams.video[0].average_rate or 30)))


def _encode(source: Path, facts: VideoFacts, sound: bool, path: Path) -> None:
    """Encode ``source`` as H.264 and AAC, upright, in its own rhythm."""
    import av

    try:
        with av.open(str(source)) as old, av.open(str(path), "w", options={"movflags": "+faststart"}) as new:
            _copy(old, new, facts, sound and bool(old.streams.audio))
    except (av.error.FFmpegError, ValueError) as error:
        raise RunError(
            f"{source.name} cannot be converted for slides: give it as an MP4 with H.264."
        ) from error


def _copy(old: Any, new: Any, facts: VideoFacts, sound: bool) -> None:
    from PIL import Image

    source = old.streams.video[0]
    rate = source.average_rate or 30
    width, height = _size(facts)
    video = new.add_stream("libx264", rate=rate, options={"crf": "20", "preset": "veryfast"})
    video.width, video.height, video.pix_fmt = width, height, "yuv420p"
    video.codec_context.time_base = source.time_base
    audio = new.add_stream("aac", rate=48000) if sound else None
    streams = [source, old.streams.audio[0]] if audio is not None else [source]
    for frame in old.decode(*streams):
        if audio is not None and not hasattr(frame, "width"):
            new.mux(audio.encode(frame))
            continue
        if facts.turns:
            turned = frame.to_image().rotate(90 * facts.turns, expand=True)
            made = type(frame).from_image(turned.resize((width, height), Image.Resampling.LANCZOS))
            made.pts, made.time_base = frame.pts, frame.time_base
            frame = made
        new.mux(video.encode(frame.reformat(width, height, "yuv420p")))
    new.mux(video.encode())
    if audio is not None:
        new.mux(audio.encode())
