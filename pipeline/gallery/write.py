"""Writes the gallery: one page, and beside it a folder with posters and with what is known of each item."""

from __future__ import annotations

import errno
import hashlib
import json
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import astuple
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from engine.errors import InputError
from engine.text.composed import composed
from engine.text.echo import echo, whole_path
from pipeline.console import say
from pipeline.gallery.about import About
from pipeline.gallery.describe import CARDS, describe
from pipeline.gallery.find import OWN_FOLDER, OWN_PAGE, Item, find
from pipeline.gallery.notes import Notes
from pipeline.gallery.posters import Face, Posters
from pipeline.gallery.shelf import Shelf
from pipeline.make import stoppable
from pipeline.outputs import free_target, staged
from pipeline.web import page as web
from pipeline.web.folders import free_folder, is_ours

HERE = Path(__file__).parent
SCRIPTS = ("page", "cards", "strip", "player", "start")
README = "README.txt"
ABOUT = (
    "Made by gradreel gallery, which makes this folder anew each time. The page beside it needs it.\n"
    "gradreel gallery가 만든 폴더입니다. 실행할 때마다 새로 만들며, 곁의 페이지에 필요합니다.\n"
)
WORDS_CHARS_MAX = 16_000_000  # that a search looks through, of all items together, and of one
ITEM_WORDS_CHARS_MAX = 100_000
LATEST_S = 4_102_444_800.0  # the year 2100; a file may carry any date
DATA_TYPES = {".mp4": "video/mp4", ".webm": "video/webm"}


def gallery(folder: Path, output: Path | None = None) -> Path:
    """Write the gallery of ``folder`` into ``output`` (by default ``folder`` itself); returns its page.

    Raises InputError when there is nothing to show or another's page stands there, RunError when the system
    will not write. Whatever goes wrong, a gallery made before stays as it was.
    """
    notes = Notes(folder)
    items = find(folder, notes.leave_out)
    place = output or folder
    page, own = free_target(place / OWN_PAGE), free_folder(place / OWN_FOLDER, _is_gallery)
    if page.exists() and not is_ours(page, "gallery"):
        raise InputError(f"{echo(page)} is another page, which would be lost: give -o another folder.")
    inside = folder.resolve().is_relative_to(place.resolve())
    with staged(place) as stage:
        new = stage.folder(own)
        shelf = Shelf(folder, place, None if inside else new / "media")
        entries = _entries(items, shelf, new, Posters(own, new), notes)
        (new / README).write_text(ABOUT, encoding="utf-8")
        stage.file(page).write_text(_page(entries), encoding="utf-8", newline="\n")
    kinds = Counter(entry["kind"] for entry in entries)
    told = [f"{count} {kind}{'s' * (count > 1)}" for kind, count in kinds.items()]
    say(
        f"{whole_path(page)}  "
        + ", ".join([*told, *([f"{notes.left_out} left out"] if notes.left_out else [])])
    )
    return page


def _is_gallery(folder: Path) -> bool:
    return (folder / README).is_file()


def _entries(
    items: Sequence[Item], shelf: Shelf, new: Path, posters: Posters, notes: Notes
) -> list[dict[str, Any]]:
    """What the page says of every item; one that cannot be shown is named and left out, the others are there."""
    (new / "data").mkdir()
    entries = []
    room = WORDS_CHARS_MAX
    with stoppable("the gallery") as reached:
        for number, item in enumerate(items):
            reached.steps(number, len(items))
            try:
                entry = _made_entry(item, shelf, new, posters, notes)
            except InputError as error:
                notes.leave_out(item.stem, f"cannot be shown: {error}")
            except OSError as error:
                if error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EROFS):
                    raise
                notes.leave_out(shelf.folder / item.stem, f"cannot be read ({error.strerror}): make it again")
            else:
                entry["words"] = entry["words"][: min(ITEM_WORDS_CHARS_MAX, max(room, 0))]
                room -= len(entry["words"])
                entries.append(entry)
    posters.keep()
    return entries


