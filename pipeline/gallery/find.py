"""What lies in a folder of films: files of one name are one item, in all its formats."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from engine.errors import InputError
from engine.text.echo import echo
from pipeline import beside, subtitles
from pipeline.gallery.inside import DEPTH_MAX, walk, why_not
from pipeline.web.folders import is_ours
from scenes.stage.style import LANGUAGES

FILMS = (".mp4", ".webm", ".mov")
PICTURES = (".webp", ".gif", ".png", ".jpg", ".jpeg")
PLAYABLE = (".mp4", ".webm")  # what browsers play; .mov is ProRes, for editors and Keynote
DOCUMENTS = (".pptx", ".pdf", ".docx", ".html", ".md")
COMPANIONS = (*beside.SUFFIXES, ".inspect.png", ".lecture.json", ".cover.png")
SOUND = (".m4a", ".mp3", ".wav")
SHOWN = (*FILMS, *PICTURES, *DOCUMENTS)
KNOWN = (*SHOWN, *COMPANIONS, *SOUND)
SUBTITLES = re.compile(rf"(.+)(\.(?:{'|'.join(LANGUAGES)})\.(?:srt|vtt))", re.IGNORECASE)
KNOWN_NAMES = (*KNOWN, *(f".{one}{kind}" for one in LANGUAGES for kind in subtitles.FORMATS))
OWN_FOLDER = "gallery-files"
OWN_PAGE = "index.html"


@dataclass
class Item:
    """Files that belong together: ``stem`` is their common path without suffixes, below the folder of films."""

    stem: Path
    files: dict[str, Path] = field(default_factory=dict)  # suffix, such as ".numbers.json" -> file

    def first(self, suffixes: Sequence[str]) -> Path | None:
        """The file with the first of these suffixes that is there."""
        return next((self.files[suffix] for suffix in suffixes if suffix in self.files), None)

    def is_shown(self, suffix: str) -> bool:
        """Whether files of that suffix are shown for themselves, not only beside others."""
        return suffix in SHOWN

    @property
    def moving(self) -> Path | None:
        """The file that plays in a page: a film, or else an animated picture."""
        return self.first(PLAYABLE) or self.first((".webp", ".gif"))

    @property
    def face(self) -> Path | None:
        """The file that a poster can be made from: what was made to be one first, and of a deck, one of its clips."""
        page = self.files.get(".html")
        if page is not None and page.name == OWN_PAGE:
            faces = sorted(page.parent.glob("clips/*-small.webp"))
            return next((one for one in faces if not why_not(one, page.parent.resolve())), None)
        return self.first((".cover.png", ".png", ".jpg", ".jpeg", *FILMS, ".webp", ".gif"))


def find(folder: Path, leave_out: Callable[[Path, str], None] = lambda path, why: None) -> list[Item]:
    """Every item under ``folder``, by path. Hidden files and what a gallery made are left out.

    ``leave_out`` hears of every file that cannot be shown, and why, as the end of a sentence.
    Raises InputError when there is no such folder, or nothing in it to show.
    """
    if not folder.is_dir():
        what = "is a file, not a folder" if folder.exists() else "does not exist"
        raise InputError(f"{echo(folder)} {what}: give the folder that your films are in.")
    items: dict[Path, Item] = {}
    for path in _files(folder, leave_out):
        stem, suffix = split(path.relative_to(folder))
        if suffix == ".html" and not is_ours(path, "deck"):
            continue
        if suffix in KNOWN_NAMES:
            items.setdefault(stem, Item(stem)).files[suffix] = path
    shown = [item for item in items.values() if item.first(SHOWN) is not None]
    if not shown:
        raise InputError(f"{echo(folder)} holds no films yet: make one first, for example `render backward`.")
    return sorted(shown, key=lambda item: str(item.stem).casefold())


def split(path: Path) -> tuple[Path, str]:
    """``clips/a.b-ko.numbers.json`` -> (``clips/a.b-ko``, ``.numbers.json``); suffixes are in lower case."""
    name = path.name
    match = SUBTITLES.fullmatch(name)
    for suffix in COMPANIONS:
        if name.lower().endswith(suffix) and match is None:
            return path.with_name(name[: -len(suffix)] or name), suffix
    if match is not None:
        return path.with_name(match[1]), match[2].lower()
    return path.with_name(path.stem), path.suffix.lower()


def _files(folder: Path, leave_out: Callable[[Path, str], None]) -> Iterator[Path]:
    """Files to look at. A deck's folder is its page alone; its clips belong to it."""
    root = folder.resolve()
    for here, folders, files in walk(folder):
        page = here / OWN_PAGE
        if OWN_PAGE in files and not why_not(page, root) and is_ours(page, "deck"):
            folders.clear()
            files = [OWN_PAGE]
        if len(here.relative_to(folder).parts) >= DEPTH_MAX:
            leave_out(here, f"lies more than {DEPTH_MAX} folders deep: move it up")
        folders[:] = sorted(name for name in folders if not name.startswith(".") and name != OWN_FOLDER)
        for name in sorted(files):
            path = here / name
            if name.startswith(".") or split(path)[1] not in KNOWN_NAMES:
                continue
            reason = why_not(path, root)
            if reason:
                leave_out(path, reason)
            else:
                yield path
