"""The text a teacher reads, as a Word document."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from pipeline.clean import one_line
from pipeline.outputs import save_package
from pipeline.voice.script import WORDS, ReadBeat, Reading, about

# The text is read from paper or a second screen, so it is large.
SIZES_PT = {"Normal": 15, "Title": 22, "Heading 1": 18, "Heading 2": 13, "List Bullet": 11}
SMALL_PT = 10
FONT = "Malgun Gothic"  # has Hangul, and Word brings it; elsewhere the reader's own takes its place
INK, MUTED = (0x11, 0x18, 0x27), (0x4E, 0x4E, 0x58)


def save(readings: Sequence[Reading], path: Path) -> None:
    """The readings as a Word document at `path`, each beginning on a page of its own."""
    from docx import Document
    from docx.enum.text import WD_BREAK
    from docx.shared import Cm

    document: Any = Document()
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21.0), Cm(29.7)
    _set_styles(document)
    document.core_properties.title = one_line(readings[0].title)
    document.core_properties.author = one_line(readings[0].author) or "gradreel"
    document.core_properties.comments = ""
    document.core_properties.language = readings[0].language
    for number, reading in enumerate(readings):
        if number:
            document.add_paragraph().add_run().add_break(WD_BREAK.PAGE)
        _add_reading(document, reading)
    save_package(document.save, path)


def _set_styles(document: Any) -> None:
    """One typeface that has Hangul, sizes for reading aloud; the built-in styles, so that the outline works."""
    from docx.oxml.ns import qn
    from docx.shared import Pt, RGBColor

    for name, size in SIZES_PT.items():
        style = document.styles[name]
        style.font.name, style.font.size = FONT, Pt(size)
        fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
        for kind in ("w:asciiTheme", "w:hAnsiTheme", "w:eastAsiaTheme", "w:cstheme"):
            fonts.attrib.pop(qn(kind), None)
        for kind in ("w:ascii", "w:hAnsi", "w:eastAsia", "w:cs"):
            fonts.set(qn(kind), FONT)
        if name == "Normal":
            _unspaced(style)
        else:
            style.font.color.rgb = RGBColor(*INK)


def _unspaced(style: Any) -> None:
    """No added space between Hangul and Latin letters: "z는" is one word."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    properties = style.element.get_or_add_pPr()
    for name in ("w:autoSpaceDE", "w:autoSpaceDN"):
        element = OxmlElement(name)
        element.set(qn("w:val"), "0")
        properties.append(element)


def _add_reading(document: Any, reading: Reading) -> None:
    say: Any = WORDS[reading.language]
    document.add_heading(one_line(f"{reading.title} · {say['what']}"), level=0)
    if reading.author:
        document.add_paragraph(one_line(reading.author))
    for line in say["how"]:
        document.add_paragraph(line, style="List Bullet")
    for part in reading.parts:
        document.add_heading(one_line(part.title), level=1)
        for beat in part.beats:
            if not part.is_one_beat:
                document.add_heading(one_line(beat.title), level=2)
            _add_beat(document, beat, say)


def _add_beat(document: Any, beat: ReadBeat, say: Any) -> None:
    from docx.shared import Cm, Pt, RGBColor

    name = document.add_paragraph()
    name.paragraph_format.keep_with_next = bool(beat.lines)
    run = name.add_run(one_line(" · ".join([f"{beat.stem}.wav", *about(beat, say)])))
    run.font.size, run.font.color.rgb = Pt(SMALL_PT), RGBColor(*MUTED)
    for number, line in enumerate(beat.lines, 1):
        paragraph = document.add_paragraph(one_line(line))
        paragraph.paragraph_format.left_indent = Cm(0.8)
        paragraph.paragraph_format.space_after = Pt(6)
        paragraph.paragraph_format.keep_together = True
        paragraph.paragraph_format.keep_with_next = number < len(beat.lines)
