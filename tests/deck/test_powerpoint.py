"""The PowerPoint file: what PowerPoint, its readers and its schema ask of it."""

import hashlib
import io
import os
import re
import subprocess
import zipfile
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

import av
import numpy as np
import pytest
from openxml_audit import FileFormat, OpenXmlValidator
from PIL import Image
from pptx import Presentation

from engine.text.fonts import font_folder
from pipeline.deck import powerpoint
from pipeline.deck.model import ClipSlide, Deck
from scenes.stage.style import LOOKS

NS = {
    "p": "http://schemas.openxmlformats.org/presentationml/2006/main",
    "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
    "p14": "http://schemas.microsoft.com/office/powerpoint/2010/main",
    "p173": "http://schemas.microsoft.com/office/powerpoint/2017/3/main",
    "r": "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
}
FILMS = (1, 2, 5)  # of the slides of the fixture ``deck``


@pytest.fixture(scope="module")
def file(deck: Deck, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("pptx") / "deck.pptx"
    powerpoint.write(deck, path)
    return path


@pytest.fixture(scope="module")
def show(file: Path) -> Any:
    return Presentation(str(file))


def films(slide: Any) -> list[Any]:
    return slide.element.xpath(".//p:pic[.//a:videoFile]")


def mistakes(path: Path, version: FileFormat) -> list[str]:
    return [str(error) for error in OpenXmlValidator(file_format=version).validate(str(path)).errors]


@pytest.mark.parametrize("version", [FileFormat.OFFICE_2013, FileFormat.MICROSOFT_365])
def test_it_follows_the_schemas(file: Path, version: FileFormat) -> None:
    """Else PowerPoint would offer to repair it."""
    assert mistakes(file, version) == []


@pytest.mark.parametrize(
    ("part", "right", "wrong"),
    [
        ("ppt/slides/slide2.xml", "<p:tgtEl>", "<p:target>"),
        ("ppt/slides/slide2.xml", 'displayLoc="media"', 'displayLoc="wall"'),
        ("ppt/presentation.xml", "<p14:sldIdLst>", "<p14:slides>"),
    ],
)
def test_the_check_of_the_schemas_sees_what_is_wrong(
    file: Path, tmp_path: Path, part: str, right: str, wrong: str
) -> None:
    """A check that passes everything would be none."""
    broken = tmp_path / "broken.pptx"
    closing = right.replace("<", "</"), wrong.replace("<", "</")
    with zipfile.ZipFile(file) as old, zipfile.ZipFile(broken, "w") as new:
        for name in old.namelist():
            text = old.read(name)
            if name == part:
                assert right.encode() in text
                text = text.replace(right.encode(), wrong.encode()).replace(
                    *(one.encode() for one in closing)
                )
            new.writestr(name, text)
    assert mistakes(broken, FileFormat.MICROSOFT_365)


def test_slides_are_wide_and_one_a_slide_of_the_deck(show: Any, deck: Deck) -> None:
    assert (show.slide_width, show.slide_height) == (12_192_000, 6_858_000)
    assert [slide.shapes.title.text_frame.text for slide in show.slides] == [
        slide.title for slide in deck.slides
    ]


def test_notes_say_what_the_captions_say(show: Any, deck: Deck) -> None:
    said = [slide.notes_slide.notes_text_frame.text if slide.has_notes_slide else "" for slide in show.slides]
    assert said == [slide.notes for slide in deck.slides]
    film = deck.slides[1]
    assert isinstance(film, ClipSlide)
    assert said[1].split() == " ".join(line for cue in film.clip.cues for line in cue.lines).split()
    assert len(film.clip.cues) >= 2


def test_films_start_by_themselves_and_nothing_else_waits_for_a_click(show: Any) -> None:
    for number, slide in enumerate(show.slides):
        found = films(slide)
        assert len(found) == (number in FILMS)
        timing = slide.element.find("p:timing", NS)
        assert (timing is not None) == bool(found)
        if not found:
            continue
        shape = found[0].find(".//p:cNvPr", NS).get("id")
        effect = timing.find('.//p:cTn[@presetClass="mediacall"]', NS)
        assert effect.get("nodeType") == "afterEffect"
        assert effect.find(".//p:cmd", NS).get("cmd") == "playFrom(0.0)"
        first = timing.find('.//p:cTn[@nodeType="mainSeq"]/p:childTnLst/p:par/p:cTn', NS)
        assert first.find('p:stCondLst/p:cond[@evt="onBegin"]', NS) is not None
        assert {one.get("spid") for one in timing.iterfind(".//p:spTgt", NS)} == {shape}
        media = timing.find(".//p:video/p:cMediaNode/p:cTn", NS)
        assert media.get("fill") == "hold"  # the last frame stays
        assert (media.get("repeatCount") == "indefinite") == (number == 5)
        assert timing.find('.//p:cTn[@nodeType="interactiveSeq"]', NS) is None
        ids = [one.get("id") for one in timing.iterfind(".//p:cTn", NS)]
        assert len(ids) == len(set(ids))


def test_the_length_of_the_effect_is_that_of_the_clip(show: Any, deck: Deck) -> None:
    for number in FILMS:
        slide = deck.slides[number]
        assert isinstance(slide, ClipSlide)
        with av.open(str(slide.clip.path)) as clip:
            milliseconds = clip.duration / 1000
        told = show.slides[number].element.find(".//p:cmd//p:cTn", NS).get("dur")
        assert abs(int(told) - milliseconds) <= 1


def test_titles_stand_on_the_film(show: Any) -> None:
    """Behind it nobody would see them."""
    for number in FILMS:
        tags = [shape.tag.rpartition("}")[2] for shape in show.slides[number].shapes._spTree][2:]
        assert tags == ["pic", "sp", "sp"]


def test_a_picture_that_has_its_title_hides_the_slides(deck: Deck, tmp_path: Path) -> None:
    from dataclasses import replace

    path = tmp_path / "titled.pptx"
    powerpoint.write(replace(deck, slides=(replace(deck.slides[1], titled=True),)), path)
    title = Presentation(str(path)).slides[0].shapes.title
    assert title.text_frame.text == deck.slides[1].title
    assert title.top + title.height <= 0


def test_every_picture_and_film_has_words_instead(show: Any, deck: Deck) -> None:
    for slide, told in zip(show.slides, deck.slides, strict=True):
        for picture in slide.element.iterfind(".//p:pic", NS):
            assert picture.find(".//p:cNvPr", NS).get("descr") == told.alt


def test_the_poster_is_the_first_frame(show: Any) -> None:
    """Else the slide would blink when its film starts."""
    slide = show.slides[2]
    (film,) = films(slide)
    rel = slide.part.rels
    poster = rel[film.find(".//a:blip", NS).get(f"{{{NS['r']}}}embed")].target_part.blob
    media = rel[film.find(".//p14:media", NS).get(f"{{{NS['r']}}}embed")].target_part.blob
    with av.open(io.BytesIO(media)) as clip:
        first = next(clip.decode(video=0)).to_image()
    assert np.array_equal(np.asarray(Image.open(io.BytesIO(poster)).convert("RGB")), np.asarray(first))


def test_films_are_h264_and_stand_in_the_file_once(file: Path) -> None:
    with zipfile.ZipFile(file) as package:
        media = [package.read(name) for name in package.namelist() if name.endswith(".mp4")]
        names = package.namelist()
    assert len(media) == 2  # three slides, of which two show the same film
    assert len({hashlib.sha256(one).digest() for one in media}) == 2
    assert len(names) == len(set(names))
    for data in media:
        with av.open(io.BytesIO(data)) as clip:
            context: Any = clip.streams.video[0].codec_context
            assert (context.name, context.profile, context.pix_fmt) == ("h264", "High", "yuv420p")


def test_captions_can_be_switched_on(show: Any, deck: Deck) -> None:
    import webvtt

    slide = show.slides[1]
    track = films(slide)[0].find(".//p173:track", NS)
    assert (track.get("lang"), track.get("label")) == ("ko-KR", "한국어")
    part = slide.part.rels[track.get(f"{{{NS['r']}}}embed")].target_part
    assert part.content_type == "text/vtt"
    said = [caption.text for caption in webvtt.from_string(part.blob.decode())]
    told = deck.slides[1]
    assert isinstance(told, ClipSlide)
    assert said == ["\n".join(cue.lines) for cue in told.clip.cues]


def test_sections_group_the_slides(show: Any, deck: Deck) -> None:
    found = show.element.findall(".//p14:section", NS)
    assert [one.get("name") for one in found] == ["역전파", deck.slides[3].section]
    listed = [one.get("id") for one in show.element.iterfind(".//p14:sldId", NS)]
    assert listed == [str(slide.slide_id) for slide in show.slides]


def test_the_file_says_what_it_is_and_nothing_of_this_machine(file: Path, show: Any, deck: Deck) -> None:
    core = show.core_properties
    assert (core.title, core.author, core.language) == (deck.title, deck.author, "ko-KR")
    with zipfile.ZipFile(file) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    for name, data in parts.items():
        if name.endswith((".xml", ".rels")):
            text = data.decode()
            assert not re.search(r"file:|[\"'>](/home|/root|/tmp|/Users|[A-Z]:\\)", text), name
            assert 'TargetMode="External"' not in text, name
            if name.startswith("ppt/slides/"):
                assert set(re.findall(r'lang="([^"]+)"', text)) <= {"ko-KR"}, name
    assert not [name for name in parts if "printer" in name]
    picture = Image.open(io.BytesIO(parts["docProps/thumbnail.jpeg"]))
    assert picture.size == (256, 144)
    assert np.asarray(picture.convert("L")).max() > 80  # there is something on it


@pytest.mark.parametrize("theme", ["dark", "light"])
def test_background_and_text_have_the_colours_of_the_films(deck: Deck, tmp_path: Path, theme: str) -> None:
    """PowerPoint takes both from the theme through the master's map."""
    from dataclasses import replace

    path = tmp_path / "theme.pptx"
    powerpoint.write(replace(deck, theme=theme, slides=deck.slides[:1]), path)
    with zipfile.ZipFile(path) as package:
        master = package.read("ppt/slideMasters/slideMaster1.xml").decode()
        look = package.read("ppt/theme/theme1.xml").decode()
    slots = dict(re.findall(r'\b(bg1|tx1|tx2)="(\w+)"', master))
    colours = dict(re.findall(r'<a:(dk1|lt1|dk2|lt2)><a:srgbClr val="(\w+)"', look))
    shown = {role: "#" + colours[slot] for role, slot in slots.items()}
    expected = LOOKS[theme]
    assert shown == {"bg1": expected.background, "tx1": expected.ink, "tx2": expected.muted}


def only_the_films_font(folder: Path) -> dict[str, str]:
    """An environment with no font but Noto Sans KR, so that Korean comes out whatever fonts a system has."""
    config = folder / "fonts.conf"
    cache = folder / "fonts"
    config.write_text(
        f"<fontconfig><dir>{escape(str(font_folder()))}</dir><cachedir>{escape(str(cache))}</cachedir></fontconfig>",
        "utf-8",
    )
    return os.environ | {"FONTCONFIG_FILE": str(config)}


def test_libreoffice_opens_it_and_shows_it(file: Path, soffice: str, tmp_path: Path) -> None:
    """As a second program that reads such files: every slide, its title, and the film's picture."""
    import pypdf

    profile = f"-env:UserInstallation=file://{tmp_path / 'profile'}"
    subprocess.run(
        [soffice, profile, "--headless", "--convert-to", "pdf", "--outdir", str(tmp_path), str(file)],
        check=True,
        capture_output=True,
        timeout=240,
        env=only_the_films_font(tmp_path),
    )
    pages = pypdf.PdfReader(tmp_path / "deck.pdf").pages
    assert len(pages) == 6
    texts = [re.sub(r"\s", "", page.extract_text()) for page in pages]
    assert "역전파" in texts[0]
    assert "2026년3월2일" in texts[0]
    assert "연쇄법칙" in texts[2]
    assert "하나" in texts[3]
    sizes = [sorted(image.image.size for image in pages[number].images if image.image) for number in (2, 4)]
    assert all((256, 144) in size for size in sizes)
