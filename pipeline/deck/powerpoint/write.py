"""A Deck to a .pptx file."""

from __future__ import annotations

import datetime
import hashlib
import io
import uuid
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from PIL import Image
from pptx.opc.constants import RELATIONSHIP_TYPE as RT
from pptx.opc.package import Part
from pptx.presentation import Presentation as PresentationType
from pptx.util import Pt

from engine.data.pictures import images
from pipeline.deck import zones
from pipeline.deck.fit import fitting_pt
from pipeline.deck.model import (
    BULLET,
    LOCALES,
    AnySlide,
    ClipSlide,
    Deck,
    PictureSlide,
    TextSlide,
    TitleSlide,
)
from pipeline.deck.powerpoint import template
from pipeline.deck.powerpoint.xml import (
    autoplay,
    bullet,
    captions,
    corner,
    emu,
    notes_master,
    sections,
)
from pipeline.deck.zones import Box
from pipeline.outputs import save_package
from pipeline.subtitles import vtt_text

THUMBNAIL_PX = 256
GUID_SPACE = uuid.UUID("5f8f0a52-5a3e-4a3c-9a0e-6a2b0f6f4c11")  # ids made from it only have to differ
TRACK_RELATION = "http://schemas.microsoft.com/office/2017/04/relationships/track"
CAPTION_NAMES = {"ko": "한국어", "en": "English"}


def write(deck: Deck, path: Path, *, poster: str = "first") -> None:
    """Write ``deck`` to ``path``.

    poster: "first" or "last", the frame of a clip shown before it plays and wherever it cannot play. Only with the
    first does nothing jump when a slide appears.
    """
    show = template.empty(deck.look)
    for number, slide in enumerate(deck.slides, 1):
        _add(show, deck, slide, number, poster)
    _notes_master(show)
    _sections(show, deck)
    _properties(show, deck)
    save_package(show.save, path)


def _add(show: PresentationType, deck: Deck, slide: AnySlide, number: int, poster: str) -> None:
    kind = {TitleSlide: template.OPENING, TextSlide: template.TEXT}.get(type(slide), template.FILM)
    page = show.slides.add_slide(template.layout_of(show, kind))
    _title(page, slide)
    match slide:
        case TitleSlide():
            _opening(page, slide)
        case TextSlide():
            _text(page, slide)
        case PictureSlide():
            _picture(page, slide)
        case ClipSlide():
            _film(page, deck, slide, poster)
    if not isinstance(slide, TitleSlide) and not slide.titled:
        _corner(page, deck, slide, number)
    if slide.notes:
        page.notes_slide.notes_text_frame.text = slide.notes
        _language(page.notes_slide.element, deck)
    _language(page.element, deck)


def _title(page: Any, slide: AnySlide) -> None:
    shape = page.shapes.title
    frame = shape.text_frame
    frame.text = slide.title
    if slide.titled:
        # The picture has the title: outlines and readers aloud find it, above the slide's edge, nobody sees it twice.
        shape.left, shape.top = emu(zones.TITLE.left), -emu(zones.TITLE.top + zones.TITLE.height)
        shape.width, shape.height = emu(zones.TITLE.width), emu(zones.TITLE.height)
    opening = isinstance(slide, TitleSlide)
    box, largest = (zones.OPENING_TITLE, zones.OPENING_PT) if opening else (zones.TITLE, zones.TITLE_PT)
    size = fitting_pt([slide.title], box, largest, zones.LEAST_PT, bold=True)
    if size < largest:
        frame.paragraphs[0].runs[0].font.size = Pt(size)


def _opening(page: Any, slide: TitleSlide) -> None:
    body = page.placeholders[1]
    lines = ([slide.subtitle] if slide.subtitle else []) + list(slide.lines)
    if not lines:
        body.element.getparent().remove(body.element)
        return
    _paragraphs(body.text_frame, lines)
    for paragraph in body.text_frame.paragraphs[1 if slide.subtitle else 0 :]:
        paragraph.runs[0].font.size = Pt(zones.TITLE_PT)


def _text(page: Any, slide: TextSlide) -> None:
    frame = page.placeholders[1].text_frame
    size = fitting_pt(slide.lines, zones.BODY, zones.BODY_PT, zones.LEAST_PT)
    _paragraphs(frame, [line.removeprefix(BULLET) for line in slide.lines])
    for line, paragraph in zip(slide.lines, frame.paragraphs, strict=True):
        for run in paragraph.runs:
            run.font.size = Pt(size)
        if line.startswith(BULLET):
            bullet(paragraph._p, size)


def _paragraphs(frame: Any, lines: Sequence[str]) -> None:
    frame.text = lines[0]
    for line in lines[1:]:
        frame.add_paragraph().text = line


