"""A teacher's own pictures and films: what they are, and whether they can be used."""

from __future__ import annotations

import os
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING, Any

from engine.errors import RunError
from pipeline.lecture.mistakes import Mistakes

if TYPE_CHECKING:
    from PIL import Image

    from pipeline.lecture.places import Path as Place

PICTURES = ("PNG", "JPEG")
PIXELS_MAX = 100_000_000
SIDE_MAX = 16_384
VIDEO_SECONDS_MAX = 2 * 3600


@dataclass(frozen=True)
class VideoFacts:
    """A film as it is shown: upright size in px of square pixels, quarter turns, length, and whether it has sound.

    start_s: the time in the file of its first picture.
    """

    width: int
    height: int
    turns: int  # anticlockwise quarter turns that make its frames stand upright
    seconds: float
    start_s: float
    sound: bool


def check_picture(path: Path, place: Place, given: str, mistakes: Mistakes) -> None:
    """A mistake unless `path` is a PNG or JPEG that can be read to its end."""
    if not _is_file(path, place, given, mistakes):
        return
    try:
        load_picture(path)
    except RunError as error:
        mistakes.add(place, str(error))


def check_video(path: Path, place: Place, given: str, mistakes: Mistakes) -> None:
    """A mistake unless `path` is a film that can be decoded."""
    if not _is_file(path, place, given, mistakes):
        return
    try:
        facts = video_facts(path)
    except RunError as error:
        mistakes.add(place, str(error))
        return
    if facts.seconds > VIDEO_SECONDS_MAX:
        mistakes.add(place, f"{given} lasts {facts.seconds / 3600:.1f} hours: give one of at most 2 hours.")


def load_picture(path: Path) -> Image.Image:
    """The picture as RGBA, upright. RunError when it cannot be read."""
    from PIL import Image, ImageOps, UnidentifiedImageError

    try:
        with Image.open(path, formats=PICTURES) as image:
            width, height = image.size
            if width * height > PIXELS_MAX or max(width, height) > SIDE_MAX:
                raise RunError(
                    f"{path.name} has {width} x {height} pixels: give a picture of at most 100 million."
                )
            return ImageOps.exif_transpose(image).convert("RGBA")
    except UnidentifiedImageError as error:
        raise RunError(f"{path.name} is no PNG or JPEG: give a picture in one of these formats.") from error
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError) as error:
        raise RunError(
            f"{path.name} is damaged ({_first_line(error)}): give a picture that opens elsewhere too."
        ) from error


def video_facts(path: Path) -> VideoFacts:
    """What `path` is, from its first frame and its header. RunError when it cannot be decoded."""
    import av

    try:
        with av.open(str(path)) as container:
            if not container.streams.video:
                raise RunError(f"{path.name} has no picture: give a film.")
            stream = container.streams.video[0]
            frame = next(container.decode(stream), None)
            if frame is None:
                raise RunError(f"{path.name} has no frame that can be decoded: give a film that plays.")
            seconds = _seconds(container, stream)
            if seconds is None or not stream.codec_context.width:
                raise RunError(f"{path.name} does not say how long it is: convert it to MP4 first.")
            turns = round((frame.rotation or 0) / 90) % 4
            width, height = _upright(frame, stream, turns)
            return VideoFacts(
                width, height, turns, seconds, float(frame.time or 0), bool(container.streams.audio)
            )
    except (av.error.FFmpegError, OSError, ValueError) as error:
        raise RunError(
            f"{path.name} cannot be played ({_first_line(error)}): give a film as MP4 that plays elsewhere too."
        ) from error


def _seconds(container: Any, stream: Any) -> float | None:
    if stream.duration is not None:
        return float(stream.duration * stream.time_base)
    return None if container.duration is None else container.duration / 1_000_000


def _upright(frame: Any, stream: Any, turns: int) -> tuple[int, int]:
    aspect = stream.sample_aspect_ratio or Fraction(1)
    width, height = round(frame.width * aspect), frame.height
    return (height, width) if turns % 2 else (width, height)


def _is_file(path: Path, place: Place, given: str, mistakes: Mistakes) -> bool:
    if path.is_dir():
        mistakes.add(place, f"{given} is a folder: give the path of a file.")
    elif not path.is_file():
        mistakes.add(
            place,
            f"There is no file {given} in {os.fspath(path.parent)}: paths start in the script's folder.",
        )
    else:
        return True
    return False


def _first_line(error: BaseException) -> str:
    text = getattr(error, "strerror", None) or str(error)
    return (text.splitlines() or [type(error).__name__])[0].rstrip(".")
