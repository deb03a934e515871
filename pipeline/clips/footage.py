"""A master as a format wants it: at its frame rate and size, with the end of a loop, and without its edges bleeding."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from fractions import Fraction
from math import ceil

import numpy as np
from PIL import Image

from pipeline.clips.master import Master

Colour = tuple[int, int, int]

LOOP_HOLD_S = 1.5  # the end of a beat stands, before a loop fades back to its beginning
LOOP_FADE_S = 0.5
FAINT = 16  # alpha below which eight bits no longer tell the colour
BLEED_PX = 4  # chroma is averaged over 2 px, and interpolated over 2 more by a player


def _nothing() -> None:
    """Nobody watches."""


@dataclass(frozen=True)
class Shot:
    """One picture and how many frames it stands. Its mode is RGB, or RGBa (premultiplied) when it is transparent."""

    picture: Image.Image
    frames: int


@dataclass(frozen=True)
class Footage:
    """What is to be written: a master at `fps`, `width` x `height` px. A loop holds its end and fades to its start.

    `ground` is the theme's background, for what stands beside, or shines through, soft edges. `watch` is called
    at every picture, and may raise to give up.
    """

    master: Master
    width: int
    height: int
    fps: Fraction
    ground: Colour
    loop: bool = False
    watch: Callable[[], None] = field(default=_nothing, compare=False)

    def shots(self) -> Iterator[Shot]:
        """The pictures in order. May be called again."""
        first = shot = None
        for shot in self._drawn():
            self.watch()
            first = first or shot
            yield shot
        if self.loop and first is not None and shot is not None:
            yield from self._back(shot.picture, first.picture)

    def last(self) -> Image.Image:
        """The picture on which the beat ends."""
        for pixels, _ in self.master.pictures():
            last = pixels
        return self._scaled(last)

    @property
    def frames(self) -> int:
        """How many frames are to be written."""
        count = self._at(self.master.frames)
        return count + self._held + self._steps - 1 if self.loop else count

    @property
    def _held(self) -> int:
        return round(LOOP_HOLD_S * self.fps)

    @property
    def _steps(self) -> int:
        return max(2, round(LOOP_FADE_S * self.fps))

    def _at(self, frame: int) -> int:
        """How many frames at `fps` begin before that frame of the master."""
        return ceil(frame * self.fps / self.master.fps)

    def _drawn(self) -> Iterator[Shot]:
        start = 0
        for pixels, frames in self.master.pictures():
            count = self._at(start + frames) - self._at(start)
            start += frames
            if count:
                yield Shot(self._scaled(pixels), count)

    def _back(self, last: Image.Image, first: Image.Image) -> Iterator[Shot]:
        yield Shot(last, self._held)
        for step in range(1, self._steps):
            yield Shot(Image.blend(last, first, step / self._steps), 1)

    def _scaled(self, pixels: np.ndarray) -> Image.Image:
        height, width = pixels.shape[:2]
        mode, source = ("RGBa", "RGBa") if self.master.transparent else ("RGB", "RGBX")
        picture = Image.frombytes(mode, (width, height), pixels.tobytes(), "raw", source)
        size = (self.width, self.height)
        return picture if picture.size == size else picture.resize(size, Image.Resampling.HAMMING)


def straight(picture: Image.Image) -> np.ndarray:
    """An RGBa picture as RGBA with straight alpha, uint8 (height, width, 4)."""
    return np.array(picture.convert("RGBA"))


def filled(picture: Image.Image, ground: Colour) -> np.ndarray:
    """As `straight`, but what cannot be seen has the colour of what is next to it, and `ground` further away.

    Lossy formats mix colours of neighbours, seen or not: black beside a soft edge would come out as a dark rim.
    """
    out = straight(picture)
    unseen = out[..., 3] == 0
    if not unseen.any():
        return out
    around = straight(picture.reduce(BLEED_PX))
    colours = np.where(around[..., 3:] >= FAINT, around[..., :3], np.array(ground, dtype=np.uint8))
    large = colours.repeat(BLEED_PX, axis=0).repeat(BLEED_PX, axis=1)[: out.shape[0], : out.shape[1]]
    out[unseen, :3] = large[unseen]
    return out


def over(picture: Image.Image, ground: Colour) -> Image.Image:
    """An RGBa picture over a colour, as RGB."""
    below = Image.new("RGBA", picture.size, (*ground, 255))
    below.alpha_composite(picture.convert("RGBA"))
    return below.convert("RGB")
