"""The PDF: read back with another library."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pypdf
import pytest
from PIL import Image

from engine.errors import InputError
from pipeline.deck import pdf, zones
from pipeline.deck.model import ClipSlide, Deck


@pytest.fixture(scope="module")
def file(deck: Deck, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("pdf") / "deck.pdf"
    pdf.write(deck, path)
    return path


@pytest.fixture(scope="module")
def book(file: Path) -> Any:
    return pypdf.PdfReader(file)


def text_of(page: Any) -> str:
    return " ".join(page.extract_text().split())


def test_titles_and_what_is_said_are_text(book: Any, deck: Deck) -> None:
    """So that they can be searched, copied and read aloud."""
    assert len(book.pages) == len(deck.slides)
    for page, slide in zip(book.pages, deck.slides, strict=True):
        assert slide.title in text_of(page)
        assert slide.notes in text_of(page)


def test_without_notes_nothing_is_said(deck: Deck, tmp_path: Path) -> None:
    pdf.write(deck, tmp_path / "deck.pdf", notes=False)
    for page, slide in zip(pypdf.PdfReader(tmp_path / "deck.pdf").pages, deck.slides, strict=True):
        assert page.mediabox.height == 540
        if slide.notes and slide.notes != slide.title:
            assert slide.notes not in text_of(page)


def test_films_have_room_for_what_is_said_and_other_pages_grow(book: Any, deck: Deck, tmp_path: Path) -> None:
    heights = [float(page.mediabox.height) for page in book.pages]
    assert [height > 540 for height in heights] == [False, False, False, True, False, False]
    assert all(float(page.mediabox.width) == pytest.approx(960) for page in book.pages)
    long = replace(deck.slides[1], notes="길게 말합니다. " * 60)
    pdf.write(replace(deck, slides=(long,)), tmp_path / "long.pdf")
    (page,) = pypdf.PdfReader(tmp_path / "long.pdf").pages
    assert float(page.mediabox.height) > 700
    assert text_of(page).count("길게 말합니다.") == 60


def test_a_films_picture_is_its_last_frame_without_loss(book: Any, deck: Deck) -> None:
    slide = deck.slides[2]
    assert isinstance(slide, ClipSlide)
    (found,) = book.pages[2].images
    with Image.open(slide.clip.last) as frame:
        assert np.array_equal(np.asarray(found.image.convert("RGB")), np.asarray(frame))


def test_bookmarks_lead_to_sections_and_slides(book: Any, deck: Deck) -> None:
    def flat(outline: Any, depth: int = 0) -> list[tuple[int, str, int]]:
        lines = []
        for one in outline:
            if isinstance(one, list):
                lines += flat(one, depth + 1)
            else:
                lines.append((depth, one.title, book.get_destination_page_number(one)))
        return lines

    hard = deck.slides[3].title
    assert flat(book.outline) == [
        (0, "역전파", 0),
        (1, "역전파", 0),
        (1, deck.slides[1].title, 1),
        (1, deck.slides[2].title, 2),
        (0, hard, 3),
        (1, hard, 3),
        (1, "그림", 4),
        (1, "또 한 번", 5),
    ]


def test_the_file_says_what_it_is(book: Any, deck: Deck, file: Path) -> None:
    assert (book.metadata.title, book.metadata.author) == (deck.title, deck.author)
    assert book.trailer["/Root"]["/Lang"] == "ko-KR"
    fonts = [font.get_object() for font in book.pages[1]["/Resources"]["/Font"].values()]
    assert fonts
    for font in fonts:
        descendant = font["/DescendantFonts"][0].get_object()
        assert "NotoSansKR" in descendant["/BaseFont"]
        assert "/FontFile2" in descendant["/FontDescriptor"].get_object()  # embedded
    assert file.stat().st_size < 150_000  # of the font only the letters that are used


def test_letters_of_mathematics_are_shown_plain(deck: Deck, tmp_path: Path) -> None:
    odd = replace(deck.slides[3], title="한글", notes="𝛁 of 𝔼", lines=("- ok",))
    pdf.write(replace(deck, slides=(odd,)), tmp_path / "odd.pdf")
    (page,) = pypdf.PdfReader(tmp_path / "odd.pdf").pages
    assert "∇ of E" in text_of(page)


def test_powers_keep_their_exponents(deck: Deck, tmp_path: Path) -> None:
    """The font has no ⁻ and ⁷: 9.5×10⁻⁷ would be read as 9.5×10."""
    odd = replace(deck.slides[3], title="10⁻¹²", notes="", lines=("- 9.5×10⁻⁷ and 2.3×10⁻⁶.",))
    pdf.write(replace(deck, slides=(odd,)), tmp_path / "odd.pdf")
    (page,) = pypdf.PdfReader(tmp_path / "odd.pdf").pages
    said = "".join(text_of(page).split())
    assert "10−12" in said
    assert "9.5×10−7and2.3×10−6." in said


def test_pages_are_as_wide_as_slides() -> None:
    assert pytest.approx(zones.WIDTH_IN * 9 / 16) == zones.HEIGHT_IN == 7.5


def test_letters_of_the_sister_fonts_are_in_the_pdf(deck: Deck, tmp_path: Path) -> None:
    """Simplified Chinese beside Hangul: found again as text."""
    slide = replace(deck.slides[1], notes="한국어 一类又一类 x = 10⁻³")
    pdf.write(replace(deck, slides=(slide,)), tmp_path / "deck.pdf")
    (page,) = pypdf.PdfReader(tmp_path / "deck.pdf").pages
    assert "一类又一类" in text_of(page).replace(" ", "")


def test_a_letter_that_the_pdf_would_leave_out_is_refused(deck: Deck, tmp_path: Path) -> None:
    slide = replace(deck.slides[1], notes="Łukasz")
    with pytest.raises(InputError, match=r"no Ł \(U\+0141\)"):
        pdf.write(replace(deck, slides=(slide,)), tmp_path / "deck.pdf")
