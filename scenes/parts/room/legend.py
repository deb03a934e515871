"""A legend: what marks, line samples or colours stand for. Where there is room, a name beside the thing is better."""

from __future__ import annotations

from collections.abc import Iterable

from manim import VGroup, VMobject

from scenes.parts.room.box import Box
from scenes.parts.room.layout import column, fit, row
from scenes.parts.text.typeset import Typeset
from scenes.stage import style


def legend(
    entries: Iterable[tuple[VMobject, Typeset]],
    box: Box,
    across: str = "left",
    up: str = "top",
    beside: bool = False,
) -> VGroup:
    """Marks with their words, one below the other, or `beside` each other, at a side of `box`."""
    pairs = [row(pair, style.TIGHT) for pair in entries]
    return fit(row(pairs, style.WIDE) if beside else column(pairs, style.TIGHT), box, across, up)