def _picture(page: Any, slide: PictureSlide) -> None:
    with images.opened(slide.picture) as picture:
        box = (zones.FULL if slide.titled else zones.BODY).hold(*picture.size)
    shape = page.shapes.add_picture(str(slide.picture), *_emus(box))
    _describe(page, shape, "Picture", slide.alt or slide.title)


def _film(page: Any, deck: Deck, slide: ClipSlide, poster: str) -> None:
    clip = slide.clip
    box = (zones.FULL if slide.scene or slide.titled else zones.BODY).hold(clip.width_px, clip.height_px)
    picture = clip.first if poster == "first" else clip.last
    shape = page.shapes.add_movie(str(clip.path), *_emus(box), str(picture), "video/mp4")
    _describe(page, shape, f"Film {slide.beat}".strip(), slide.alt or slide.title)
    for old in page.element.findall("{*}timing"):
        page.element.remove(old)
    page.element.append(autoplay(shape.shape_id, clip.seconds, clip.loop))
    if clip.cues:
        _captions(page, deck, shape, vtt_text(clip.cues))


def _captions(page: Any, deck: Deck, shape: Any, text: str) -> None:
    """Give a film captions to switch on, in the deck's language."""
    package = page.part.package
    data = text.encode()
    name = package.next_partname("/ppt/media/captions%d.vtt")
    relation = page.part.relate_to(Part(name, "text/vtt", package, data), TRACK_RELATION)
    guid = _guid(hashlib.sha256(data).hexdigest())
    (media,) = shape._element.iterfind(".//{*}media")
    media.append(captions(relation, CAPTION_NAMES[deck.language], LOCALES[deck.language], guid))


def _emus(box: Box) -> tuple[int, int, int, int]:
    return emu(box.left), emu(box.top), emu(box.width), emu(box.height)


def _describe(page: Any, shape: Any, name: str, alt: str) -> None:
    """Name the shape, say what it shows, and put it behind everything else, so that the title stands on it."""
    shape.name = name
    shape._element.nvPicPr.cNvPr.set("descr", alt)
    page.shapes._spTree.insert(2, shape._element)


def _corner(page: Any, deck: Deck, slide: AnySlide, number: int) -> None:
    section = "" if slide.section == slide.title else slide.section
    shape = max(one.shape_id for one in page.shapes) + 1
    made = corner(shape, zones.CORNER, section, number, LOCALES[deck.language], zones.SMALL_PT)
    page.shapes._spTree.append(made)


def _language(root: Any, deck: Deck) -> None:
    """Say of all text in which language it is, for spelling and for reading aloud."""
    for run in root.iterfind(".//{*}r"):
        run.get_or_add_rPr().set("lang", LOCALES[deck.language])


def _sections(show: PresentationType, deck: Deck) -> None:
    """Slides of one section after the other become a section of the presentation."""
    named: list[tuple[str, list[int]]] = []
    for slide, page in zip(deck.slides, show.slides, strict=True):
        name = slide.section or deck.title
        if not named or named[-1][0] != name:
            named.append((name, []))
        named[-1][1].append(page.slide_id)
    if len(named) > 1:
        listed = [(name, _guid(f"{number} {name}"), slides) for number, (name, slides) in enumerate(named)]
        show.element.append(sections(listed))


def _guid(text: str) -> str:
    return f"{{{uuid.uuid5(GUID_SPACE, text)}}}".upper()


def _notes_master(show: PresentationType) -> None:
    for key, relation in show.part.rels.items():
        if relation.reltype == RT.NOTES_MASTER:
            show.element.find("{*}sldMasterIdLst").addnext(notes_master(key))


def _properties(show: PresentationType, deck: Deck) -> None:
    core = show.core_properties
    now = datetime.datetime.now(datetime.UTC).replace(tzinfo=None, microsecond=0)
    core.title, core.author, core.language = deck.title, deck.author, LOCALES[deck.language]
    core.last_modified_by, core.subject, core.keywords = deck.author, "", ""
    core.created = core.modified = now
    core.revision = 1
    thumbnail = show.part.package.part_related_by(RT.THUMBNAIL)
    thumbnail._blob = _thumbnail(deck)


def _thumbnail(deck: Deck) -> bytes:
    """A small picture for file managers: the end of the first clip, or the background."""
    frames = [slide.clip.last for slide in deck.slides if isinstance(slide, ClipSlide)]
    picture = Image.new("RGB", (THUMBNAIL_PX, THUMBNAIL_PX * 9 // 16), deck.look.background)
    if frames:
        with images.opened(frames[0]) as frame:
            frame.thumbnail((THUMBNAIL_PX, THUMBNAIL_PX), Image.Resampling.LANCZOS)
            picture = frame.convert("RGB")
    data = io.BytesIO()
    picture.save(data, "JPEG", quality=85)
    return data.getvalue()
