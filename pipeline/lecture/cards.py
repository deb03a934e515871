"""Cards of a lecture as films: what each shows, and drawing it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from engine.data.pictures import images
from pipeline.film import Look, manim_session
from pipeline.lecture import model
from pipeline.lecture.script import Script
from scenes.stage.captions import Cue

if TYPE_CHECKING:
    from scenes.stage.lecture_card import Content, LectureCard


@dataclass(frozen=True)
class CardFilm:
    """A card that was played: its frames and what it said."""

    frames: int
    cues: tuple[Cue, ...]


def content_of(script: Script, part: model.AnyPart, language: str, opening: bool = False) -> Content:
    """What a card or a picture shows; pictures without their pixels, see `with_picture`."""
    from scenes.stage.lecture_card import Content

    assert not isinstance(part, model.ScenePart)
    lecture = script.lecture
    byline = [lecture.author.of(language) if lecture.author else "", date_words(lecture.date, language)]
    kind = "opening" if opening else part.card if isinstance(part, model.CardPart) else "picture"
    card = part if isinstance(part, model.CardPart) else None
    return Content(
        kind=kind,
        title=part.title.of(language) if part.title else "",
        subtitle=card.subtitle.of(language) if card and card.subtitle else "",
        byline=tuple(one for one in byline if one) if opening else (),
        paragraphs=card.text.of(language) if card and card.text else (),
        captions=own_captions(part, language),
        seconds=getattr(part, "seconds", None),
        reading_time=part.reading_time or lecture.reading_time or 1.0,
    )


def own_captions(part: model.AnyPart, language: str) -> tuple[str, ...]:
    """What is said over a card, picture or video, one after the other."""
    assert not isinstance(part, model.ScenePart)
    moments = part.caption.of(language) if part.caption else None
    return tuple(text for moment in moments or () for text in moment)


def date_words(date: Any, language: str) -> str:
    """2026-03-02 as 2026년 3월 2일 or 2 March 2026; a text as it is."""
    if date is None or isinstance(date, str):
        return date or ""
    if language == "ko":
        return f"{date.year}년 {date.month}월 {date.day}일"
    return f"{date.day} {MONTHS[date.month - 1]} {date.year}"


MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
    "November", "December",
)  # fmt: skip


def with_picture(content: Content, path: Path, look: Look) -> Content:
    """The same with the picture's pixels, scaled to its place in the film."""
    import numpy as np
    from PIL import Image

    from scenes.stage.lecture_card import picture_box
    from scenes.stage.style import FRAME_HEIGHT

    quality = look.quality
    scale = quality.height / FRAME_HEIGHT
    left, top, right, bottom = picture_box(content, look.captions, quality.width / scale)
    room = round((right - left) * scale), round((top - bottom) * scale)
    picture = images.load(path, max(room))
    size = fit(picture.width, picture.height, *room)
    return replace(content, picture=np.asarray(picture.resize(size, Image.Resampling.LANCZOS)))


def fit(width: int, height: int, room_width: int, room_height: int) -> tuple[int, int]:
    """The largest even size of the same shape that fits."""
    share = min(room_width / width, room_height / height)
    return max(2, 2 * round(width * share / 2)), max(2, 2 * round(height * share / 2))


def measure_card(content: Content, look: Look) -> CardFilm:
    """Play a card without drawing it. InputError when its text does not fit."""
    with manim_session(look.job(), None) as renderer:
        renderer.camera.show = lambda *mobjects: None
        return _played(make_card(content, look, renderer))


def render_card(content: Content, look: Look, path: Path) -> CardFilm:
    """Render a card into the MP4 at `path`, encoded as films are."""
    from pipeline.encoder import FilmStream

    quality = look.quality

    def stream() -> FilmStream:
        return FilmStream(path, quality.width, quality.height, quality.fps, fast=quality.name == "preview")

    with manim_session(look.job(), stream) as renderer:
        return _played(make_card(content, look, renderer))


def card_picture(content: Content, look: Look) -> Any:
    """The card as it stands when everything is on it, as an RGB picture of Pillow's."""
    from PIL import Image

    with manim_session(look.job(), None) as renderer:
        card = make_card(content, look, renderer)
        card.clear_away = False
        card.render()
        renderer.update_frame(card)
        return Image.fromarray(renderer.get_frame()).convert("RGB")


def make_card(content: Content, look: Look, renderer: Any) -> LectureCard:
    """The Manim scene of a card, for `renderer` of a Manim session."""
    from scenes.stage.lecture_card import LectureCard

    return LectureCard(
        content, language=look.language, theme=look.theme, captions=look.captions, renderer=renderer
    )


def _played(card: LectureCard) -> CardFilm:
    card.render()
    return CardFilm(card.frames, tuple(card.cues))
