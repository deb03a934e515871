"""Paragraphs and bullets of plain text, cut into lines by what the font really measures."""

from __future__ import annotations

from collections.abc import Sequence

from manim import Dot, VGroup

from scenes.parts.typeset import words
from scenes.style import PX, Look

BULLET = "- "
LEADING = 1.5  # from line to line, in em
BETWEEN = 0.85  # more between paragraphs, in em
INDENT = 1.1  # of a bullet's text, in em


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
    """`text` in lines of at most `room` units, cut at spaces, or inside a word that is longer than a line."""
    lines: list[str] = []
    line = ""
    for word in text.split():
        whole = f"{line} {word}".strip()
        if words(whole, look, em_px, weight=weight).width <= room:
            line = whole
            continue
        if line:
            lines.append(line)
        line = word
        while words(line, look, em_px, weight=weight).width > room:
            kept = len(line) - 1
            while kept > 1 and words(line[:kept], look, em_px, weight=weight).width > room:
                kept -= 1
            lines.append(line[:kept])
            line = line[kept:]
    return [*lines, line] if line else lines
