"""One progress display for all films of a run: films, frames, time left. On stderr, when that is a terminal."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from pipeline.console import clock
from pipeline.progress import Bar, listener
from pipeline.studio.order import Order
from pipeline.studio.parts import Part
from pipeline.studio.worker import Told

GUESS_S = 85.0  # a film whose length nobody has measured


class Board:
    """How far every film is, of which some are made in parts."""

    def __init__(self, parts: Sequence[Part], bar: Bar | None = None) -> None:
        self._parts, self._bar = parts, bar
        self._total_s = [_length_s(part.order) for part in parts]
        self._done_s = [0.0 for _ in parts]
        self._films = {part.film for part in parts}
        self.finished = 0
        self.last: Told | None = None
        self._task = (
            bar.add_task("", total=self._frames(self._total_s), counts="") if bar is not None else None
        )
        self._show()

    def tell(self, told: Told) -> None:
        """A worker's report."""
        self.last = told
        self._done_s[told.number] = told.done_s
        self._total_s[told.number] = max(self._total_s[told.number], told.done_s)
        self._show()

    def finish_part(self, number: int) -> None:
        """The part is made, or has failed."""
        self._done_s[number] = self._total_s[number]
        self._show()

    def finish(self) -> None:
        """A film is made, or has failed."""
        self.finished += 1
        self._show()

    def place(self) -> str:
        """Where the work is, in words."""
        if len(self._films) > 1:
            return f"the films, {self.finished} of {len(self._films)} finished"
        label = self._parts[0].order.label
        if self.last is None:
            return label
        return f"{label} at {clock(self.last.film_s)}, in beat {self.last.beat}"

    def _frames(self, seconds: Sequence[float]) -> int:
        return sum(
            round(s * part.order.job.quality.fps) for s, part in zip(seconds, self._parts, strict=True)
        )

    def _show(self) -> None:
        if self._bar is None or self._task is None:
            return
        now = ""
        if self.last is not None:
            label = self._parts[self.last.number].order.label
            now = f"{label} {self.last.beat} {clock(self.last.film_s)}"
        done, total = self._frames(self._done_s), self._frames(self._total_s)
        counts = f"{self.finished} of {len(self._films)} films, {done} of {total} frames"
        self._bar.update(self._task, description=now, completed=done, total=total, counts=counts)


def _length_s(order: Order) -> float:
    """The measured length of a whole film; of some beats, their share of it."""
    job = order.job
    beats = order.drawn or job.beats
    whole = job.card.seconds(job.language) or GUESS_S
    return whole * len(beats) / len(job.card.beats) if beats else whole


@contextmanager
def showing(parts: Sequence[Part]) -> Iterator[Board]:
    """A board, with a bar while stderr is a terminal; the bar is gone afterwards."""
    heard = listener()
    if heard is not None:
        yield Board(parts, heard)
        return
    if not parts or not sys.stderr.isatty():
        yield Board(parts)
        return
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (
        TextColumn("{task.fields[counts]}"),
        BarColumn(bar_width=24),
        TimeRemainingColumn(),
        TextColumn("{task.description}"),  # last, because its length changes
    )
    # What is printed meanwhile goes above the bar, but into a pipe when stdout is one.
    console, on_screen = Console(stderr=True), sys.stdout.isatty()
    with Progress(*columns, console=console, transient=True, redirect_stdout=on_screen) as bar:
        yield Board(parts, bar)
