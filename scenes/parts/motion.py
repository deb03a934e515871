"""How texts move. Digits never morph into other digits: a text flies whole, or gives way to the next."""

from __future__ import annotations

from manim import (
    Animation,
    AnimationGroup,
    FadeIn,
    FadeOut,
    Mobject,
    TransformFromCopy,
    smooth,
    squish_rate_func,
)

from scenes.parts.typeset import Typeset

GONE = (
    0.45  # share of the time after which what gives way has gone, so that two texts never stand on each other
)


def carry(source: Typeset, target: Typeset) -> Animation:
    """`target` comes from where `source` stands; the same text travels as a copy, another one fades in on the way."""
    if source.source == target.source:
        return TransformFromCopy(source, target)
    return FadeIn(target, target_position=source.get_center())


def leave(*old: Mobject) -> Animation:
    """Fade out in the first part of the time."""
    return FadeOut(*old, rate_func=squish_rate_func(smooth, 0, GONE))


def arrive(*new: Mobject) -> Animation:
    """Fade in once what stood there has left."""
    return FadeIn(*new, rate_func=squish_rate_func(smooth, GONE, 1))


def give_way(old: Mobject, new: Mobject) -> Animation:
    """`old` is replaced by `new` at its place."""
    return AnimationGroup(leave(old), arrive(new))
