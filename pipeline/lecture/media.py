"""A teacher's own pictures and films in a lecture script: whether they can be used, and what is to be said of them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from engine import images, regular
from engine.echo import PATH_MAX, echo
from engine.errors import InputError
from pipeline.lecture import windows_paths
from pipeline.lecture.mistakes import Mistakes
from pipeline.media.facts import facts

if TYPE_CHECKING:
    from pipeline.lecture.places import Path as Place

VIDEO_SECONDS_MAX = 2 * 3600


def check_picture(path: Path, place: Place, given: str, mistakes: Mistakes) -> None:
    """A mistake unless `path` is a picture that can be read to its end."""
    _check(path, place, given, mistakes, _loaded)


def check_video(path: Path, place: Place, given: str, mistakes: Mistakes) -> None:
    """A mistake unless `path` is a film that can be decoded."""
    _check(path, place, given, mistakes, _played)


def picture_notes(path: Path) -> list[str]:
    """What is to be known of a picture that is used."""
    if images.moves(path):
        return [f'{path.name} moves: its first picture is shown. Give it with video = "…" to have it play.']
    return []


def video_notes(path: Path, sound: bool) -> list[str]:
    """What is to be known of a film that is used, with its `sound` if that is wanted."""
    if sound and facts(path).unheard:
        return [
            f"{path.name} plays without sound: none of its sound can be decoded here. Convert it to MP4 with AAC."
        ]
    return []


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
        raise InputError(f"{path.name} lasts {seconds / 3600:.1f} hours: give one of at most 2 hours.")


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
