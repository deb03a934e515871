"""Masters to write clips from, real and painted, and clips read back by somebody else's means."""

from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import av
import numpy as np
from PIL import Image

from pipeline.clips.footage import Footage
from pipeline.clips.formats import named
from pipeline.clips.master import Master, MasterStream
from pipeline.clips.write import write
from pipeline.film import FilmJob, Quality, render_film
from pipeline.paint.tiles import Tiles
from tests.films.watching import recorded

SMALL = Quality.parse("144p15")
GROUND = (255, 255, 255)  # the light theme's


def filmed(folder: Path, beat: str, transparent: bool = False) -> Master:
    """The master of a beat of `backward`, light, with captions in the picture."""
    job = FilmJob("backward", "en", "light", SMALL, beats=(beat,), lossless=True, transparent=transparent)
    path = folder / f"{beat}-{transparent}.mov"
    result = render_film(recorded("backpropagation"), job, path)
    return Master(path, SMALL.width, SMALL.height, SMALL.fps, result.frames, transparent)


def painted(
    path: Path, runs: Sequence[tuple[np.ndarray, int]], fps: int = 15, transparent: bool = True
) -> Master:
    """A master of these pictures, uint8 (height, width, 4) premultiplied, each with the frames that it stands."""
    height, width = runs[0][0].shape[:2]
    stream = MasterStream(path, width, height, fps)
    for pixels, frames in runs:
        changed = Tiles(width, height)
        changed.mark_all()
        camera: Any = SimpleNamespace(pixel_array=pixels, changed=changed)
        stream.write(camera, frames)
    stream.close()
    return Master(path, width, height, fps, sum(frames for _, frames in runs), transparent)


def footage(master: Master, **changes: Any) -> Footage:
    whole = Footage(master, master.width, master.height, Fraction(master.fps), GROUND)
    return replace(whole, **changes)


def written(shape: Footage, name: str, folder: Path) -> Path:
    path = folder / f"clip.{name}"
    write(named(name), shape, path)
    return path


def decoded(path: Path) -> list[np.ndarray]:
    """Every frame as RGBA (height, width, 4). FFmpeg's own VP9 decoder drops the transparency, so it is libvpx's."""
    if path.suffix in (".gif", ".webp", ".png"):
        with Image.open(path) as picture:
            return [_frame(picture, number) for number in range(getattr(picture, "n_frames", 1))]
    with av.open(str(path)) as container:
        (stream,) = container.streams.video
        if path.suffix == ".webm":
            decoder = av.CodecContext.create("libvpx-vp9", "r")
            frames = [frame for packet in container.demux(stream) for frame in decoder.decode(packet)]
        else:
            frames = list(container.decode(stream))
        return [frame.to_ndarray(format="rgba") for frame in frames]


def _frame(picture: Image.Image, number: int) -> np.ndarray:
    picture.seek(number)
    return np.asarray(picture.convert("RGBA"))


def composed(straight: np.ndarray, ground: tuple[int, int, int]) -> np.ndarray:
    """Straight RGBA over a colour, in floating point: (height, width, 3)."""
    alpha = straight[..., 3:].astype(float) / 255
    return straight[..., :3] * alpha + np.array(ground) * (1 - alpha)


def drawn_over(premultiplied: np.ndarray, ground: tuple[int, int, int]) -> np.ndarray:
    """What Cairo drew over a colour: (height, width, 3)."""
    return premultiplied[..., :3] + np.array(ground) * (1 - premultiplied[..., 3:].astype(float) / 255)


def last(master: Master) -> np.ndarray:
    """The drawn picture on which the master ends."""
    return list(master.pictures())[-1][0]


def first(master: Master) -> np.ndarray:
    return next(master.pictures())[0]
