"""Which texts of numbers are in sight: those on stage, and those that animations are about to bring."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from manim import Mobject

from scenes.parts.text.typeset import Typeset


def texts_of(animations: Iterable[Any], stage: Iterable[Mobject]) -> Iterator[Typeset]:
    """Every text that holds values of the trace and can be seen; what is still transparent is not."""
    for mobject in (*stage, *_brought(animations)):
        yield from _texts(mobject)


def _brought(animations: Iterable[Any]) -> Iterator[Mobject]:
    """What animations move, and what they turn it into."""
    for one in animations:
        yield from _brought(getattr(one, "animations", ()))
        for name in ("mobject", "target_mobject"):
            mobject = getattr(one, name, None)
            if isinstance(mobject, Mobject):
                yield mobject


def _texts(mobject: Mobject) -> Iterator[Typeset]:
    if isinstance(mobject, Typeset):
        if mobject.readings and any(part.get_fill_opacity() > 0 for part in mobject.submobjects):
            yield mobject
        return
    for part in mobject.submobjects:
        yield from _texts(part)
