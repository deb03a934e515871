"""What one ``render`` makes: which scenes, in which languages, into which files."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from engine.errors import InputError, nearest
from engine.text.echo import echo
from pipeline.target import places
from scenes.stage import style

if TYPE_CHECKING:
    from pipeline.film import FilmJob, Look, Quality
    from scenes.stage.card import Card

LANGUAGES = {**{one: (one,) for one in style.LANGUAGES}, "both": style.LANGUAGES}
THEMES = tuple(style.LOOKS)
CAPTIONS = ("burned", "sidecar", "none")
VOICE_MISSING = ("stop", "silent", "espeak")  # what happens where a recording is missing
DEFAULT_QUALITY = "1080p60"
DECKS = ("pptx", "html", "pdf")
DECK_QUALITY = "1080p30"  # what PowerPoint plays smoothly, also on an old computer


@dataclass(frozen=True)
class Style:
    """How every film of one command looks."""

    lang: str
    theme: str
    quality: "Quality"
    captions: str = "burned"

    @classmethod
    def parse(cls, lang: str, theme: str, quality: str, captions: str) -> "Style":
        """From option values; InputError for a quality that there is not."""
        from pipeline.film import Quality

        return cls(lang, theme, Quality.parse(quality), captions)

    def looks(self) -> "list[Look]":
        """One a language."""
        from pipeline.film import Look

        return [Look(one, self.theme, self.quality, self.captions) for one in LANGUAGES[self.lang]]


@dataclass(frozen=True)
class Planned:
    """One file to make."""

    job: "FilmJob"
    target: Path


def check_beats(card: "Card", beats: Sequence[str], params: Mapping[str, Any] | None = None) -> None:
    """InputError for a beat that ``card`` lacks, or that does not play with these resolved ``params``."""
    shown = card.beats if params is None else card.active_beats(params)
    for beat in beats:
        if beat not in card.beats:
            raise InputError(f"{card.slug} has no beat {echo(beat)}. {nearest(beat, card.beats)}")
        if beat not in shown:
            raise InputError(
                f"Beat {echo(beat)} of {card.slug} does not play with these parameters, only {', '.join(shown)}."
            )


def film_name(job: "FilmJob") -> str:
    """``backward-ko``, then what differs from the usual: ``-light``, the beats, a quality not 1080p60."""
    parts = [job.slug, job.language]
    if job.theme != THEMES[0]:
        parts.append(job.theme)
    parts += job.beats
    if job.quality.name != DEFAULT_QUALITY:
        parts.append(job.quality.name)
    return "-".join(parts)


def plan(
    cards: Sequence["Card"], style: Style, beats: Sequence[str], output: Path | None, suffix: str = ".mp4"
) -> list[Planned]:
    """One file for each scene and language; ``output`` is a folder, or the file when there is only one.

    Raises InputError when several files would go into one, or the file's suffix is another.
    """
    jobs = [look.job(card.slug, tuple(beats)) for card in cards for look in style.looks()]
    return [Planned(*one) for one in zip(jobs, places([*map(film_name, jobs)], suffix, output), strict=True)]
