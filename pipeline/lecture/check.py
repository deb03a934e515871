"""Reads a lecture script and checks it whole, before anything is made from it."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

from engine.errors import InputError
from engine.files.regular import content
from engine.text.composed import composed, on_disk
from engine.text.echo import echo
from pipeline.lecture import media, model, windows_paths
from pipeline.lecture.mistakes import Mistakes
from pipeline.lecture.names_check import check_names
from pipeline.lecture.scan import too_much
from pipeline.lecture.scene_check import check_scene
from pipeline.lecture.schema import good_parts, read_table
from pipeline.lecture.script import Script, located
from pipeline.lecture.signs_check import check_signs
from pipeline.lecture.words_check import check_lines
from pipeline.progress import working
from pipeline.values import impossible

BYTES_MAX = 2**20


def read(file: Path) -> Script:
    """The script in `file`.

    Raises InputError with every mistake at once: the file, the line, what stands there and what is allowed.
    """
    file = Path(on_disk(file))
    text = composed(_text(file))
    data = _table(file, text)
    mistakes = Mistakes(file, text)
    lecture = read_table(data, mistakes)
    check_signs(data, mistakes)
    folder = file.resolve().parent
    parts = list(enumerate(lecture.part) if lecture is not None else good_parts(data))
    parameters: dict[int, dict[str, Any]] = {}
    with working(f"checking {echo(file.name)}") as reached:
        for number, part in parts:
            reached.steps(number, len(parts))
            parameters[number] = _check_part(part, ("part", number), folder, mistakes)
            if mistakes.full:
                break
    if lecture is not None:
        check_names(lecture, mistakes)
    if lecture is not None and lecture.cover is not None and _possible(lecture.cover, ("cover",), mistakes):
        media.check_picture(located(folder, lecture.cover), ("cover",), lecture.cover, mistakes)
    mistakes.stop_if_any()
    assert lecture is not None
    return Script(
        file,
        folder,
        lecture,
        {part.key: parameters[number] for number, part in enumerate(lecture.part)},
        mistakes,
    )


def _check_part(
    part: model.AnyPart, place: tuple[str | int, ...], folder: Path, mistakes: Mistakes
) -> dict[str, Any]:
    """Check one part; the parameters of a scene."""
    if isinstance(part, model.ScenePart):
        return check_scene(part, place, folder, mistakes)
    if part.caption is not None:
        check_lines(part.caption, (*place, "caption"), mistakes)
    if isinstance(part, model.CardPart):
        _check_card(part, place, mistakes)
    elif isinstance(part, model.PicturePart) and _possible(part.picture, (*place, "picture"), mistakes):
        media.check_picture(located(folder, part.picture), (*place, "picture"), part.picture, mistakes)
    elif isinstance(part, model.VideoPart) and _possible(part.video, (*place, "video"), mistakes):
        media.check_video(located(folder, part.video), (*place, "video"), part.video, mistakes)
    return {}


def _possible(path: str, place: tuple[str | int, ...], mistakes: Mistakes) -> bool:
    """Whether a file can have this path; a mistake if not."""
    wrong = impossible(path)
    if wrong:
        mistakes.add(place, f"{echo(path)} {wrong}.")
    return not wrong


def _text(file: Path) -> str:
    if not file.exists():
        raise InputError(
            f"There is no file {echo(file)}: give a lecture script, or write one with `new-lecture {echo(file)}`."
        )
    try:
        return content(file, bytes_max=BYTES_MAX).decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = error.object[: error.start].count(b"\n") + 1
        raise InputError(f"{echo(file)}:{line}: This is not UTF-8 text: save the file as UTF-8.") from error


def _table(file: Path, text: str) -> dict[str, Any]:
    found = too_much(text)
    if found is not None:
        raise InputError(f"{echo(file)}:{found[0]}: {found[1]}")
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        what, _, place = str(error).rpartition(" (at ")
        line = place.removeprefix("line ").partition(",")[0]
        number = int(line) if line.isdigit() else text.count("\n") + 1
        where = f"{echo(file)}:{number}"
        said = (
            windows_paths.of_complaint(what, text.split("\n")[number - 1])
            or f"This is not TOML: {_in_words(what or str(error))}."
        )
        raise InputError(f"{where}: {said}") from error


def _in_words(what: str) -> str:
    """What tomllib says, without Python in it."""
    if what.startswith(("Cannot declare", "Cannot overwrite", "Duplicate")):
        return "the same key or table stands there twice; keep one of them"
    if what.startswith("Cannot mutate"):
        return "a table is written to that was closed before; write it all in one place"
    return echo(what)


def _check_card(part: model.CardPart, place: tuple[str | int, ...], mistakes: Mistakes) -> None:
    if part.card == "title" and part.title is None:
        mistakes.add(place, f"A title card needs a title: give {model.LINE}.")
    if part.card == "title" and part.text is not None:
        mistakes.add((*place, "text"), 'A title card has no text: write card = "text", or a subtitle.')
    if part.card == "text" and part.text is None:
        mistakes.add(place, f"A text card needs a text: give {model.TEXT}.")
    if part.card == "text" and part.subtitle is not None:
        mistakes.add(
            (*place, "subtitle"), 'A text card has no subtitle: write card = "title", or put it in the text.'
        )
