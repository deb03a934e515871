"""What was found. One problem is one fault of one mobject, however many frames show it in a row."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import chain
from typing import Any

from pipeline.inspect.births import Birth, beat_place
from pipeline.inspect.markup import readable
from pipeline.inspect.stage import Box, Moment
from scenes.stage.declare import ATTRIBUTE, KINDS, Allowed

TOGETHER_S = 3.0  # the same fault again within this time is still the same, also in the next beat
TEXT_MAX = 48  # characters of a text that a report repeats

ADVICE = {
    "text-over-text": "Move one of them, or let the first leave before the second comes (scenes.parts.room.motion).",
    "text-over-line": "Move the text or the line apart, or put an opaque fill between them.",
    "text-covered": "Draw the text later, or give it a higher z_index than what covers it.",
    "outside-margin": "Bring it inside style.SAFE_X and style.SAFE_Y.",
    "outside-zone": "Keep it between the limits of its zone in scenes/stage/style.py, or make it smaller.",
    "small-text": "Set it at style.MINIMUM_PX or more (numbers: style.NUMBER_MIN_PX), scaling included.",
    "low-contrast": "Use a role colour at full opacity on background or surface, or tint what is behind it less.",
    "caption-too-long": "Shorten the caption in scenes/text/, or cut it into two cues.",
    "caption-too-short": "Keep the caption up longer: call say() earlier, or leave the hold to Explainer.",
    "missing-glyph": "Write it with characters that the font has.",
    "foreign-text": "Set it with words(), math() or value(), which know the font, the sizes and the numbers' origin.",
    "empty-stage": "Keep what the beat before left, or start drawing sooner.",
    "unused-stage": "Give it a larger box: room or whole of scenes/stage/stage.py, divided by columns and rows.",
    "never-visible": "Give it an opacity, put it in front of what covers it, or do not add it.",
    "blink": "Keep the one object on stage instead of taking it away and bringing its copy.",
    "no-motion": "Let something move while this is explained, or shorten the hold.",
    "no-provenance": "Show the number through number() or value(), which write down where it came from.",
    "unknown-symbol": "Say in words what it is, and add it to scenes/stage/text/symbols.toml with the beat that does.",
    "missing-translation": "Write it in both languages in scenes/text/.",
}


@dataclass
class Problem:
    """One fault: when (clip seconds), in which beat, what, where it was made, and what to do about it."""

    kind: str
    time_s: float
    until_s: float
    beat: str
    what: str
    detail: str
    place: str
    moment: int
    boxes: tuple[Box, ...]

    @property
    def advice(self) -> str:
        """What to do."""
        return ADVICE[self.kind]


@dataclass(frozen=True)
class Exempted:
    """A problem that the film declared to be meant."""

    kind: str
    reason: str
    beat: str
    what: str
    place: str
    time_s: float


def name_of(birth: Birth) -> str:
    """How a report calls a mobject: a text by what it says, a shape by its class."""
    if not birth.em_px:
        return birth.made
    text = readable(birth.source)
    return f"“{text if len(text) <= TEXT_MAX else text[: TEXT_MAX - 1] + '…'}”"


class Ledger:
    """Collects problems once each, and sets those aside that are declared exceptions."""

    def __init__(self) -> None:
        self.film: Any = None  # whose declared exceptions count
        self._problems: dict[tuple[Any, ...], list[Problem]] = {}
        self._exceptions: dict[tuple[Any, ...], Exempted] = {}

    def add(
        self,
        kind: str,
        moment: Moment,
        births: tuple[Birth, ...],
        detail: str,
        *,
        boxes: Iterable[Box] = (),
        allowed: Iterable[Allowed] = (),
        time_s: float | None = None,
        until_s: float | None = None,
        what: str = "",
        place: str = "",
    ) -> None:
        """Note a problem of the first of `births`; the others are what it meets."""
        start = moment.time_s if time_s is None else time_s
        end = max(start, moment.time_s + moment.seconds) if until_s is None else until_s
        what = what or name_of(births[0])
        place = place or str(births[0].place if births else beat_place(self.film, moment.beat))
        key: tuple[Any, ...] = (kind, what, place, *(name_of(birth) for birth in births[1:]))
        reason = self._declared(kind, moment.beat, allowed, moment.kind == "motion")
        if reason is not None:
            self._exceptions.setdefault(
                (kind, place, reason), Exempted(kind, reason, moment.beat, what, place, start)
            )
        else:
            known = self._problems.setdefault(key, [])
            if known and start - known[-1].until_s <= TOGETHER_S:
                known[-1].until_s = max(known[-1].until_s, end)
            else:
                known.append(
                    Problem(kind, start, end, moment.beat, what, detail, place, moment.index, tuple(boxes))
                )

    def note(self, kind: str, beat: str, what: str, detail: str, place: str) -> None:
        """Note a problem that is not on any frame."""
        reason = self._declared(kind, beat, (), False)
        if reason is not None:
            self._exceptions[kind, place, reason] = Exempted(kind, reason, beat, what, place, 0.0)
        else:
            problem = Problem(kind, 0.0, 0.0, beat, what, detail, place, -1, ())
            self._problems[kind, beat, what, detail] = [problem]

    def __len__(self) -> int:
        return sum(map(len, self._problems.values()))

    def _declared(self, kind: str, beat: str, allowed: Iterable[Allowed], moving: bool) -> str | None:
        beats: dict[str, list[Allowed]] = getattr(self.film, ATTRIBUTE, {})
        meant = (one for one in (*allowed, *beats.get(beat, ())) if moving or not one.moving)
        return next((one.reason for one in meant if one.kind == kind), None)

    @property
    def problems(self) -> list[Problem]:
        """In the order of the film."""
        found = chain.from_iterable(self._problems.values())
        return sorted(found, key=lambda p: (p.time_s, KINDS.index(p.kind)))

    @property
    def exceptions(self) -> list[Exempted]:
        """Declared exceptions that were used, in the order of the film."""
        return sorted(self._exceptions.values(), key=lambda e: e.time_s)
