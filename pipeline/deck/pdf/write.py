"""A Deck to a .pdf file."""

from __future__ import annotations

import datetime
import logging
from pathlib import Path

from engine import __version__
from pipeline.deck import zones
from pipeline.deck.fit import LEADING, wrapped
from pipeline.deck.model import LOCALES, AnySlide, ClipSlide, Deck, PictureSlide, TextSlide, TitleSlide
from pipeline.deck.pdf.page import Page, Paper
from pipeline.deck.zones import PT_IN, Box

NOTE_PT = 17.0
SUBTITLE_GAP_IN = 0.15
STRIP_MARGIN_IN = 0.35


def write(deck: Deck, path: Path, *, notes: bool = True) -> None:
    """Write ``deck`` to ``path``; ``notes``: with what is said, in the band that films keep for captions.

    Where a slide has no such band, or more is said than fits it, its page is that much longer.
    """
    logging.getLogger("fpdf").setLevel(
        logging.ERROR
    )  # a letter the font lacks is drawn as a box, without a word
    paper = Paper(deck.look, _text(deck))
    paper.set_lang(LOCALES[deck.language])
    paper.set_title(deck.title)
    paper.set_author(deck.author)
    paper.set_creator(f"gradreel {__version__}")
    paper.set_creation_date(datetime.datetime.now(datetime.UTC))
    section = None
    for number, slide in enumerate(deck.slides, 1):
        name = slide.section or deck.title
        _add(paper, slide, number, slide.notes if notes else "", name if name != section else None)
        section = name
    paper.output(str(path))


def _text(deck: Deck) -> str:
    """Every letter that the pages may show."""
    parts = ["0123456789•"]
    for slide in deck.slides:
        parts += [slide.title, slide.notes, slide.section]
        if isinstance(slide, TitleSlide):
            parts.append(slide.subtitle)
        if isinstance(slide, TitleSlide | TextSlide):
            parts += slide.lines
    return "".join(parts)


def _add(paper: Paper, slide: AnySlide, number: int, said: str, section: str | None) -> None:
    band = isinstance(slide, ClipSlide) and bool(slide.scene)
    high = len(wrapped(said, zones.WORDS.width, NOTE_PT)) * NOTE_PT * LEADING * PT_IN
    inside = band and high <= zones.WORDS.height
    strip = 0.0 if not said or inside else high + 2 * STRIP_MARGIN_IN
    page = paper.sheet(strip)
    if section is not None:
        paper.start_section(section, 0)
    paper.start_section(slide.title, 1)
    match slide:
        case TitleSlide():
            _opening(page, slide)
        case TextSlide():
            page.paragraphs(slide.lines, zones.BODY, zones.BODY_PT)
        case PictureSlide():
            page.picture(slide.picture, zones.FULL if slide.titled else zones.BODY, slide.alt or slide.title)
        case ClipSlide():
            box = zones.FULL if slide.scene or slide.titled else zones.BODY
            page.picture(slide.clip.last, box, slide.alt or slide.title)
    if not isinstance(slide, TitleSlide) and not slide.titled:
        page.title(slide.title, "" if slide.section == slide.title else slide.section, number)
    if said:
        below = Box(zones.WORDS.left, zones.HEIGHT_IN, zones.WORDS.width, strip)
        page.words(said, zones.WORDS if inside else below, NOTE_PT)


def _opening(page: Page, slide: TitleSlide) -> None:
    page.paragraphs([slide.title], zones.OPENING_TITLE, zones.OPENING_PT, bold=True, anchor="b")
    page.stripes()
    box = zones.OPENING_SUBTITLE
    if slide.subtitle:
        high = page.paragraphs([slide.subtitle], box, zones.OPENING_SUBTITLE_PT, colour="muted", anchor="t")
        box = Box(box.left, box.top + high + SUBTITLE_GAP_IN, box.width, box.height - high - SUBTITLE_GAP_IN)
    if slide.lines:
        page.paragraphs(slide.lines, box, zones.TITLE_PT, colour="muted", anchor="t")
