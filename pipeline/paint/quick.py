"""Manim's transforms and fades, worked out for a whole family at once.

Manim walks the family of what an animation moves once a frame, and makes each attribute of each member anew. Here a
family is looked at once, when its animation begins: what differs between start and end lies in one array an attribute,
what does not is left alone. A family is listed without asking each member for its own. Animations that move in another
way than in a straight line, and members that are no plain VMobjects, are left to Manim.

Of what is played without being drawn only the end counts: fades, which leave what they move as it was, do nothing
there, and no transform keeps a copy of its start.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from copy import deepcopy
from functools import cache
from typing import Any

import numpy as np
from manim import Animation, FadeIn, FadeOut, ManimColor, Mobject, Scene, Transform, VMobject
from manim.constants import CapStyleType, LineJointType
from manim.mobject.types.image_mobject import AbstractImageMobject
from manim.utils.bezier import interpolate as straight

ARRAYS = ("points", "fill_rgbas", "stroke_rgbas", "background_stroke_rgbas", "sheen_direction")
NUMBERS = ("stroke_width", "background_stroke_width", "sheen_factor")
MOVERS = ("shift", "scale", "fade", "align_data", "interpolate", "interpolate_color")
FIXED = frozenset((int, float, bool, str, type(None), ManimColor, LineJointType, CapStyleType))
Member = tuple[VMobject, VMobject, VMobject]  # what is drawn, its start and its end
_unseen: set[int] | None = (
    None  # of what begins now without being drawn: who is moved by something else than a fade
)


class Family:
    """The members of a transform that have points, with all that changes of them."""

    def __init__(self, members: Sequence[Member]) -> None:
        self.members = members
        self._stacks = [stack for name in ARRAYS if (stack := _Stack(name, members)).owners]
        self._numbers: list[tuple[VMobject, str, float, float, int]] = []
        self._kept: list[tuple[dict[str, Any], str, Any, VMobject]] = []
        moved = {(id(owner), stack.name) for stack in self._stacks for owner in stack.owners}
        for place, (drawn, start, end) in enumerate(members):
            for name in NUMBERS:
                first, last = getattr(start, name), getattr(end, name)
                if first == last:
                    self._kept.append((drawn.__dict__, name, first, drawn))
                else:
                    self._numbers.append((drawn, name, first, last, place))
            for name in ARRAYS:
                if (id(drawn), name) not in moved:
                    self._kept.append((drawn.__dict__, name, getattr(start, name).copy(), drawn))

    def move(self, shares: list[float] | float) -> None:
        """Bring each member as far from its start to its end as its share says, or all of them equally far."""
        for attributes, name, value, drawn in self._kept:
            if attributes.get(name) is not value:
                setattr(drawn, name, value)
        for drawn, name, first, last, place in self._numbers:
            share = shares[place] if isinstance(shares, list) else shares
            setattr(drawn, name, straight(first, last, share))
        for stack in self._stacks:
            stack.move(shares)


class _Stack:
    """One attribute of all members in which it changes, row by row in one array."""

    def __init__(self, name: str, members: Sequence[Member]) -> None:
        self.name = name
        self.owners: list[VMobject] = []
        self._places: list[int] = []
        starts, ends = [], []
        for place, (drawn, start, end) in enumerate(members):
            first, last = getattr(start, name), getattr(end, name)
            if not np.array_equal(first, last):
                self.owners.append(drawn)
                self._places.append(place)
                starts.append(first)
                ends.append(last)
        if not self.owners:
            return
        self._start, self._end = np.concatenate(starts), np.concatenate(ends)
        self._rows = np.array([len(one) for one in starts])
        stops = np.cumsum(self._rows).tolist()
        self._slices = [
            slice(stop - rows, stop) for stop, rows in zip(stops, self._rows.tolist(), strict=True)
        ]

    def move(self, shares: list[float] | float) -> None:
        """Set the attribute of its owners, each to its share of the way: to rows of an array that is theirs alone."""
        share: Any = shares
        if isinstance(shares, list):
            share = np.repeat([shares[place] for place in self._places], self._rows)
            if self._start.ndim > 1:
                share = share[:, None]
        now = straight(self._start, self._end, share)
        for owner, piece in zip(self.owners, self._slices, strict=True):
            setattr(owner, self.name, now[piece])


def _family_of(animation: Transform) -> Family | None:
    """The family of an animation that has begun, looked at once; None where Manim must do it."""
    state = animation.__dict__
    known = state.get("_quick_family")
    if known is None or known[0] is not animation.starting_mobject:
        known = state["_quick_family"] = (animation.starting_mobject, _look_at(animation))
    found: Family | None = known[1]
    return found


def _look_at(animation: Transform) -> Family | None:
    if animation.path_func is not straight:
        return None
    if type(animation).interpolate_submobject is not Transform.interpolate_submobject:
        return None
    members = list(animation.get_all_families_zipped())
    for member in members:
        if not all(
            isinstance(one, VMobject) and _is_plain(one.__class__) and not one.updaters for one in member
        ):
            return None
        if any(len({getattr(one, name).shape for one in member[1:]}) > 1 for name in ARRAYS):
            return None
    return Family(members)


@cache
def _is_plain(kind: type[Mobject]) -> bool:
    """Whether mobjects of this class move and change as Manim's own do."""
    return not issubclass(kind, AbstractImageMobject) and all(
        getattr(kind, name).__module__.startswith("manim.") for name in MOVERS
    )


