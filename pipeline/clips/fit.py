"""Files within a limit: first fewer frames a second, then a smaller picture."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from math import sqrt
from pathlib import Path

from engine.errors import InputError
from pipeline.clips.footage import Footage
from pipeline.clips.formats import Format, rates
from pipeline.clips.recipe import MB, height_for
from pipeline.clips.write import write
from pipeline.film import Quality

STEP = 0.8  # each next width at most
SMALLEST_PX = 240  # narrower, nobody can read what is on it
AIM = 0.95  # of the limit: a size is only nearly proportional to the area


@dataclass(frozen=True)
class Written:
    """A file's bytes and shape, and the shape that it would have had without a limit."""

    format: Format
    bytes: int
    shape: Footage
    wanted: Footage

    @property
    def words(self) -> str:
        """``720x405 at 15  1.24 MB``, and whether that is less than it should have been."""
        lowered = self.shape != self.wanted
        was = f", lowered from {_shape(self.wanted, self.format)} to keep the limit" if lowered else ""
        return f"{_shape(self.shape, self.format)}  {megabytes(self.bytes)}{was}"


def write_within(
    footage: Footage, one: Format, quality: Quality, limit: int | None, path: Path, name: str
) -> Written:
    """Write `footage` to `path`, and smaller as often as `limit` bytes need.

    Raises InputError when even the smallest is too large; `name` is what it calls the file.
    """
    tried, size = footage, write(one, footage, path)
    if limit is not None and size > limit:
        for tried in _slower(footage, one):
            size = write(one, tried, path)
            if size <= limit:
                break
    while limit is not None and size > limit:
        width = _narrower(tried.width, sqrt(AIM * limit / size), one)
        if width < SMALLEST_PX:
            raise InputError(_impossible(name, one, tried, size, limit))
        tried = replace(tried, width=width, height=height_for(width, one, quality))
        size = write(one, tried, path)
    return Written(one, size, tried, footage)


def _slower(footage: Footage, one: Format) -> Iterator[Footage]:
    if one.moves:
        for rate in rates(footage.master.fps, float(footage.fps))[1:]:
            yield replace(footage, fps=rate)


def _narrower(width: int, share: float, one: Format) -> int:
    narrower = int(width * min(STEP, share))
    return narrower - narrower % 2 if one.even else narrower


def _impossible(name: str, one: Format, tried: Footage, size: int, limit: int) -> str:
    other = "" if one.name in ("mp4", "png") else ", or choose mp4, which is smaller"
    return (
        f"{name} cannot be kept to {megabytes(limit)}: it has {megabytes(size)} at {_shape(tried, one)}. "
        f"Allow more with --max-mb{other}."
    )


def megabytes(size: int) -> str:
    """``1.24 MB`` or ``87 kB``, rounded up: nothing looks smaller than it is."""
    return f"{-(-size // 10_000) / 100:.2f} MB" if size >= MB else f"{-(-size // 1000)} kB"


def _shape(footage: Footage, one: Format) -> str:
    size = f"{footage.width}x{footage.height}"
    return f"{size} at {float(footage.fps):.3g}" if one.moves else size
