"""Paragraphs and bullets of plain text, cut into lines by what the font really measures."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from manim import Dot, VGroup

from engine.text.lines import filled
from scenes.parts.text.typeset import words
from scenes.stage.style import PX, Look

BULLET = "- "
LEADING = 1.5  # from line to line, in em
BETWEEN = 0.85  # more between paragraphs, in em
INDENT = 1.1  # of a bullet's text, in em
LONELY = 0.25  # share of the room that a last line should fill
LONELY_STEPS = (0.95, 0.9, 0.85, 0.8, 0.75, 0.7, 0.65, 0.6)  # shares of the room that are tried for that
SLACK = 0.005  # share of a line for what letters of neighbouring words do to each other


class Paragraphs(VGroup):
    """One group a paragraph, with the first line's middle at the origin's height and the left edge at x = 0.

    `height_units` is how much room the lines take, from the top of the first to the bottom of the last.
    """

    def __init__(self, texts: Sequence[str], look: Look, em_px: float, room: float) -> None:
        super().__init__()
        em = em_px * PX
        y = 0.0
        for text in texts:
            bullet = text.startswith(BULLET)
            left = INDENT * em if bullet else 0.0
            lines = cut(text.removeprefix(BULLET), look, em_px, room - left)
            group = VGroup()
            if bullet:
                group.add(Dot([0.3 * em, y, 0], radius=0.13 * em, color=look.input))
            for line in lines:
                group.add(words(line, look, em_px).left_at([left, y, 0]))
                y -= LEADING * em
            y -= BETWEEN * em
            self.add(group)
        self.height_units = -y - (LEADING + BETWEEN) * em + em


def cut(text: str, look: Look, em_px: float, room: float, weight: str = "regular") -> list[str]:
    """`text` in lines of at most `room` units, cut at spaces, or inside a word that is longer than a line.

    The lines become shorter, not more, when the last one would be a lonely word.
    """
    if not text.split():
        return []
    room_em = room / (em_px * PX) * (1 - SLACK)

    def width_em(line: str) -> float:
        return _line_em(line, look, weight)

    lines = best = filled(text, room_em, width_em)
    for share in LONELY_STEPS:
        if len(best) <= 1 or width_em(best[-1]) >= LONELY * room_em:
            return best
        best = filled(text, share * room_em, width_em)
        if len(best) > len(lines):
            break
    return lines


def _line_em(line: str, look: Look, weight: str) -> float:
    """How wide a line is, in em, by its words: each is typeset once."""
    parts = line.split()
    return sum(_width_em(word, look, weight) for word in parts) + (len(parts) - 1) * _space_em(look, weight)


@cache
def _width_em(word: str, look: Look, weight: str) -> float:
    """How wide a word is, in em: every size of it is the same picture."""
    return float(words(word, look, 100, weight=weight).width) / (100 * PX) if word else 0.0


def _space_em(look: Look, weight: str) -> float:
    return _width_em("n n", look, weight) - 2 * _width_em("n", look, weight)
