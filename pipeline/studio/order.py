"""What goes into the studio and what comes out."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from engine.trace import Trace
from pipeline.film import FilmJob, FilmResult
from scenes.stage.card import found_in


@dataclass(frozen=True)
class Order:
    """One film to make. It can be sent to another process or machine: nothing else is needed there.

    `drawn` are the beats of a part of it (pipeline.studio.parts); empty means the whole.
    """

    trace: Trace
    job: FilmJob
    drawn: tuple[str, ...] = ()

    @property
    def label(self) -> str:
        """``backward (ko)``, for people."""
        return f"{self.job.slug} ({self.job.language})"

    @property
    def beats(self) -> tuple[str, ...]:
        """The beats of the film."""
        return self.job.beats or self.job.card.active_beats(found_in(self.trace))


@dataclass(frozen=True)
class Film:
    """A finished film: an .mp4 that belongs to the store (read it, never write it), and what it shows.

    ``fresh`` is False when it had been made before.
    """

    path: Path
    result: FilmResult
    fresh: bool = True