def _interpolate_mobject(self: Transform, alpha: float) -> None:
    if self.__dict__.get("_quick_left_out"):
        return
    family = _family_of(self)
    if family is None:
        Animation.interpolate_mobject(self, alpha)
        return
    count = len(family.members)
    if self.lag_ratio == 0:
        family.move(self.get_sub_alpha(alpha, 0, count))
    else:
        family.move([self.get_sub_alpha(alpha, place, count) for place in range(count)])


def light_copy(mobject: Mobject) -> Mobject:
    """A copy to start from or to end at: its points, colours and members are its own, all else is shared.

    A deep copy, where a member of the family moves in a way of its own and may need what is shared.
    """
    family = mobject.get_family()
    if not all(_is_plain(one.__class__) and not one.updaters for one in family):
        return COPY(mobject)
    copies: dict[int, Mobject] = {}
    for one in family:
        copy = copies[id(one)] = object.__new__(type(one))
        copy.__dict__.update(one.__dict__)
        copy.original_id = str(id(one))
        copy.updaters = []
        for name in ARRAYS:
            if name in one.__dict__:
                setattr(copy, name, getattr(one, name).copy())
    for one in family:
        copies[id(one)].submobjects = [copies[id(child)] for child in one.submobjects]
    return copies[id(mobject)]


def _deepcopy(self: Mobject, copies: dict[int, Any]) -> Mobject:
    """Manim's, without asking `copy` how to copy arrays, and what never changes."""
    copy = copies[id(self)] = object.__new__(type(self))
    for name, value in self.__dict__.items():
        setattr(copy, name, value if type(value) in FIXED else _copied(value, copies))
    copy.original_id = str(id(self))
    return copy


def _copied(value: Any, copies: dict[int, Any]) -> Any:
    if type(value) is not np.ndarray or value.dtype.hasobject:
        return deepcopy(value, copies)
    if id(value) not in copies:
        copies[id(value)] = value.copy("K")
    return copies[id(value)]


def _update_mobjects(self: Animation, dt: float) -> None:
    """Walk through the start and the end of an animation only where something of them updates itself."""
    state = self.__dict__
    known = state.get("_quick_live")
    if known is None or known[0] is not self.starting_mobject:
        live = [one for one in self.get_all_mobjects_to_update() if _has_updaters(one)]
        known = state["_quick_live"] = (self.starting_mobject, live)
    for one in known[1]:
        one.update(dt)


def _has_updaters(mobject: Mobject) -> bool:
    return any(one.updaters for one in mobject.get_family())


