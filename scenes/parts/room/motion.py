"""How texts move, and what runs along a path. Digits never morph into other digits: a text drifts in, or gives way."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
from manim import (
    RIGHT,
    Animation,
    AnimationGroup,
    Create,
    FadeIn,
    FadeOut,
    Mobject,
    Transform,
    VGroup,
    VMobject,
    bezier,
    smooth,
    squish_rate_func,
    there_and_back,
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


def drop_first(start: np.ndarray, end: np.ndarray, alpha: float) -> np.ndarray:
    """The path of a `TransformFromCopy`: straight out of a row, then across, so that nothing in the row is passed over.

    That animation goes its path from the end to the start.
    """
    if not len(start):
        return end
    way = end.mean(axis=0) - start.mean(axis=0)
    shares = np.array([min(2 * alpha, 1.0), max(2 * alpha - 1, 0.0), alpha])
    moved: np.ndarray = start + alpha * (end - start) + (shares - alpha) * way
    return moved


def give_way(old: Mobject, new: Mobject) -> Animation:
    """`old` is replaced by `new` at its place."""
    return AnimationGroup(leave(old), arrive(new))


def swell(mobject: Mobject, factor: float, colour: Any) -> Animation:
    """`mobject` grows to the left and takes `colour` for a moment; what stands at its right is not touched."""
    goal = mobject.copy().scale(factor, about_edge=RIGHT).set_color(colour)
    return Transform(mobject, goal, rate_func=there_and_back)


class Run(Animation):
    """`mobject` runs along `path`, and is at the tip of a path that `Create` draws in the same time.

    Each of its curves takes as long: where recorded steps are far apart, it is fast. With `even_speed`, which is meant
    for paths of straight pieces, each takes as long as its length. (`MoveAlongPath` measures the whole path anew at
    every frame, and is behind a tip.)
    """

    def __init__(self, mobject: Mobject, path: VMobject, even_speed: bool = False, **options: Any) -> None:
        super().__init__(mobject, **options)
        count = path.n_points_per_cubic_curve
        self._curves = path.points.reshape(-1, count, 3).copy()  # `Create` changes the path itself
        lengths = np.linalg.norm(self._curves[:, -1] - self._curves[:, 0], axis=1)
        times = lengths if even_speed and lengths.any() else np.ones(len(lengths))
        self._starts = np.concatenate([[0.0], np.cumsum(times) / times.sum()])

    def interpolate_mobject(self, alpha: float) -> None:
        """Stand where the path has got to at `alpha`, 0..1."""
        share = self.rate_func(alpha)
        index = int(np.searchsorted(self._starts[1:-1], share, side="right"))
        start, end = self._starts[index : index + 2]
        rest = (share - start) / (end - start) if end > start else 1.0
        self.mobject.move_to(bezier(self._curves[index])(rest))


class InStep(Animation):
    """The k-th of `parts` appears while what runs along a path of as many pieces, in the same time, is on its k-th."""

    def __init__(self, parts: VGroup, **options: Any) -> None:
        super().__init__(parts, introducer=True, **options)

    def interpolate_mobject(self, alpha: float) -> None:
        """Show as many parts as there have been steps at `alpha`, 0..1."""
        steps = self.rate_func(alpha) * len(self.mobject)
        for k, part in enumerate(self.mobject):
            part.set_opacity(min(max(steps - k, 0.0), 1.0))


def in_step(parts: VGroup) -> list[Animation]:
    """The same as a list, which is empty where there are no parts."""
    return [InStep(parts)] if len(parts) else []


def together(paths: Mapping[str, VMobject], walkers: Mapping[str, Mobject]) -> list[Animation]:
    """Animations that draw all these paths at once, each with the walker of its key at its tip."""
    return [animation for key, path in paths.items() for animation in drawn(path, walkers[key])]


def drawn(path: VMobject, walker: Mobject | None = None) -> list[Animation]:
    """Animations that draw a path, with `walker` at its tip; none for a path without points."""
    if not len(path.points):
        return []
    return [Create(path), *([] if walker is None else [Run(walker, path)])]
