"""A page of a PDF deck, drawn in inches: text in the films' font, pictures, the rule of an opening."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby
from pathlib import Path
from typing import Literal

from fpdf import FPDF

from engine.data.pictures import images
from pipeline import scratch
from pipeline.deck import zones
from pipeline.deck.fit import LEADING, RAISED_SIZE, balanced, fitting_pt, runs, width_in, wrapped
from pipeline.deck.model import BULLET
from pipeline.deck.pdf.fonts import plain, static_fonts
from pipeline.deck.zones import PT_IN, Box
from scenes.stage.style import Look
from scenes.stage.superscripts import LOWERED, RAISED

FAMILY = "film"
BASELINE = 0.35  # of the type size: from the middle of a line down to its baseline
RISE = 0.36  # of the type size: from the baseline up to that of superscripts
SPACE_AFTER = 0.45  # of the type size: between paragraphs
Anchor = Literal["t", "m", "b"]


class Paper(FPDF):
    """A PDF whose pages are slides in the colours of ``look``; ``text`` has every letter they will show."""

    def __init__(self, look: Look, text: str) -> None:
        super().__init__(unit="in", format=(zones.WIDTH_IN, zones.HEIGHT_IN))
        self.look = look
        self.set_auto_page_break(False)
        self.set_margin(0)
        with scratch.folder() as folder:
            shown = RAISED.sub(lambda found: found[0].translate(LOWERED), text)
            self._letters: list[frozenset[str]] = []  # of each family: the films' font first
            for number, font in enumerate(static_fonts(shown, folder)):
                self._letters.append(font.letters)
                for style, file in font.files.items():
                    self.add_font(f"{FAMILY}{number}", style, file)

    def by_font(self, text: str) -> Iterator[tuple[str, str]]:
        """``text`` in pieces, each with the family that has its letters."""
        for number, piece in groupby(plain(text), self._number):
            yield "".join(piece), f"{FAMILY}{number}"

    def _number(self, letter: str) -> int:
        return next((number for number, letters in enumerate(self._letters) if letter in letters), 0)

    def sheet(self, strip_in: float) -> Page:
        """A new page: a slide, and ``strip_in`` inches more below it."""
        self.add_page(format=(zones.WIDTH_IN, zones.HEIGHT_IN + strip_in))
        self.fill(Box(0, 0, zones.WIDTH_IN, zones.HEIGHT_IN + strip_in), self.look.background)
        if strip_in:
            self.fill(Box(0, zones.HEIGHT_IN, zones.WIDTH_IN, strip_in), self.look.surface)
        return Page(self)

    def fill(self, box: Box, colour: str) -> None:
        """A filled box."""
        self.set_fill_color(colour)
        self.rect(box.left, box.top, box.width, box.height, style="F")


class Page:
    """The page at hand."""

    def __init__(self, paper: Paper) -> None:
        self.paper = paper

    def title(self, text: str, section: str, number: int) -> None:
        """The slide's title at the left, its section and number at the right."""
        self.paragraphs([text], zones.TITLE, zones.TITLE_PT, bold=True)
        corner = f"{section}    {number}" if section else str(number)
        box, size = zones.CORNER, zones.SMALL_PT
        left = box.left + box.width - width_in(corner, size)
        self._line(corner, left, box.top + box.height / 2, size, "muted")

    def words(self, text: str, box: Box, size_pt: float) -> None:
        """Running text in the middle of ``box``."""
        self._block([balanced(text, box.width, size_pt)], box, size_pt, "m", "ink", False)

    def paragraphs(
        self,
        paragraphs: Sequence[str],
        box: Box,
        largest_pt: float,
        *,
        bold: bool = False,
        colour: str = "ink",
        anchor: Anchor = "m",
    ) -> float:
        """Paragraphs in ``box``, as large as they can be up to ``largest_pt``; returns their height in inches."""
        size = fitting_pt(paragraphs, box, largest_pt, zones.LEAST_PT, bold=bold)
        blocks = [wrapped(_bulleted(text), box.width, size, bold) for text in paragraphs]
        return self._block(blocks, box, size, anchor, colour, bold)

    def picture(self, file: Path, room: Box, alt: str) -> None:
        """A picture as large as ``room`` takes it."""
        with images.opened(file) as picture:
            box = room.hold(*picture.size)
        self.paper.image(
            str(file), box.left, box.top, box.width, box.height, alt_text=alt, keep_aspect_ratio=True
        )

    def stripes(self) -> None:
        """The stripes below an opening's title."""
        for box, role in zip(zones.STRIPES, zones.STRIPE_ROLES, strict=True):
            self.paper.fill(box, self.paper.look.colour(role))

    def _block(
        self, blocks: list[list[str]], box: Box, size_pt: float, anchor: Anchor, colour: str, bold: bool
    ) -> float:
        step, gap = size_pt * LEADING * PT_IN, size_pt * SPACE_AFTER * PT_IN
        high = sum(len(lines) for lines in blocks) * step + (len(blocks) - 1) * gap
        top = box.top + {"t": 0.0, "m": (box.height - high) / 2, "b": box.height - high}[anchor]
        for lines in blocks:
            for line in lines:
                self._line(line, box.left, top + step / 2, size_pt, colour, bold)
                top += step
            top += gap
        return high

    def _line(
        self, text: str, left: float, middle: float, size_pt: float, colour: str, bold: bool = False
    ) -> None:
        self.paper.set_text_color(self.paper.look.colour(colour))
        baseline = middle + BASELINE * size_pt * PT_IN
        for run, raised in runs(text):
            size = size_pt * RAISED_SIZE if raised else size_pt
            for piece, family in self.paper.by_font(run):
                self.paper.set_font(family, "B" if bold else "", size)
                self.paper.text(left, baseline - (RISE * size_pt * PT_IN if raised else 0.0), piece)
                own = family == f"{FAMILY}0"
                left += width_in(piece, size, bold) if own else self.paper.get_string_width(piece)


def _bulleted(text: str) -> str:
    return "•  " + text.removeprefix(BULLET) if text.startswith(BULLET) else text