def _begin(self: Transform) -> None:
    """Manim's, with copies that cost less where nothing but their points and colours is asked of them."""
    kind = type(self)
    if _unseen is not None:
        if _leaves_no_trace(self, _unseen):
            self.__dict__["_quick_left_out"] = True
            self.starting_mobject = self.target_copy = self.target_mobject = self.mobject
            return
        _unseen.update(map(id, self.mobject.get_family()))
    if kind.create_target not in TARGETS or kind.create_starting_mobject not in STARTS:
        BEGIN(self)
        return
    Mobject.copy = light_copy
    own = kind.create_starting_mobject is Animation.create_starting_mobject
    if _unseen is not None and own and self.path_func is straight:  # on others the end depends on the start
        self.create_starting_mobject = lambda: self.mobject
    try:
        BEGIN(self)
    finally:
        Mobject.copy = COPY


def _leaves_no_trace(fade: Transform, moved: set[int]) -> bool:
    """Whether what fades looks afterwards as it did before; whether it is in the scene is not the fade's to say."""
    if type(fade) not in (FadeIn, FadeOut) or (fade.rate_func(0), fade.rate_func(1)) != (0, 1):
        return False
    return all(not one.updaters and id(one) not in moved for one in fade.mobject.get_family())


def _begin_animations(self: Scene) -> None:
    """Manim's, and a look at which mobjects update themselves. Nobody asks what moves where nothing is drawn."""
    global _unseen
    if self.renderer.skip_animations:
        _unseen = set()
        try:
            for animation in self.animations or ():
                animation._setup_scene(self)
                animation.begin()
        finally:
            _unseen = None
        self.moving_mobjects, self.static_mobjects = [], []
    else:
        BEGIN_ANIMATIONS(self)
    self.__dict__["_quick_live"] = [one for one in self.mobjects if _has_updaters(one)]


def _update_scene(self: Scene, dt: float) -> None:
    for one in self.__dict__.get("_quick_live", self.mobjects):
        one.update(dt)


def _get_family(self: Mobject, recurse: bool = True) -> list[Mobject]:
    """Manim's, without asking each member for its own."""
    if not self.submobjects:
        return [self]
    family: list[Mobject] = []
    seen: set[int] = set()
    waiting = [self]
    while waiting:
        one = waiting.pop()
        if id(one) in seen:
            return _with_some_twice(self)
        seen.add(id(one))
        family.append(one)
        if one.submobjects:
            waiting.extend(reversed(one.submobjects))
    return family


def _with_some_twice(mobject: Mobject) -> list[Mobject]:
    """A family in which somebody is twice, and counts where they come last."""
    family: list[Mobject] = []
    above: set[int] = set()

    def walk(one: Mobject) -> None:
        if id(one) in above:
            return
        family.append(one)
        if one.submobjects:
            above.add(id(one))
            for part in one.submobjects:
                walk(part)
            above.remove(id(one))

    walk(mobject)
    return list(dict.fromkeys(reversed(family)))[::-1]


def _with_points(self: Mobject) -> list[Mobject]:
    return [one for one in self.get_family() if len(one.points)]


BEGIN, BEGIN_ANIMATIONS, COPY = Transform.begin, Scene.begin_animations, Mobject.copy
TARGETS = (Transform.create_target, FadeIn.create_target, FadeOut.create_target)
STARTS = (Animation.create_starting_mobject, FadeIn.create_starting_mobject)
CHANGES: tuple[tuple[type, str, Callable[..., Any]], ...] = (
    (Transform, "interpolate_mobject", _interpolate_mobject),
    (Transform, "begin", _begin),
    (Animation, "update_mobjects", _update_mobjects),
    (Scene, "begin_animations", _begin_animations),
    (Scene, "update_mobjects", _update_scene),
    (Mobject, "get_family", _get_family),
    (Mobject, "__deepcopy__", _deepcopy),
    (Mobject, "family_members_with_points", _with_points),
)


@contextmanager
def quickened() -> Iterator[None]:
    """Let Manim work so, in this process."""
    before = [(kind, name, kind.__dict__.get(name)) for kind, name, _ in CHANGES]
    for kind, name, new in CHANGES:
        setattr(kind, name, new)
    try:
        yield
    finally:
        for kind, name, old in before:
            if old is None:
                delattr(kind, name)
            else:
                setattr(kind, name, old)
