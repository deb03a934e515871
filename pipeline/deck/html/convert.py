"""Turns a Deck into a page: its slides as data for the page's program, its media beside or inside."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

from markupsafe import Markup

from engine.data.pictures import images
from engine.errors import InputError
from pipeline import scratch
from pipeline.deck.html.media import Beside, Inside, plain_name
from pipeline.deck.model import AnySlide, Clip, Deck, PictureSlide, TextSlide, TitleSlide
from pipeline.media import films
from pipeline.outputs import free_target, staged
from pipeline.web import page as web
from pipeline.web.folders import free_folder, is_ours, staged_folder

HERE = Path(__file__).parent
SCRIPTS = ("page", "player", "captions", "show", "draw", "controls", "speaker", "start")
MARK = "<!-- media -->"
THUMB_PX = 640
STILL_PX = 1280
# Browsers hold such a page as one text, and the largest text that Chromium takes has 512 MiB.
ONE_FILE_MAX_BYTES = 350_000_000
NO_PICTURE = {"titled": False, "room": False}  # the page writes the title, and makes room for it


def write_html(deck: Deck, path: Path, one_file: bool) -> Path:
    """Write ``deck`` as the folder ``path``, or as the one file ``path``; returns the page to open.

    Clips are copied as they are. They should be made without burned-in captions: the page shows the
    slides' cues itself and can turn them off.

    Raises InputError when something else stands at ``path`` or one file would be too large for browsers,
    RunError when the system will not write there. Nothing half-written is left.
    """
    check_place(path, one_file)
    with scratch.folder() as folder:
        media = Inside() if one_file else Beside()
        with scratch.telling():
            data = _data(deck, media, folder)
        text = _page(deck, data)
        if isinstance(media, Inside):
            _write_file(text, media, path)
            return path
        _write_folder(text, media, path)
        return path / "index.html"


def check_place(path: Path, one_file: bool) -> Path:
    """The same path, when ``write_html`` can write there: to be asked before clips are made.

    Raises InputError when something else stands there, RunError when the system will not write.
    """
    return free_target(path) if one_file else free_folder(path, _is_deck)


def _is_deck(folder: Path) -> bool:
    return is_ours(folder / "index.html", "deck")


def _write_file(text: str, media: Inside, path: Path) -> None:
    if media.bytes > ONE_FILE_MAX_BYTES:
        raise InputError(
            f"The films take {media.bytes / 1e6:.0f} MB, and browsers open one file up to about "
            f"{ONE_FILE_MAX_BYTES / 1e6:.0f} MB: leave out --one-file, or lower -q."
        )
    free_target(path)
    head, _, tail = text.partition(MARK)
    with staged(path.parent) as stage, open(stage.file(path), "wb") as file:
        file.write(head.encode())
        media.write_to(file)
        file.write(tail.encode())


def _write_folder(text: str, media: Beside, path: Path) -> None:
    with staged_folder(path, _is_deck) as folder:
        media.copy_to(folder)
        (folder / "index.html").write_text(text.replace(MARK, "", 1), encoding="utf-8", newline="\n")


def _page(deck: Deck, data: dict[str, Any]) -> str:
    words = web.read_words(HERE / "text.toml")
    style = web.palette_css() + web.source([web.HERE / "base.css", HERE / "deck.css", HERE / "speaker.css"])
    return web.fill(
        HERE / "deck.html.j2",
        style,
        web.script([web.COMMON, *(HERE / "js" / f"{name}.js" for name in SCRIPTS)]),
        {
            "deck": deck,
            "data": data,
            "words": words[deck.language],
            "all_words": words,
            "languages": [(language, words[language]["language_name"]) for language in words],
            "media_mark": Markup(MARK),
        },
    )


def _data(deck: Deck, media: Beside, folder: Path) -> dict[str, Any]:
    slides = [_slide(slide, number, media, folder) for number, slide in enumerate(deck.slides, 1)]
    mark = json.dumps([deck.title, deck.language, [slide["title"] for slide in slides]])
    return {
        "id": hashlib.sha256(mark.encode()).hexdigest()[:12],
        "title": deck.title,
        "language": deck.language,
        "theme": deck.theme,
        "slides": slides,
    }


def _slide(slide: AnySlide, number: int, media: Beside, folder: Path) -> dict[str, Any]:
    common: dict[str, Any] = {"title": slide.title, "notes": slide.notes, "section": slide.section}
    if isinstance(slide, TitleSlide):
        return common | NO_PICTURE | {"kind": "title", "subtitle": slide.subtitle, "lines": list(slide.lines)}
    if isinstance(slide, TextSlide):
        return common | NO_PICTURE | {"kind": "text", "lines": list(slide.lines)}
    common["alt"] = slide.alt
    if isinstance(slide, PictureSlide):
        name = f"{number:02d}-{plain_name(slide.picture.stem)}"
        common |= NO_PICTURE
        shown = media.add(slide.picture, name)
        thumb = media.add(_webp(slide.picture, folder / f"{name}.webp", THUMB_PX), f"{name}-small")
        return common | {"kind": "picture", "src": shown, "thumb": thumb}
    name = f"{number:02d}-{plain_name(slide.beat or slide.clip.path.stem)}"
    # A scene's film keeps the zone of its header free when it is made without one.
    common |= {"titled": slide.titled, "room": bool(slide.scene)}
    return common | {"kind": "clip"} | _clip(slide.clip, name, media, folder)


def _clip(clip: Clip, name: str, media: Beside, folder: Path) -> dict[str, Any]:
    first = _webp(clip.first, folder / f"{name}-first.webp", STILL_PX)
    last = _webp(clip.last, folder / f"{name}-last.webp", STILL_PX)
    return {
        "src": media.add(clip.path, name),
        "first": media.add(first, f"{name}-first"),
        "last": media.add(last, f"{name}-last"),
        "thumb": media.add(_webp(clip.last, folder / f"{name}-small.webp", THUMB_PX), f"{name}-small"),
        "seconds": clip.seconds,
        "fps": clip.fps,
        "loop": clip.loop,
        "sound": _has_sound(clip.path),
        "cues": [{"start": cue.start_s, "end": cue.end_s, "lines": list(cue.lines)} for cue in clip.cues],
    }


def _webp(picture: Path, target: Path, width_px: int) -> Path:
    """A copy of ``picture`` as WebP, at most ``width_px`` wide."""
    with images.opened(picture) as image:
        small = image.convert("RGBA" if image.has_transparency_data else "RGB")
        small.thumbnail((width_px, width_px))
        small.save(target, format="WEBP", quality=82)
    return target


def _has_sound(path: Path) -> bool:
    """Whether the film has an audio stream."""
    with films.opened(path) as film:
        return bool(film.streams.audio)
