"""What is known of an item: from its numbers file, its subtitles, its name; what is missing is left out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any

from engine.errors import InputError
from pipeline import numbers
from pipeline.gallery.find import FILMS, PICTURES, Item
from pipeline.gallery.retype import command
from scenes import SCENES
from scenes.card import Card
from scenes.style import LANGUAGES, LOOKS

CARDS = {card.slug: card for card in SCENES}


@dataclass(frozen=True)
class Said:
    """One subtitle: seconds and text."""

    start_s: float
    end_s: float
    text: str


@dataclass
class About:
    """An item as the gallery shows it. Empty texts and lists: not known. ``problems``: one sentence each."""

    kind: str  # film, clip, picture, document
    title: str
    scene: str = ""
    language: str = ""
    theme: str = ""
    quality: str = ""
    seconds: float | None = None
    burned: bool = False
    command: str = ""
    numbers: numbers.Numbers | None = None
    subtitles: dict[str, list[Said]] = field(default_factory=dict)  # by language, "" when it is not known
    problems: list[str] = field(default_factory=list)


def describe(item: Item) -> About:
    """Everything that the files beside ``item`` say of it."""
    about = _from_name(item)
    if ".numbers.json" in item.files:
        try:
            told = numbers.read(item.files[".numbers.json"])
        except InputError as error:
            about.problems.append(str(error))
        else:
            _from_numbers(about, item, told)
    for language, path in _subtitle_files(item, about.language):
        try:
            about.subtitles[language] = read_subtitles(path)
        except (OSError, ValueError) as error:
            about.problems.append(f"{path} cannot be read as subtitles ({error}): render the film again.")
    return about


def _from_name(item: Item) -> About:
    if item.first(FILMS) or item.first((".gif",)):
        kind = "film"
    else:
        kind = "picture" if item.first(PICTURES) else "document"
    parts = item.stem.name.split("-")
    if item.files.get(".html", Path()).name == "index.html" and item.stem.name == "index":
        parts = item.stem.parent.name.split("-")
    scene = parts[0] if parts[0] in CARDS else ""
    language = next((part for part in parts if part in LANGUAGES), "")
    theme = next((part for part in parts if part in LOOKS), "")
    return About(kind, _title_from_name(scene, language, parts), scene, language, theme)


def _title_from_name(scene: str, language: str, parts: list[str]) -> str:
    """``still-forward-softmax`` stays as it is; of a scene whose language is known, the titles are given."""
    card = CARDS.get(scene)
    if card is None or not language:
        return " ".join(parts)
    beats = [card.beat_title(part, language) for part in parts if part in card.beats]
    return " · ".join([card.title(language), *beats])


def _from_numbers(about: About, item: Item, told: numbers.Numbers) -> None:
    card = CARDS.get(told.scene)
    about.numbers, about.scene, about.language, about.theme = told, told.scene, told.language, told.theme
    about.quality, about.seconds, about.burned = told.quality, told.seconds, told.captions == "burned"
    title = card.title(told.language) if card and told.language in LANGUAGES else told.scene
    about.title = f"{title} · {told.beats[0].title}" if len(told.beats) == 1 else title
    kit = [suffix for suffix in (*FILMS, *PICTURES) if suffix in item.files]
    about.kind = "film" if kit == [".mp4"] else "clip" if kit else about.kind
    about.command = command(told, _all_beats(card, told), kit, transparent=_is_transparent(item))


def _all_beats(card: Card | None, told: numbers.Numbers) -> tuple[str, ...]:
    """The beats of the whole film with these parameters; those of the clip when that is not known any more."""
    resolved = told.params.get("resolved")
    if card is None or not isinstance(resolved, dict):
        return tuple(beat.name for beat in told.beats)
    try:
        return card.active_beats(resolved)
    except (KeyError, TypeError, ValueError):  # parameters of another gradreel
        return card.beats


def _is_transparent(item: Item) -> bool:
    from PIL import Image

    poster = item.files.get(".png")
    if poster is None:
        return False
    try:
        with Image.open(poster) as picture:
            return picture.has_transparency_data
    except OSError:
        return False


def _subtitle_files(item: Item, own: str) -> Iterator[tuple[str, Path]]:
    """A file for each language, WebVTT before SubRip; one without a language in its name is in the film's."""
    for language in dict.fromkeys((own, *LANGUAGES)):
        named = (f".{language}.vtt", f".{language}.srt")
        path = item.first((*named, ".vtt", ".srt") if language == own else named)
        if path is not None:
            yield language, path


def read_subtitles(path: Path) -> list[Said]:
    """The cues of a WebVTT or SubRip file.

    Raises ValueError when it is neither, OSError when it cannot be read.
    """
    import srt
    import webvtt

    text = path.read_text(encoding="utf-8-sig")
    if path.suffix.lower() == ".srt":
        try:
            return [Said(_seconds(one.start), _seconds(one.end), one.content) for one in srt.parse(text)]
        except (srt.SRTParseError, srt.TimestampParseError) as error:
            raise ValueError("no SubRip") from error
    try:
        cues = webvtt.from_string(text)
    except webvtt.errors.MalformedFileError as error:
        raise ValueError("no WebVTT") from error
    return [Said(one.start_in_seconds, one.end_in_seconds, one.text) for one in cues]


def _seconds(time: timedelta) -> float:
    return time.total_seconds()


def words_of(about: About, stem: Path) -> str:
    """Everything a search may look for, in one line."""
    parts: Iterable[Any] = [
        about.title,
        stem.as_posix(),
        about.scene,
        *(beat.title for beat in (about.numbers.beats if about.numbers else ())),
        *(beat.name for beat in (about.numbers.beats if about.numbers else ())),
        *(said.text for cues in about.subtitles.values() for said in cues),
        *(f"{name} {value}" for name, value in _given(about.numbers).items()),
    ]
    return " ".join(" ".join(str(part).split()) for part in parts).casefold()


def _given(told: numbers.Numbers | None) -> dict[str, Any]:
    given = told.params.get("given") if told else None
    return given if isinstance(given, dict) else {}

