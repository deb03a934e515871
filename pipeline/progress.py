"""The progress bar: on stderr, when that is a terminal, or whoever listens. It remembers how far a film came."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, Protocol

from pipeline.console import clock


class Bar(Protocol):
    """What shows how far pieces of work are: rich's bar, or somebody who listens."""

    def add_task(self, description: str, *, total: float | None, counts: str = "") -> Any:
        """One piece of work begins; what is given back stands for it. ``counts``: how many of what."""

    def update(
        self, task: Any, /, *, description: str, completed: float, total: float | None, counts: str = ""
    ) -> None:
        """It is so far."""


_listener: ContextVar[Bar | None] = ContextVar("gradreel_bar", default=None)


@contextmanager
def listening(bar: Bar) -> Iterator[None]:
    """While open, ``bar`` hears how far all work is; nothing is shown on the terminal."""
    token = _listener.set(bar)
    try:
        yield
    finally:
        _listener.reset(token)


def listener() -> Bar | None:
    """Who hears it instead of the terminal."""
    return _listener.get()


class Reached:
    """How far one piece of work is: shown on the bar, if there is one, and kept for "where it stopped"."""

    def __init__(self, label: str, bar: Bar | None) -> None:
        self.label = label
        self.seconds: float | None = None
        self.beat = ""
        self._bar = bar
        self._task = bar.add_task(label, total=None) if bar is not None else None

    def film(self, done_s: float, total_s: float | None, beat: str) -> None:
        """A film's report: seconds drawn, seconds in all when known, the beat being drawn."""
        self.seconds, self.beat = done_s, beat
        self._show(f"{self.label} · {beat} · {clock(done_s)}", done_s, total_s)

    def steps(self, done: int, total: int) -> None:
        """A recorder's report."""
        self._show(self.label, done, total)

    def _show(self, text: str, done: float, total: float | None) -> None:
        if self._bar is not None and self._task is not None:
            self._bar.update(self._task, description=text, completed=done, total=total)

    def place(self) -> str:
        """Where the work is, in words."""
        if self.seconds is None:
            return self.label
        beat = f", in beat {self.beat}" if self.beat else ""
        return f"{self.label} at {clock(self.seconds)}{beat}"


@contextmanager
def working(label: str) -> Iterator[Reached]:
    """Give a Reached, with a bar while stderr is a terminal; the bar is gone afterwards."""
    heard = listener()
    if heard is not None:
        yield Reached(label, heard)
        return
    if not sys.stderr.isatty():
        yield Reached(label, None)
        return
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn

    # A name such as "[/x].toml" is no markup of rich's.
    columns = (TextColumn("{task.description}", markup=False), BarColumn(), TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        yield Reached(label, bar)
