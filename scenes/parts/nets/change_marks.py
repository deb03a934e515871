"""Marks on the wires of a network: which way weights go in a step, on those that change most."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from manim import PI, Line, Triangle, VGroup

from scenes.parts.nets.network import Network
from scenes.stage.style import HAIRLINE, Look

SIZE = 0.11  # of a mark: from its middle to a corner
LEAST = 0.3  # of a layer's largest change: what has a mark
ALONG = np.linspace(0.15, 0.85, 29)  # places on a wire where its mark may stand
SAMPLES = np.linspace(0, 1, 101)


def mark(look: Look, up: bool) -> Triangle:
    """A triangle that points up or down."""
    sign = Triangle(radius=SIZE, fill_color=look.ink, fill_opacity=1)
    sign.set_stroke(look.background, width=HAIRLINE).set_z_index(1)
    return sign if up else sign.rotate(PI)


def change_marks(net: Network, changes: Sequence[np.ndarray]) -> VGroup:
    """A mark on each wire that changes much, where it is clear of the others.

    `changes[l]` has shape (units of layer l+1, units of layer l).
    """
    marks = VGroup()
    for wires, change in zip(net.edges, changes, strict=True):
        least = LEAST * float(np.abs(change).max())
        marked = [key for key in wires if change[key] and abs(change[key]) >= least]
        taken = [_points(wires[key], SAMPLES) for key in marked]
        for number, key in enumerate(marked):
            spots = _points(wires[key], ALONG)
            others = np.concatenate([np.full((1, 3), np.inf), *taken[:number], *taken[number + 1 :]])
            away = np.linalg.norm(spots[:, None] - others, axis=2).min(axis=1)  # of each spot
            marks.add(mark(net.look, change[key] > 0).move_to(spots[away.argmax()]))
    return marks


def _points(line: Line, shares: np.ndarray) -> np.ndarray:
    """Places at these shares of a line, shape (share, 3)."""
    start, end = line.get_start(), line.get_end()
    return start + shares[:, None] * (end - start)
