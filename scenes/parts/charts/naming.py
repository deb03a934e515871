"""Finds a place for the name of a line: beside it, clear of all lines and of the names that stand already."""

from __future__ import annotations

from itertools import product

import numpy as np
from manim import VMobject

from scenes.parts.room.box import Box
from scenes.parts.room.layout import line_box
from scenes.parts.text.typeset import Typeset

GAP = (0.12, 0.22)  # from a point of the line to its name
# Right and up from the point, in gaps: beside the line, and where no place of it is free, further off.
NEAR = ((1, 0), (1, 1), (1, -1), (-1, 1), (-1, -1))
FAR = ((1, 2.6), (1, -2.6), (-1, 2.6), (-1, -2.6), (1, 4.2), (1, -4.2))
SHARES = (1.0, 0.42, 0.6, 0.25, 0.8, 0.1, 0.9, 0.02)  # places along a line where its name may stand
CLEAR = 0.06
HALF_LINE = 0.16
POINTS, POINTS_MOST = 12, 120  # of every piece of a line
APART = 0.1  # and how far apart they are, at most, as long as that is not too many


class Names:
    """Keeps what is taken inside a box."""

    def __init__(self, box: Box) -> None:
        self.box = box
        self._taken = np.zeros((0, 2))

    def keep_off(self, *lines: VMobject) -> None:
        """These lines are there: no name may lie on them."""
        for line in lines:
            for piece in line.family_members_with_points():
                starts, ends = piece.get_start_anchors()[:, :2], piece.get_end_anchors()[:, :2]
                longest = float(np.linalg.norm(ends - starts, axis=1).max())
                count = min(max(POINTS, round(longest / APART)), POINTS_MOST)
                shares = np.linspace(0, 1, count)[:, None, None]
                self._take((starts + shares * (ends - starts)).reshape(-1, 2))

    def place(self, name: Typeset, line: VMobject, mark: float = 0.0) -> Typeset:
        """Put the name beside its line, where it hides as little as can be; then that place is taken.

        `mark` is the radius of signs along the line, which it keeps off too.
        """
        anchors = np.concatenate(
            [np.array(one.get_anchors())[:, :2] for one in line.family_members_with_points()]
        )
        half = np.array([line_box(name).width / 2, HALF_LINE])
        best, fewest = anchors[-1], np.inf
        for share, (right, up) in (*product(SHARES, NEAR), *product(SHARES, FAR)):
            point = anchors[round(share * (len(anchors) - 1))]
            centre = point + np.array([right * (GAP[0] + mark + half[0]), up * (GAP[1] + mark)])
            hit = self._hidden(centre, half)
            if hit < fewest:
                best, fewest = centre, hit
            if fewest == 0:
                break
        name.centre_at([*best, 0.0])
        across = np.linspace(best[0] - half[0], best[0] + half[0], 9)
        self._take(np.array([[x, best[1] + y] for x in across for y in (-half[1], 0.0, half[1])]))
        return name

    def _take(self, points: np.ndarray) -> None:
        self._taken = np.vstack([self._taken, points])

    def _hidden(self, centre: np.ndarray, half: np.ndarray) -> float:
        """How many points would lie under a name; outside the box it must not stand at all."""
        low, high = centre - half, centre + half
        inside = low[0] > self.box.left and high[0] < self.box.right and low[1] > self.box.bottom
        if not (inside and high[1] < self.box.top):
            return np.inf
        return float((np.abs(self._taken - centre) < half + CLEAR).all(axis=1).sum())
