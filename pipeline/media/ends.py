"""The pictures on which a film begins and ends, as they are shown (pipeline.media.shown)."""

from __future__ import annotations

from collections import deque
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

from engine.errors import InputError
from engine.text.echo import echo
from pipeline.media import shown
from pipeline.media.facts import Facts
from pipeline.media.facts import facts as facts_of

if TYPE_CHECKING:
    import av
    from PIL import Image

TAIL_S = 2.0  # of a film that is looked at for its last picture: a key frame is in it or before


def first(film: Path, facts: Facts, size: tuple[int, int]) -> Image.Image:
    """The film's first picture, RGB of ``size``. InputError when none can be decoded."""
    with closing(shown.frames(film, facts, size, None)) as pictures:
        return _picture(film, next(pictures, None))


def last(film: Path, facts: Facts, size: tuple[int, int]) -> Image.Image:
    """As ``first``, the last one: looked for in the film's tail, and in all of it where the tail has none."""
    found: deque[av.VideoFrame] = deque(maxlen=1)
    for from_s in (facts.seconds - TAIL_S, 0.0):
        found.extend(shown.frames(film, facts, size, None, from_s=from_s))
        if found:
            break
    return _picture(film, found[0] if found else None)


def save(film: Path, first_png: Path, last_png: Path) -> None:
    """Write both as PNGs in the film's own size. InputError when it has no picture."""
    facts = facts_of(film)
    size = (facts.width, facts.height)
    first(film, facts, size).save(first_png, format="PNG")
    last(film, facts, size).save(last_png, format="PNG")


def _picture(film: Path, frame: av.VideoFrame | None) -> Image.Image:
    if frame is None:
        raise InputError(f"{echo(film.name)} holds no picture: give a film that plays elsewhere.")
    return frame.to_image()  # type: ignore[no-untyped-call, no-any-return]
