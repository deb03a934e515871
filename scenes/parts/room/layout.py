"""Puts things beside or below each other, and into boxes. Lines of text stand by their baselines, not by their ink."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TypeVar

import numpy as np
from manim import Mobject, VGroup, VMobject

from scenes.parts.room.box import Box
from scenes.parts.text.typeset import Typeset
from scenes.stage import style

Drawn = TypeVar("Drawn", bound=Mobject)
SIDES = {"left": -1.0, "centre": 0.0, "right": 1.0, "bottom": -1.0, "top": 1.0}


def line_box(drawn: Mobject) -> Box:
    """What a mobject takes: a text its line from baseline to cap height, everything else its ink."""
    ink = _ink(drawn)
    if not isinstance(drawn, Typeset):
        return ink
    line = _ink(drawn.strut)
    return Box(min(ink.left, line.left), max(ink.right, line.right), line.bottom, line.top)


def _ink(drawn: Mobject) -> Box:
    (left, bottom), (right, top) = (drawn.get_corner(np.array(side))[:2] for side in ([-1, -1, 0], [1, 1, 0]))
    return Box(float(left), float(right), float(bottom), float(top))


def row(children: Iterable[VMobject], gap: float = style.GAP) -> VGroup:
    """From left to right, their lines at one height; around the origin."""
    at, out = 0.0, VGroup()
    for child in children:
        box = line_box(child)
        child.shift([at - box.left, -box.centre[1], 0])
        at += box.width + gap
        out.add(child)
    return out.shift([(gap - at) / 2, 0, 0])


def column(children: Iterable[VMobject], gap: float = style.GAP, align: str = "left") -> VGroup:
    """One below the other; `align` is left, centre or right. Around the origin."""
    side, at, out = SIDES[align], 0.0, VGroup()
    for child in children:
        box = line_box(child)
        child.shift([-box.at((1 + side) / 2, 0)[0], at - box.top, 0])
        at -= box.height + gap
        out.add(child)
    return out.shift([0, -(at + gap) / 2, 0])


def fit(drawn: Drawn, box: Box, across: str = "centre", up: str = "centre", grow: float = 1.0) -> Drawn:
    """Put into `box`, at the side that `across` (left, centre, right) and `up` (bottom, centre, top) name.

    What is too large becomes smaller; what is smaller may become up to `grow` times as large. What has no extent at
    all, as a flower whose measurements are zero, has no size to be changed.
    """
    own = line_box(drawn)
    sizes = (box.width, own.width), (box.height, own.height)
    most = [room / size for room, size in sizes if size > 0]
    scale = min(grow, *most) if most else 1
    if scale != 1:
        drawn.scale(scale)
        own = line_box(drawn)
    shares = [(1 + SIDES[side]) / 2 for side in (across, up)]
    drawn.shift(box.at(*shares) - own.at(*shares))
    return drawn


def spread(sizes: Sequence[float], room: float, most: float) -> tuple[list[float], float]:
    """Where things of these sizes begin when they stand in `room` with equal gaps of at most `most`; and the gap.

    The gap is negative where there is no room for them.
    """
    gap = min(most, (room - sum(sizes)) / max(len(sizes) - 1, 1))
    starts = np.cumsum([0.0, *(size + gap for size in sizes)])[:-1]
    return [float(start) for start in starts], gap


def apart(wanted: Sequence[float], least: float, low: float, high: float) -> list[float]:
    """Heights as near to the wanted ones as this allows: `least` between any two, in their order, from `low` to `high`.

    Where there is no room for that, they stand evenly.
    """
    order = np.argsort(wanted, kind="stable")
    steps = min(least, (high - low) / max(len(wanted) - 1, 1)) * np.arange(len(wanted))
    free = np.array(wanted, dtype=float)[order] - steps  # what is left to choose must not fall
    risen = np.clip(
        (np.maximum.accumulate(free) + np.minimum.accumulate(free[::-1])[::-1]) / 2, low, high - steps[-1]
    )
    out = np.empty(len(wanted))
    out[order] = risen + steps
    return out.tolist()
