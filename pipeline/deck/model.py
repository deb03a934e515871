"""What a deck is, whatever file it becomes: slides in order, each with its words and its clip or picture.

A Deck is whole once it is made: construction refuses what no converter could show, so that converters
need not look again. Files that slides name (clips, pictures) exist then and are only read.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from pipeline.clean import one_line
from scenes.stage.captions import Cue
from scenes.stage.style import LANGUAGES, LOOKS, Look

BULLET = "- "
LOCALES = {"ko": "ko-KR", "en": "en-US"}  # what documents call their language


@dataclass(frozen=True)
class Clip:
    """A film on a slide: its file and size, its first and last frame as PNGs, its captions.

    ``cues`` count from the clip's own start. ``loop`` starts it again at its end; otherwise it stays on its last frame.
    """

    path: Path
    seconds: float
    width_px: int
    height_px: int
    fps: int
    first: Path
    last: Path
    cues: tuple[Cue, ...] = ()
    loop: bool = False

    def __post_init__(self) -> None:
        if not (math.isfinite(self.seconds) and self.seconds > 0 and min(self.width_px, self.height_px) > 0):
            raise ValueError(
                f"A clip has a length and a size, not {self.seconds} s, {self.width_px}x{self.height_px}."
            )
        for file in (self.path, self.first, self.last):
            if not file.is_file():
                raise ValueError(f"The clip's file {file} is missing.")
        starts = [cue.start_s for cue in self.cues]
        if starts != sorted(starts) or any(not 0 <= cue.start_s < cue.end_s for cue in self.cues):
            raise ValueError("A clip's captions follow each other in time.")


@dataclass(frozen=True, kw_only=True)
class Slide:
    """What every slide has: a title (never empty: readers aloud and outlines need it) and speaker notes.

    ``section`` is the chapter it belongs to, such as the scene's title: converters group by it. It may be empty.
    ``titled``: what the slide shows fills it or has a title in it, so that the title should not be written over it.
    """

    title: str
    notes: str = ""
    section: str = ""
    titled: bool = False

    def __post_init__(self) -> None:
        if not self.title.strip():
            raise ValueError("A slide needs a title.")


@dataclass(frozen=True, kw_only=True)
class ClipSlide(Slide):
    """A beat of a scene, or (without scene and beat) a film of the lecturer's own.

    ``alt`` says in words what the clip shows, for readers who do not see it.
    """

    clip: Clip
    scene: str = ""
    beat: str = ""
    alt: str = ""


@dataclass(frozen=True, kw_only=True)
class TitleSlide(Slide):
    """The opening of a deck or of a part: title, subtitle, and small lines such as author and date."""

    subtitle: str = ""
    lines: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class TextSlide(Slide):
    """A title and lines of text, each a paragraph; one that begins with ``BULLET`` is a point of a list."""

    lines: tuple[str, ...]

    def __post_init__(self) -> None:
        super().__post_init__()
        if not self.lines:
            raise ValueError(f"The slide {self.title!r} has no text.")


@dataclass(frozen=True, kw_only=True)
class PictureSlide(Slide):
    """A picture of the lecturer's own, as PNG or JPEG; ``alt`` says in words what it shows."""

    picture: Path
    alt: str = ""

    def __post_init__(self) -> None:
        super().__post_init__()
        if not self.picture.is_file():
            raise ValueError(f"The picture {self.picture} is missing.")


AnySlide = ClipSlide | TitleSlide | TextSlide | PictureSlide


@dataclass(frozen=True)
class Deck:
    """A deck in one language and theme."""

    title: str
    language: str
    theme: str
    slides: tuple[AnySlide, ...]
    author: str = ""
    date: str = ""

    def __post_init__(self) -> None:
        if not self.title.strip() or not self.slides:
            raise ValueError("A deck needs a title and a slide.")
        if self.language not in LANGUAGES or self.theme not in LOOKS:
            raise ValueError(f"A deck cannot be in {self.language}, {self.theme}.")

    @property
    def look(self) -> Look:
        """The colours of the deck's theme, those of its films."""
        return LOOKS[self.theme]


def prose(texts: Iterable[str]) -> str:
    """Captions as running text: what a lecturer says while the clip plays."""
    return " ".join(line for text in texts if (line := one_line(text)))
