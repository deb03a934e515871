"""How large text can be in a box, measured with the films' font."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache

from PIL import ImageFont

from engine.text.fonts import font_folder
from engine.text.lines import filled
from pipeline.deck.zones import PT_IN, Box
from scenes.stage.superscripts import LOWERED, RAISED

LEADING = 1.35  # line height by type size; other programs' fonts are no looser
MEASURE_PX = 100
RAISED_SIZE = 0.72  # of superscripts, by type size


@cache
def _font(bold: bool) -> ImageFont.FreeTypeFont:
    (file,) = font_folder().glob("*.ttf")
    font = ImageFont.truetype(str(file), MEASURE_PX)
    font.set_variation_by_axes([700 if bold else 400])
    return font


def width_in(text: str, size_pt: float, bold: bool = False) -> float:
    """How wide ``text`` is on one line, in inches."""
    font = _font(bold)
    length = sum(font.getlength(run) * (RAISED_SIZE if raised else 1.0) for run, raised in runs(text))
    return length / MEASURE_PX * size_pt * PT_IN


def runs(text: str) -> Iterator[tuple[str, bool]]:
    """``text`` in pieces, superscripts as plain digits and whether they are to be raised: 10⁻³ is 10 and −3."""
    start = 0
    for found in RAISED.finditer(text):
        if found.start() > start:
            yield text[start : found.start()], False
        yield found[0].translate(LOWERED), True
        start = found.end()
    if start < len(text):
        yield text[start:], False


def wrapped(text: str, room_in: float, size_pt: float, bold: bool = False) -> list[str]:
    """``text`` in lines no wider than ``room_in``, each as full as it can be."""
    return filled(text, room_in, lambda line: width_in(line, size_pt, bold))


def balanced(text: str, room_in: float, size_pt: float) -> list[str]:
    """``wrapped`` into as few lines, but of about the same width, so that no word is left alone."""
    lines = wrapped(text, room_in, size_pt)
    while len(narrower := wrapped(text, room_in := room_in * 0.97, size_pt)) == len(lines) > 1:
        lines = narrower
    return lines


def fitting_pt(
    paragraphs: Sequence[str], box: Box, largest_pt: float, least_pt: float, *, bold: bool = False
) -> float:
    """The largest whole size, ``largest_pt`` at most, at which the paragraphs stay in the box.

    Never below ``least_pt``: then the text is longer than a slide, and runs on.
    """
    size = largest_pt
    while size > least_pt:
        lines = sum(len(wrapped(text, box.width, size, bold)) for text in paragraphs)
        if lines * size * LEADING * PT_IN <= box.height:
            return size
        size = max(least_pt, size - 1)
    return size
