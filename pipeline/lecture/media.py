"""A teacher's own pictures and films in a lecture script: whether they can be used, and what is to be said of them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from engine.data.pictures import images
from engine.errors import InputError
from engine.files import regular
from engine.text.echo import PATH_MAX, echo
from pipeline.lecture import windows_paths
from pipeline.lecture.mistakes import Mistakes
from pipeline.lecture.model import PicturePart, VideoPart
from pipeline.lecture.script import Script
from pipeline.media.facts import facts, measured_s

if TYPE_CHECKING:
    from pipeline.lecture.places import Path as Place

VIDEO_SECONDS_MAX = 2 * 3600
BROKEN_SHARE, BROKEN_S = 0.95, 0.5  # a film that ends this much before its length was cut off


def check_picture(path: Path, place: Place, given: str, mistakes: Mistakes) -> None:
    """A mistake unless `path` is a picture that can be read to its end."""
    _check(path, place, given, mistakes, _loaded)


def check_video(path: Path, place: Place, given: str, mistakes: Mistakes) -> None:
    """A mistake unless `path` is a film that can be decoded."""
    _check(path, place, given, mistakes, _played)


def notes(script: Script) -> Iterator[str]:
    """A line for each of the author's pictures and films that is shown otherwise than the author may expect."""
    for part in script.lecture.part:
        said = ""
        if isinstance(part, PicturePart):
            said = _picture_note(script.path(part.picture))
        elif isinstance(part, VideoPart):
            said = _video_note(script.path(part.video), part.sound)
        if said:
            yield f"Note: {script.mistakes.where(script.place(part))}: {said}"


def _picture_note(path: Path) -> str:
    if not images.moves(path):
        return ""
    return f'{echo(path.name)} moves: its first picture is shown. Give it with video = "…" to have it play.'


def _video_note(path: Path, sound: bool) -> str:
    found = facts(path)
    if sound and found.unheard:
        return f"{echo(path.name)} plays without its sound, which cannot be decoded here: convert it to MP4 with AAC."
    there_s = measured_s(path, found)
    if there_s < BROKEN_SHARE * found.seconds - BROKEN_S:
        return (
            f"{echo(path.name)} breaks off after {there_s:.1f} s of {found.seconds:.1f} s: its last picture stays. "
            "Copy it again if that is not what you want."
        )
    return ""


def _check(path: Path, place: Place, given: str, mistakes: Mistakes, look: Callable[[Path], None]) -> None:
    if not _is_file(path, place, given, mistakes):
        return
    try:
        look(path)
    except InputError as error:
        mistakes.add(place, str(error))


def _loaded(path: Path) -> None:
    with images.opened(path) as image:
        image.load()


def _played(path: Path) -> None:
    seconds = facts(path).seconds
    if seconds > VIDEO_SECONDS_MAX:
        raise InputError(f"{echo(path.name)} lasts {seconds / 3600:.1f} hours: give one of at most 2 hours.")


def _is_file(path: Path, place: Place, given: str, mistakes: Mistakes) -> bool:
    name = echo(given, PATH_MAX)
    if path.is_dir():
        mistakes.add(place, f"{name} is a folder: give the path of a file.")
    elif not path.exists():
        where = echo(path.parent)
        mistakes.add(
            place,
            windows_paths.of_path(given)
            or f"There is no file {name} in {where}: paths start in the script's folder.",
        )
    elif not regular.is_regular(path):
        mistakes.add(place, f"{name} is no ordinary file: give the path of a file.")
    else:
        return True
    return False
