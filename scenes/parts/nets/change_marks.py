"""Marks on the wires of a network: which way weights go in a step, on those that change most."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from manim import PI, Triangle, VGroup

from scenes.parts.nets.network import Network
from scenes.stage.style import HAIRLINE, Look

SIZE = 0.1  # of a mark: from its middle to a corner
LEAST = 0.3  # of a layer's largest change: what has a mark
ALONG = (0.3, 0.42)  # where marks stand on a wire, in turns, so that neighbours keep clear of each other


def mark(look: Look, up: bool) -> Triangle:
    """A triangle that points up or down."""
    sign = Triangle(radius=SIZE, fill_color=look.ink, fill_opacity=1)
    sign.set_stroke(look.background, width=HAIRLINE).set_z_index(1)
    return sign if up else sign.rotate(PI)


def change_marks(net: Network, changes: Sequence[np.ndarray]) -> VGroup:
    """A mark on each wire that changes much; `changes[l]` has shape (units of layer l+1, units of layer l)."""
    marks = VGroup()
    for wires, change in zip(net.edges, changes, strict=True):
        least = LEAST * float(np.abs(change).max())
        for (unit, source), line in wires.items():
            value = float(change[unit, source])
            if value and abs(value) >= least:
                at = line.point_from_proportion(ALONG[unit % len(ALONG)])
                marks.add(mark(net.look, value > 0).move_to(at))
    return marks
