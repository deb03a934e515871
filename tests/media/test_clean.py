"""Texts with signs that XML forbids: the files are written, and any reader of XML reads them."""

import io
import zipfile
from dataclasses import dataclass
from pathlib import Path
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.clean import clean, one_line
from pipeline.deck.model import Deck, TextSlide, TitleSlide
from pipeline.subtitles import srt_text, vtt_text
from pipeline.voice import word
from pipeline.voice.script import ReadBeat, Reading, ReadPart, markdown

NASTY = "a\x0bb\x01\x1b[0m\ud800\ufffe\x00\r\nc\u2028d\x85e\uffff\x7f"
PLAIN = "a b[0m c d e"


def test_line_breaks_stay_and_controls_go() -> None:
    assert clean(NASTY) == "a\nb[0m\nc\nd\ne"
    assert one_line(NASTY) == PLAIN
    assert clean("한글 λ 🧠 e\u0301\t²") == "한글 λ 🧠 e\u0301\t²"


@given(st.text(st.characters(codec=None), max_size=40))
def test_whatever_is_cleaned_is_xml(text: str) -> None:
    root = ElementTree.Element("t")
    root.text = clean(text)
    assert ElementTree.fromstring(ElementTree.tostring(root, "utf-8")).text in (root.text, root.text or None)
    assert clean(clean(text)) == clean(text)


def read_whole(data: bytes) -> str:
    """Every part of an Office file, parsed."""
    texts = []
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        for name in package.namelist():
            if name.endswith((".xml", ".rels")):
                texts += ElementTree.fromstring(package.read(name)).itertext()
    return "\n".join(texts)


def test_a_script_to_read_from(tmp_path: Path) -> None:
    beat = ReadBeat("01-a", NASTY, (NASTY,), 3.0)
    readings = [Reading(NASTY, "en", (ReadPart(NASTY, (beat,)),), NASTY)]
    word.save(readings, tmp_path / "a.docx")
    assert PLAIN in read_whole((tmp_path / "a.docx").read_bytes())
    assert markdown(readings).encode().count(b"a b") >= 3


@pytest.mark.parametrize("kind", ["pptx", "html", "pdf"])
def test_a_deck(tmp_path: Path, kind: str) -> None:
    title = one_line(NASTY)
    slides = (
        TitleSlide(title=title, notes=title, section=title, subtitle=title, lines=(title,)),
        TextSlide(title=title, notes=title, section=title, lines=(title,)),
    )
    deck = Deck(title, "en", "dark", slides, title, title)
    if kind == "pptx":
        from pipeline.deck import powerpoint

        powerpoint.write(deck, tmp_path / "a.pptx")
        assert read_whole((tmp_path / "a.pptx").read_bytes()).count(PLAIN) >= 4
    elif kind == "html":
        from pipeline.deck.html import write_html

        page = write_html(deck, tmp_path / "deck", False)
        assert PLAIN in page.read_text(encoding="utf-8")
    else:
        from pipeline.deck import pdf

        pdf.write(deck, tmp_path / "a.pdf", notes=True)
        assert (tmp_path / "a.pdf").read_bytes().startswith(b"%PDF")


@dataclass(frozen=True)
class Cue:
    start_s: float
    end_s: float
    lines: tuple[str, ...]


def test_subtitles() -> None:
    cues = [Cue(0.0, 1.0, (NASTY, "x\n\n2\n00:00:05,000 --> 00:00:06,000\ny"))]
    srt, vtt = srt_text(cues), vtt_text(cues)
    assert srt.encode().decode() == srt
    assert srt.count("\n\n") == 1  # a line break inside a line would begin another cue
    assert vtt.count("-->") == 1
    assert PLAIN in srt
    assert PLAIN in vtt
