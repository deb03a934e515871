"""Small pictures of films: the frame they end on, which is drawn to stand alone."""

from __future__ import annotations

import json
import shutil
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from engine.data.pictures import images
from engine.errors import InputError
from engine.files.digest import sha256
from engine.files.regular import content
from pipeline.gallery.find import FILMS
from pipeline.gallery.inside import why_not
from pipeline.media import ends
from pipeline.media.facts import facts

if TYPE_CHECKING:
    from PIL import Image

FOLDER = "posters"
LIST = "posters.json"
LIST_BYTES_MAX = 32 * 2**20
WIDTH_PX = 640
SIDE_MAX_PX = 2_560  # pictures with twice as long a side are averaged first
# A last frame is composed from all before it, each as large as the canvas: beyond these an earlier one is taken.
CANVAS_PIXELS_MAX = 30_000_000  # which are held several times over
COMPOSED_PIXELS_MAX = 1_500_000_000  # of all frames together: 720 of 1920 × 1080
FRAME_PIXELS_MIN = 20_000  # what the smallest frame costs


@dataclass(frozen=True)
class Face:
    """What a film or picture is like: px, and seconds when it is a film."""

    width: int
    height: int
    seconds: float | None = None


def make_poster(source: Path, target: Path) -> Face:
    """Write the last frame of ``source`` as a small WebP.

    Raises ValueError, with the reason, when it is no film or picture that can be read.
    """
    try:
        if source.suffix.lower() in FILMS:
            picture, face = _last_frame(source)
        else:
            picture, face = _last_picture(source)
    except InputError as error:
        raise ValueError(f"cannot be shown ({str(error).rstrip('.')})") from error
    picture.thumbnail((WIDTH_PX, WIDTH_PX))
    picture.save(target, format="WEBP", quality=82)
    return face


def _last_picture(source: Path) -> tuple[Image.Image, Face]:
    """The last picture of a file that moves, or its only one, made smaller; and how large it is stored."""
    from engine.data.pictures import colours as image_colours

    with images.opened(source) as opened:
        if images.is_played(opened):
            _seek_last(opened)
        face = Face(*image_colours.upright_size(opened))
        return image_colours.rgba(opened, SIDE_MAX_PX, source.name), face


def _seek_last(opened: Image.Image) -> None:
    """Go on to the last frame, or to the last one that can be composed in some seconds."""
    composed = 0
    while opened.width * opened.height <= CANVAS_PIXELS_MAX and composed <= COMPOSED_PIXELS_MAX:
        try:
            opened.seek(opened.tell() + 1)
        except EOFError:  # how Pillow says that there are no more
            return
        composed += max(opened.width * opened.height, FRAME_PIXELS_MIN)


def _last_frame(film: Path) -> tuple[Image.Image, Face]:
    """The film's last picture, upright and at most WIDTH_PX wide."""
    found = facts(film)
    picture = ends.last(film, found, found.size(WIDTH_PX))
    return picture, Face(found.width, found.height, found.seconds)


class Posters:
    """The posters of a gallery. One whose film has not changed since the gallery of ``old`` is taken from there."""

    def __init__(self, old: Path, new: Path) -> None:
        self._old, self._new = old, new
        (new / FOLDER).mkdir()
        self._known = _read_list(old / LIST)
        self._made: dict[str, dict[str, Any]] = {}

    def make(self, source: Path, film: Path | None, name: str) -> Face:
        """``<name>.webp`` from ``source``; what is told is the size and length of ``film``, when there is one.

        Raises ValueError, with the reason, when ``source`` cannot be read.
        """
        stamp = [[path.name, path.stat().st_mtime_ns, path.stat().st_size] for path in (source, film) if path]
        target = self._new / FOLDER / f"{name}.webp"
        known = self._known.get(name, {})
        old = self._old / FOLDER / target.name
        whole = known.get("stamp") == stamp and not why_not(old, self._old.resolve())
        if whole and sha256(old) == known["sha256"]:
            shutil.copyfile(old, target)
            face = Face(**known["face"])
        else:
            face = make_poster(source, target)
            if film is not None and film != source:
                face = measured(film) or face
        self._made[name] = {"stamp": stamp, "face": asdict(face), "sha256": sha256(target)}
        return face

    def keep(self) -> None:
        """Write down what the posters were made from, for the next time."""
        (self._new / LIST).write_text(json.dumps(self._made), encoding="utf-8")


def _read_list(path: Path) -> dict[str, dict[str, Any]]:
    """What the gallery before wrote down; nothing when there was none, or it is damaged: posters are made anew."""
    try:
        read = json.loads(content(path, bytes_max=LIST_BYTES_MAX))
        return {
            name: {
                "stamp": one["stamp"],
                "face": asdict(_face(**one["face"])),
                "sha256": one["sha256"],
            }
            for name, one in read.items()
        }
    except (InputError, ValueError, TypeError, KeyError, AttributeError, RecursionError):
        return {}


def _face(width: int, height: int, seconds: float | None) -> Face:
    """A face that was written down; ValueError or TypeError when it was somebody else's work."""
    if not (0 < int(width) < 1e6 and 0 < int(height) < 1e6 and 0 <= (seconds or 0) < 1e7):
        raise ValueError("no face")
    return Face(int(width), int(height), None if seconds is None else float(seconds))


def measured(film: Path) -> Face | None:
    """The size and length of a film; None when it cannot be shown."""
    try:
        found = facts(film)
    except InputError:
        return None
    return Face(found.width, found.height, found.seconds)
