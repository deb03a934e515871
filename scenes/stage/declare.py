"""Deliberate exceptions: where a film means to do what `inspect` would call a problem, it says so and why.

No Manim here; a declaration draws nothing and changes nothing on screen.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, TypeVar

KINDS = (
    "text-over-text",
    "text-over-line",
    "text-covered",
    "outside-margin",
    "outside-zone",
    "small-text",
    "low-contrast",
    "caption-too-long",
    "caption-too-short",
    "missing-glyph",
    "foreign-text",
    "empty-stage",
    "unused-stage",
    "never-visible",
    "blink",
    "no-motion",
    "no-provenance",
    "unknown-symbol",
    "missing-translation",
)
ATTRIBUTE = "allowed_exceptions"
M = TypeVar("M")


@dataclass(frozen=True)
class Allowed:
    """One declared exception: the kind of problem that is meant, why it is right here, and whether only in motion."""

    kind: str
    reason: str
    moving: bool = False

    def __deepcopy__(self, memo: dict[int, Any]) -> Allowed:
        return self


def allow(target: M, kind: str, reason: str, moving: bool = False) -> M:
    """Declare that `target` may do what `kind` names, and return it; with `moving` only while something is animated.

    `target` is a mobject (its submobjects and its copies are meant too) or, for what concerns a whole beat
    ("empty-stage", "no-motion", captions), the film itself: then the current beat is meant.

    Raises ValueError for a kind that `inspect` does not know and for an empty reason.
    """
    if kind not in KINDS:
        raise ValueError(f"There is no kind of problem {kind!r}; the kinds are {', '.join(KINDS)}.")
    if not reason.strip():
        raise ValueError(f"The exception {kind!r} needs a reason.")
    allowed = Allowed(kind, reason, moving)
    family = getattr(target, "get_family", None)
    if family is None:
        beat = getattr(target, "beat")  # noqa: B009 - a film is not typed here, so that no Manim is imported
        vars(target).setdefault(ATTRIBUTE, {}).setdefault(beat, []).append(allowed)
        return target
    for member in family():
        setattr(member, ATTRIBUTE, (*getattr(member, ATTRIBUTE, ()), allowed))
    return target
