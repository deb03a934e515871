"""How texts move. Digits never morph into other digits: a text drifts in, or gives way to the next."""

from __future__ import annotations

import numpy as np
from manim import Animation, AnimationGroup, FadeIn, FadeOut, Mobject, smooth, squish_rate_func

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
