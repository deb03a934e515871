"""One progress display for all films of a run: films, frames, time left. On stderr, when that is a terminal."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import TYPE_CHECKING

from pipeline.console import clock
from pipeline.studio.order import Order
from pipeline.studio.worker import Told

if TYPE_CHECKING:
    from rich.progress import Progress

GUESS_S = 85.0  # a film whose length nobody has measured


class Board:
    """How far every film is."""

    def __init__(self, orders: Mapping[int, Order], bar: Progress | None = None) -> None:
        self._orders, self._bar = orders, bar
        self._total_s = {number: _length_s(order) for number, order in orders.items()}
        self._done_s = dict.fromkeys(orders, 0.0)
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

    def finish(self, number: int) -> None:
        """The film is made, or has failed."""
        self.finished += 1
        self._done_s[number] = self._total_s[number]
        self._show()

    def place(self) -> str:
        """Where the work is, in words."""
        if len(self._orders) > 1:
            return f"the films, {self.finished} of {len(self._orders)} finished"
        label = next(iter(self._orders.values())).label
        if self.last is None:
            return label
        return f"{label} at {clock(self.last.done_s)}, in beat {self.last.beat}"

    def _frames(self, seconds: Mapping[int, float]) -> int:
        return sum(round(s * self._orders[number].job.quality.fps) for number, s in seconds.items())

    def _show(self) -> None:
        if self._bar is None or self._task is None:
            return
        now = ""
        if self.last is not None:
            now = f"{self._orders[self.last.number].label} {self.last.beat} {clock(self.last.done_s)}"
        done, total = self._frames(self._done_s), self._frames(self._total_s)
        counts = f"{self.finished} of {len(self._orders)} films, {done} of {total} frames"
        self._bar.update(self._task, description=now, completed=done, total=total, counts=counts)


def _length_s(order: Order) -> float:
    """The measured length of a whole film; of some beats, their share of it."""
    job = order.job
    whole = job.card.seconds(job.language) or GUESS_S
    return whole * len(job.beats) / len(job.card.beats) if job.beats else whole


@contextmanager
def showing(orders: Mapping[int, Order]) -> Iterator[Board]:
    """A board, with a bar while stderr is a terminal; the bar is gone afterwards."""
    if not orders or not sys.stderr.isatty():
        yield Board(orders)
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
        yield Board(orders, bar)
