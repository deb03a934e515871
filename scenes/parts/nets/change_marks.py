"""Marks on the wires of a network: which way weights go in a step, on those that change most, and which ones stay."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from manim import PI, DashedLine, Line, Triangle, VGroup

from scenes.parts.nets.network import Network
from scenes.stage.style import HAIRLINE, Look

SIZE = 0.11  # of a mark: from its middle to a corner
LEAST = 0.3  # of a layer's largest change: what has a mark
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
    """A mark on each wire that changes much, where it is clear of the others that change; dots along those that stay.

    `changes[l]` has shape (units of layer l+1, units of layer l).
    """
    marks = VGroup()
    for wires, change in zip(net.edges, changes, strict=True):
        least = LEAST * float(np.abs(change).max())
        taken = {key: _points(line, SAMPLES) for key, line in wires.items() if change[key]}
        marks.add(*(dotted(net.look, line) for key, line in wires.items() if key not in taken))
        for key in taken:
            if abs(change[key]) < least:
                continue
            spots = _points(wires[key], ALONG)
            others = np.concatenate(
                [np.full((1, 3), np.inf), *(one for other, one in taken.items() if other != key)]
            )
            away = np.linalg.norm(spots[:, None] - others, axis=2).min(axis=1)  # of each spot
            marks.add(mark(net.look, change[key] > 0).move_to(spots[away.argmax()]))
    return marks


def _points(line: Line, shares: np.ndarray) -> np.ndarray:
    """Places at these shares of a line, shape (share, 3)."""
    start, end = line.get_start(), line.get_end()
    return start + shares[:, None] * (end - start)
