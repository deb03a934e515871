"""Marks on the wires of a network: which way weights go in a step, on those that change most, and which ones stay."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from manim import PI, DashedLine, Line, Triangle, VGroup

from scenes.parts.nets.network import Network
from scenes.stage.style import HAIRLINE, Look

SIZE = 0.11  # of a mark: from its middle to a corner
MOST = 8  # marks: so many can be looked at
CLEAR = 3 * SIZE  # between two marks, if their wires have room for it
ALONG = np.linspace(0.15, 0.85, 29)  # places on a wire where its mark may stand
SAMPLES = np.linspace(0, 1, 101)
DASH, DASH_SHARE = 0.1, 0.35  # of a dotted wire: from dot to dot, and how much of that is drawn


def mark(look: Look, up: bool) -> Triangle:
    """A triangle that points up or down."""
    sign = Triangle(radius=SIZE, fill_color=look.ink, fill_opacity=1)
    sign.set_stroke(look.background, width=HAIRLINE).set_z_index(1)
    return sign if up else sign.rotate(PI)


def dotted(look: Look, line: Line) -> DashedLine:
    """A dotted line where `line` is: what stays."""
    ends = line.get_start(), line.get_end()
    dots = DashedLine(*ends, dash_length=DASH, dashed_ratio=DASH_SHARE, color=look.muted)
    return dots.set_stroke(width=HAIRLINE)


def change_marks(net: Network, changes: Sequence[np.ndarray]) -> VGroup:
    """A mark on each of the wires that change most, clear of other marks and of other wires that change; dots along
    those that stay.

    `changes[l]` has shape (units of layer l+1, units of layer l).
    """
    moving = {
        (layer, *key): line
        for layer, wires in enumerate(net.edges)
        for key, line in wires.items()
        if changes[layer][key]
    }

    def change(place: tuple[int, int, int]) -> float:
        return float(changes[place[0]][place[1:]])

    still = (
        line
        for layer, wires in enumerate(net.edges)
        for key, line in wires.items()
        if (layer, *key) not in moving
    )
    marks = VGroup(*(dotted(net.look, line) for line in still))
    taken, far = np.empty((0, 3)), np.full((1, 3), np.inf)
    for place in sorted(moving, key=lambda one: -abs(change(one)))[:MOST]:
        spots = _points(moving[place], ALONG)
        wires = [_points(line, SAMPLES) for other, line in moving.items() if other != place]
        clear = np.minimum(_away(spots, np.concatenate([far, taken])), CLEAR)
        best = np.lexsort((_away(spots, np.concatenate([far, *wires])), clear))[-1]
        taken = np.vstack([taken, spots[best]])
        marks.add(mark(net.look, change(place) > 0).move_to(spots[best]))
    return marks


def _away(spots: np.ndarray, others: np.ndarray) -> np.ndarray:
    """How far each spot is from the nearest of the others, shape (spot,)."""
    away: np.ndarray = np.linalg.norm(spots[:, None] - others, axis=2).min(axis=1)
    return away


def _points(line: Line, shares: np.ndarray) -> np.ndarray:
    """Places at these shares of a line, shape (share, 3)."""
    start, end = line.get_start(), line.get_end()
    return start + shares[:, None] * (end - start)
