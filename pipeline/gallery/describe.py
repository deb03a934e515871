"""What is known of an item: from its record, its subtitles, its name; what is missing is left out."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from engine import recorders
from engine.data.pictures import images
from engine.errors import InputError
from engine.text.echo import echo
from pipeline import json_records, numbers
from pipeline.gallery import lecture, showable
from pipeline.gallery.about import About, Beat, Shown
from pipeline.gallery.find import FILMS, OWN_PAGE, PICTURES, Item
from pipeline.gallery.retype import command, given_words, lecture_command
from pipeline.gallery.subtitles import read_subtitles
from scenes import SCENES
from scenes.stage.card import Card
from scenes.stage.style import LANGUAGES, LOOKS

CARDS = {card.slug: card for card in SCENES}
TITLE = re.compile(rb"<title>(.*?)</title>", re.DOTALL)
VERSIONS = ("torch", "numpy", "python")


def describe(item: Item) -> About:
    """Everything that the files beside ``item`` say of it; a file that cannot be shown is left out, with a problem."""
    about = _from_record(item)
    for language, path in _subtitle_files(item, about.language):
        try:
            about.subtitles[language] = read_subtitles(path)
        except InputError as error:
            about.problems.append(str(error))
        except ValueError as error:
            about.problems.append(f"{echo(path)} cannot be read as subtitles ({error}): make it again.")
    return about


def _from_record(item: Item) -> About:
    """What the record beside it says, or only its name where there is no good record."""
    about = _from_name(item)
    record = item.first((".lecture.json", ".numbers.json"))
    if record is None:
        return about
    try:
        if record.stat().st_size > json_records.BYTES_MAX:
            raise InputError(f"it has more than {json_records.BYTES_MAX >> 20} MiB.")
        if record == item.files.get(".lecture.json"):
            _from_lecture(about, lecture.read(record))
        else:
            _from_numbers(about, item, numbers.read(record))
        showable.check(about)
        return about
    except (InputError, RecursionError) as error:
        reason = "it is nested too deeply." if isinstance(error, RecursionError) else str(error)
        about = _from_name(item)
        told = reason if str(record) in reason else f"{echo(record)} cannot be used: {reason}"
        about.problems.append(told)
        return about


def _from_name(item: Item) -> About:
    kind = "picture" if item.first(PICTURES) else "document"
    kind = "film" if item.first((*FILMS, ".gif")) else kind
    page = item.files.get(".html")
    name = item.stem.parent.name if page is not None and page.name == OWN_PAGE else item.stem.name
    parts = name.split("-")
    scene = parts[0] if parts[0] in CARDS else ""
    language = next((part for part in parts if part in LANGUAGES), "")
    theme = next((part for part in parts if part in LOOKS), "")
    title = _deck_title(page) if kind == "document" and page is not None else ""
    return About(kind, title or _title_from_name(scene, language, parts), scene, language, theme)


def _deck_title(page: Path) -> str:
    with open(page, "rb") as file:
        match = TITLE.search(file.read(1 << 16))
    return showable.short(html.unescape(match[1].decode("utf-8", "replace")).strip()) if match else ""


def _title_from_name(scene: str, language: str, parts: list[str]) -> str:
    """Of a scene whose language is known, the titles; else the name."""
    card = CARDS.get(scene)
    if card is None or not language:
        return " ".join(parts)
    beats = [card.beat_title(part, language) for part in parts if part in card.beats]
    return " · ".join([card.title(language), *beats])


def _from_numbers(about: About, item: Item, told: numbers.Numbers) -> None:
    card = CARDS.get(told.scene)
    about.scene = card.slug if card else ""
    _look(about, told)
    title = card.title(about.language) if card and about.language else told.scene
    about.title = showable.short(f"{title} · {told.beats[0].title}" if len(told.beats) == 1 else title)
    kit = [suffix for suffix in (*FILMS, *PICTURES) if suffix in item.files]
    about.kind = "film" if kit == [".mp4"] else "clip" if kit else about.kind
    given = _mapping(told.params.get("given"))
    about.given = showable.short(given_words(given))
    line = command(told, given, _all_beats(card, told), kit, transparent=_is_transparent(item))
    about.command = showable.typable(line, given, _parameters(card)) if card else ""
    about.details = {"recorder": showable.short(told.recorder), "seed": echo(told.seed)} | _versions(
        told.gradreel, told.environment
    )
    about.beats = [Beat(one.name, one.title, one.start_s, one.end_s) for one in told.beats]
    played = {beat.key for beat in about.beats}
    # A clip of one beat starts with what earlier beats have put on stage.
    before = about.beats[0].key if about.beats else ""
    about.shown = [_shown(row, row.beat if row.beat in played else before) for row in told.rows]


def _from_lecture(about: About, told: lecture.Report) -> None:
    about.kind, about.title = "lecture", showable.short(told.title)
    _look(about, told)
    about.command = showable.typable(lecture_command(told), {}, ()) if _is_script(told.script) else ""
    about.details = {"author": showable.short(told.author)} if told.author else {}
    runs = [part.run for part in told.parts if part.run]
    about.details |= _versions(told.gradreel, runs[0].environment if runs else {})
    about.shown = []
    for part in told.parts:
        keys = {beat.name: beat.key for beat in part.beats}
        about.beats += [Beat(one.key, one.title, one.start_s, one.end_s) for one in part.beats]
        about.shown += [_shown(row, keys.get(row.beat, "")) for row in part.run.rows] if part.run else []


def _look(about: About, told: numbers.Numbers | lecture.Report) -> None:
    """Language and theme as far as there are such, quality and length."""
    about.language = told.language if told.language in LANGUAGES else about.language
    about.theme = told.theme if told.theme in LOOKS else about.theme
    about.quality = showable.short(told.quality)
    about.seconds, about.burned = told.seconds, told.captions == "burned"


def _parameters(card: Card) -> list[str]:
    return [parameter.name for parameter in recorders.signature(card.recorder)]


def _is_script(name: str) -> bool:
    """Whether it is the plain name of a script, which the shell and the command take for nothing else."""
    return Path(name).name == name and name.endswith(".toml") and not name.startswith("-")


def _shown(row: numbers.ShownNumber, beat: str) -> Shown:
    value = echo(row.value, showable.TEXT_CHARS_MAX)
    return Shown(row.time_s, beat, row.text, row.series, tuple(row.index), value)


def _versions(gradreel: str, environment: Mapping[str, Any]) -> dict[str, str]:
    known = {"gradreel": gradreel} | {name: environment[name] for name in VERSIONS if name in environment}
    return {"versions": showable.short(" · ".join(f"{name} {version}" for name, version in known.items()))}


def _mapping(value: object) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


def _all_beats(card: Card | None, told: numbers.Numbers) -> tuple[str, ...]:
    """The beats of the whole film with these parameters; those of the clip when that is not known any more."""
    if card is None:
        return tuple(beat.name for beat in told.beats)
    try:
        return card.active_beats(_mapping(told.params.get("resolved")))
    except (
        ArithmeticError,
        AttributeError,
        LookupError,
        TypeError,
        ValueError,
    ):  # parameters of another gradreel
        return card.beats


def _is_transparent(item: Item) -> bool:
    poster = item.files.get(".png")
    if poster is None:
        return False
    try:
        with images.opened(poster) as picture:
            return picture.has_transparency_data
    except InputError:  # its poster says so, in words
        return False


def _subtitle_files(item: Item, own: str) -> Iterator[tuple[str, Path]]:
    """A file for each language, WebVTT before SubRip; one without a language in its name is in the film's."""
    for language in dict.fromkeys((own, *LANGUAGES)):
        named = (f".{language}.vtt", f".{language}.srt")
        path = item.first((*named, ".vtt", ".srt") if language == own else named)
        if path is not None:
            yield language, path
