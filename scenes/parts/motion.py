"""How texts move, and what runs along a path. Digits never morph into other digits: a text drifts in, or gives way."""

from __future__ import annotations

from typing import Any

import numpy as np
from manim import (
    Animation,
    AnimationGroup,
    FadeIn,
    FadeOut,
    Mobject,
    VMobject,
    bezier,
    integer_interpolate,
    smooth,
    squish_rate_func,
)

DRIFT = 0.3  # units
GONE = 0.45  # share of the time after which what gives way has gone, so that no two texts stand on each other


def carry(source: Mobject, target: Mobject) -> Animation:
    """`target` fades in, drifting from the side where `source` stands; a long flight would cross other texts."""
    way = target.get_center() - source.get_center()
    length = float(np.linalg.norm(way))
    return FadeIn(target, shift=way / length * min(DRIFT, length) if length else way)


def leave(*old: Mobject) -> Animation:
    """Fade out in the first part of the time."""
    return FadeOut(*old, rate_func=squish_rate_func(smooth, 0, GONE))


def arrive(*new: Mobject) -> Animation:
    """Fade in once what stood there has left."""
    return FadeIn(*new, rate_func=squish_rate_func(smooth, GONE, 1))


def give_way(old: Mobject, new: Mobject) -> Animation:
    """`old` is replaced by `new` at its place."""
    return AnimationGroup(leave(old), arrive(new))


class Run(Animation):
    """`mobject` runs along `path`, each of whose curves takes as long: where recorded steps are far apart, it is fast.

    It is at the tip of a path that `Create` draws in the same time. (`MoveAlongPath` keeps one speed, and measures the
    whole path at every frame.)
    """

    def __init__(self, mobject: Mobject, path: VMobject, **options: Any) -> None:
        super().__init__(mobject, **options)
        count = path.n_points_per_cubic_curve
        self._curves = path.points.reshape(-1, count, 3).copy()  # `Create` changes the path itself

    def interpolate_mobject(self, alpha: float) -> None:
        """Stand where the path has got to at `alpha`, 0..1."""
        index, rest = integer_interpolate(0, len(self._curves), self.rate_func(alpha))
        self.mobject.move_to(bezier(self._curves[index])(rest))
