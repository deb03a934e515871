"""A lecture script as a deck: scenes as clips, cards as slides of text, own films and pictures in between."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.clean import one_line
from pipeline.deck.build import Plan, Shot, beat_job, beats_of
from pipeline.deck.footage import own_clip, own_picture
from pipeline.deck.model import AnySlide, ClipSlide, PictureSlide, TextSlide, TitleSlide, prose
from pipeline.film import Look
from pipeline.lecture import model
from pipeline.lecture.cards import content_of, date_words, own_captions
from pipeline.lecture.compose import begins_chapter
from pipeline.lecture.films import telling
from pipeline.lecture.script import Script
from pipeline.studio import Order

if TYPE_CHECKING:
    from engine.trace import Trace
    from scenes.stage.card import Card

Slides = list["AnySlide | Shot"]


def of_lecture(script: Script, traces: Mapping[str, Trace], look: Look, folder: Path) -> Plan:
    """The deck of ``script`` in one language; chapters of the lecture are sections of the deck.

    folder: for the files of the lecturer's own media.
    """
    lecture, language = script.lecture, look.language
    title = one_line(lecture.title.of(language)) or script.name
    section = title
    slides: Slides = []
    before: model.AnyPart | None = None
    for number, part in enumerate(lecture.parts()):
        if begins_chapter(part, before):
            own = one_line(part.title.of(language)) if part.title else ""
            section = own or (_card(part).title(language) if isinstance(part, model.ScenePart) else section)
        if isinstance(part, model.ScenePart):
            slides += _scene(part, traces[part.key], section, script, look)
        else:
            stem = folder / f"own-{language}-{number:03d}"
            slides.append(_own(part, section, script, look, stem, lecture.title_card and number == 0))
        before = part
    author = one_line(lecture.author.of(language)) if lecture.author else ""
    date = one_line(date_words(lecture.date, language))
    return Plan(title, language, look.theme, tuple(slides), author, date)


def _card(part: model.ScenePart) -> Card:
    from scenes import SCENES

    return next(card for card in SCENES if card.slug == part.scene)


def _scene(part: model.ScenePart, trace: Trace, section: str, script: Script, look: Look) -> Slides:
    told = telling(script, part, look.language, {})
    return [
        Shot(Order(trace, beat_job(part.scene, look, beat, told)), section)
        for beat in beats_of(_card(part), trace, part.beats)
    ]


def _own(
    part: model.CardPart | model.PicturePart | model.VideoPart,
    section: str,
    script: Script,
    look: Look,
    stem: Path,
    opening: bool,
) -> AnySlide:
    content = content_of(script, part, look.language, opening)
    notes = prose(own_captions(part, look.language))
    title = one_line(content.title) or section
    if isinstance(part, model.CardPart) and part.card == "title":
        lines = tuple(one_line(line) for line in content.byline)
        return TitleSlide(
            title=title, notes=notes, section=section, subtitle=one_line(content.subtitle), lines=lines
        )
    if isinstance(part, model.CardPart):
        lines = tuple(one_line(text) for text in content.paragraphs)
        return TextSlide(title=title, notes=notes, section=section, lines=lines)
    alt, titled = notes or title, not one_line(content.title)
    if isinstance(part, model.PicturePart):
        picture = own_picture(script.path(part.picture), stem)
        return PictureSlide(
            title=title, notes=notes, section=section, titled=titled, picture=picture, alt=alt
        )
    clip = own_clip(script.path(part.video), part.sound, stem)
    return ClipSlide(title=title, notes=notes, section=section, titled=titled, clip=clip, alt=alt)
