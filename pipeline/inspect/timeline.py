"""What only shows over time: blinks, empty stages, standstill."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from pipeline.inspect.bounds import is_item_in
from pipeline.inspect.problems import Ledger
from pipeline.inspect.stage import Item, Moment
from scenes.stage import style
from scenes.stage.captions import reading_seconds

BLINK_S = 1.2  # a thing that is gone for longer has left and come back
THERE, GONE, ELSEWHERE = 0.9, 0.1, 0.5  # opacities: at its place, missed there, seen somewhere else
EMPTY_S = 1.5  # nothing on stage for longer than this is a hole
STILL_S = 1.0  # a standstill may be longer than reading takes by this much, besides the beat's tail


@dataclass
class _Last:
    """When a thing was last seen at rest, and when it was first missed."""

    seen_s: float
    mobject: Any
    gone: Moment | None = None


class Blinks:
    """Things that vanish and come back, looking the same, at the same place."""

    def __init__(self, ledger: Ledger) -> None:
        self.ledger = ledger
        self._last: dict[tuple[Any, ...], _Last] = {}

    def check(self, moment: Moment) -> None:
        """Compare with what stood there before."""
        here: dict[tuple[Any, ...], Item] = {}
        missing: dict[tuple[Any, ...], float] = {}
        for item in moment.items:
            here[item.key] = item
            missing[item.key] = missing.get(item.key, 1.0) * (1 - item.opacity)
        on_stage = {id(item.mobject) for item in moment.items if item.opacity >= ELSEWHERE}
        for key, last in list(self._last.items()):
            presence = 1 - missing.get(key, 1.0)
            if presence < GONE and id(last.mobject) in on_stage:
                del self._last[key]  # it is somewhere else now
            elif presence < GONE:
                last.gone = last.gone or moment
                if moment.time_s - last.seen_s > 2 * BLINK_S:
                    del self._last[key]
        if moment.resting:
            for key, item in here.items():
                if 1 - missing[key] >= THERE:
                    self._there(moment, key, item)

    def _there(self, moment: Moment, key: tuple[Any, ...], item: Item) -> None:
        last = self._last.get(key)
        if last is not None and last.gone is not None and moment.time_s - last.gone.time_s <= BLINK_S:
            self.ledger.add(
                "blink",
                last.gone,
                (item.birth,),
                f"It is gone and back at the same place {moment.time_s - last.seen_s:.1f} s later.",
                boxes=(item.box,),
                allowed=item.allowed,
                until_s=moment.time_s,
            )
        self._last[key] = _Last(moment.time_s + moment.seconds, item.mobject)


class EmptyStage:
    """Nothing but the header and the caption."""

    def __init__(self, ledger: Ledger) -> None:
        self.ledger = ledger
        self._since: Moment | None = None

    def check(self, moment: Moment) -> None:
        """Note how long nothing has stood on stage, and whether a beat ends on nothing."""
        low = 2 * style.FORMULA_Y - style.STAGE_BOTTOM
        empty = not any(is_item_in(item, low, style.STAGE_TOP) for item in moment.items)
        if not empty:
            self._since = None
            return
        self._since = self._since or moment
        seconds = moment.time_s + moment.seconds - self._since.time_s
        if moment.kind == "last" or seconds > EMPTY_S:
            said = (
                "The beat ends on an empty stage."
                if moment.kind == "last"
                else f"For {seconds:.1f} s or more."
            )
            self.ledger.add(
                "empty-stage", self._since, (), said, what="the stage", until_s=moment.time_s + moment.seconds
            )


class Standstill:
    """Stretches of a beat in which nothing moves, against what its captions need."""

    def __init__(self, ledger: Ledger) -> None:
        self.ledger = ledger
        self._still: list[tuple[float, float, Moment]] = []
        self._picture = 0

    def check(self, moment: Moment) -> None:
        """Any change of the picture ends a stretch; a hold makes it longer."""
        changed = self._picture != moment.picture
        self._picture = moment.picture
        start, end = moment.time_s, moment.time_s + moment.seconds
        if self._still and not changed and self._still[-1][2].beat == moment.beat:
            begun, _, first = self._still[-1]
            self._still[-1] = (begun, end, first)
        else:
            self._still.append((start, end, moment))

    def finish(self, film: Any) -> None:
        """Report stretches that no caption needs."""
        for start, end, moment in self._joined():
            needed = [
                cue.start_s + reading_seconds(" ".join(cue.lines), film.language)
                for cue in film.cues
                if cue.beat == moment.beat and cue.start_s < end and cue.end_s > start
            ]
            free = end - max([start, *needed])
            if free > style.TAIL_S + STILL_S:
                self.ledger.add(
                    "no-motion",
                    moment,
                    (),
                    f"Nothing moves for {end - start:.1f} s, {free:.1f} s longer than its caption needs.",
                    what="the picture",
                    time_s=start,
                    until_s=end,
                )

    def _joined(self) -> list[tuple[float, float, Moment]]:
        """A caption that changes does not count as motion: stretches that meet are one."""
        joined: list[tuple[float, float, Moment]] = []
        for start, end, moment in self._still:
            if joined and start - joined[-1][1] < 0.02 and joined[-1][2].beat == moment.beat and end > start:
                joined[-1] = (joined[-1][0], end, joined[-1][2])
            else:
                joined.append((start, end, moment))
        return joined