def _made_entry(item: Item, shelf: Shelf, new: Path, posters: Posters, notes: Notes) -> dict[str, Any]:
    """One item's card, once its data and its poster are written."""
    about = describe(item)
    name = hashlib.sha256(item.stem.as_posix().encode()).hexdigest()[:12]
    face = _face(item, about, posters, name)
    for problem in about.problems:
        notes.tell(problem)
    data = json.dumps(_data(item, about, face, shelf), ensure_ascii=False, allow_nan=False)
    for sign in "\u2028\u2029":  # line ends to old browsers
        data = data.replace(sign, f"\\u{ord(sign):04x}")
    script = f'gradreelGallery("{name}", {data});\n'
    (new / "data" / f"{name}.js").write_text(script, encoding="utf-8", newline="\n")
    return _entry(item, about, face, name)


def _face(item: Item, about: About, posters: Posters, name: str) -> Face | None:
    source = item.face
    if source is None:
        return None
    try:
        return posters.make(source, item.first((".mp4", ".webm", ".mov")), name)
    except ValueError as error:
        about.problems.append(f"{echo(source)} {error}: render it again.")
        return None


def _entry(item: Item, about: About, face: Face | None, name: str) -> dict[str, Any]:
    """What the page needs of every item from the start: its card, and where a search looks."""
    seconds = about.seconds if about.seconds is not None else face and face.seconds
    return {
        "id": name,
        "kind": about.kind,
        "title": about.title,
        "scene": about.scene,
        "language": about.language,
        "theme": about.theme,
        "quality": about.quality,
        "seconds": seconds,
        "poster": f"{OWN_FOLDER}/posters/{name}.webp" if face else "",
        "formats": [suffix[1:] for suffix in item.files if item.is_shown(suffix)],
        "path": item.stem.as_posix(),
        "given": about.given,
        "words": composed(f"{about.words} {item.stem.as_posix()}").casefold(),
    }


def _data(item: Item, about: About, face: Face | None, shelf: Shelf) -> dict[str, Any]:
    """What the page asks for when an item is opened."""
    moving = item.moving
    still = item.first((".png", ".jpg", ".jpeg"))
    return {
        "film": shelf.address(moving) if moving and moving.suffix.lower() in DATA_TYPES else "",
        "picture": shelf.address(picture) if (picture := moving or still) else "",
        "size": [face.width, face.height] if face else [],
        "burned": about.burned,
        "subtitles": {
            language: [[said.start_s, said.end_s, said.text] for said in cues]
            for language, cues in about.subtitles.items()
        },
        "beats": [astuple(beat) for beat in about.beats],
        "rows": None if about.shown is None else [astuple(row) for row in about.shown],
        "command": about.command,
        "details": about.details,
        "files": [
            [path.name, suffix[1:], shelf.address(path), path.stat().st_size]
            for suffix, path in item.files.items()
        ],
        "made": _made(item),
        "problems": about.problems,
    }


def _made(item: Item) -> str:
    newest = max(path.stat().st_mtime for path in item.files.values())
    newest = min(max(newest, 0.0), LATEST_S)
    return datetime.fromtimestamp(newest, UTC).isoformat(timespec="minutes")


def _page(entries: Sequence[Mapping[str, Any]]) -> str:
    words = web.read_words(HERE / "text.toml")
    style = web.palette_css() + web.source([web.HERE / "base.css", HERE / "gallery.css", HERE / "player.css"])
    program = web.script([web.COMMON, *(HERE / "js" / f"{name}.js" for name in SCRIPTS)])
    scenes = {
        slug: {language: card.title(language) for language in words}
        for slug, card in CARDS.items()
        if any(entry["scene"] == slug for entry in entries)
    }
    context = {
        "data": {"items": entries, "scenes": scenes},
        "words": words["ko"],
        "all_words": words,
        "look": "dark",
    }
    return web.fill(HERE / "gallery.html.j2", style, program, context, scripts_beside=True)
