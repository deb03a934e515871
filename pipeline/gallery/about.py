"""An item as the gallery shows it, whatever file told of it."""

from __future__ import annotations

import html
from dataclasses import dataclass, field

from pipeline.gallery.subtitles import Said


@dataclass(frozen=True)
class Beat:
    """A beat of a film: a name that no other beat of it has, its title, seconds."""

    key: str
    title: str
    start_s: float
    end_s: float


@dataclass(frozen=True)
class Shown:
    """A number put on screen: when (s), in which beat, as which text, from where, and the exact value."""

    time_s: float
    beat: str
    text: str
    series: str
    index: tuple[int, ...]
    value: str


@dataclass
class About:
    """An item as the gallery shows it. Empty texts and lists: not known. ``problems``: one sentence each."""

    kind: str  # film, clip, lecture, picture, document
    title: str
    scene: str = ""
    language: str = ""
    theme: str = ""
    quality: str = ""
    seconds: float | None = None
    burned: bool = False
    given: str = ""  # the parameters that were given, as typed
    command: str = ""
    details: dict[str, str] = field(default_factory=dict)
    beats: list[Beat] = field(default_factory=list)
    shown: list[Shown] | None = None  # None: there is no record of them
    subtitles: dict[str, list[Said]] = field(default_factory=dict)  # by language, "" when it is not known
    problems: list[str] = field(default_factory=list)

    @property
    def words(self) -> str:
        """Everything a search may look for, in one line."""
        said = [html.unescape(one.text) for cues in self.subtitles.values() for one in cues]
        beats = [f"{beat.title} {beat.key}" for beat in self.beats]
        return " ".join(" ".join([self.title, self.scene, self.given, *beats, *said]).split())
