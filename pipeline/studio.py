"""Films made in one go and kept, so that a second run continues (stand-in, one after the other)."""

from __future__ import annotations

import hashlib
import os
import pickle
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from engine.trace import Trace
from pipeline import cache
from pipeline.film import FilmJob, FilmResult, render_film


@dataclass(frozen=True)
class Order:
    """One film to make."""

    trace: Trace
    job: FilmJob


@dataclass(frozen=True)
class Film:
    """A finished film."""

    path: Path
    result: FilmResult


def produce(orders: Sequence[Order], *, workers: int | None = None, use_cache: bool = True) -> list[Film]:
    """The films of the orders."""
    from pipeline.make import stoppable

    folder = cache.folder().parent / "films-stand-in"
    folder.mkdir(parents=True, exist_ok=True)
    films = []
    for order in orders:
        text = repr((order.trace.recorder, sorted(order.trace.params["resolved"].items(), key=str), order.job))
        path = folder / (hashlib.sha256(text.encode()).hexdigest()[:24] + ".mp4")
        notes = path.with_suffix(".pickle")
        if not (path.exists() and notes.exists()):
            with stoppable(f"{order.job.slug} {order.job.beats}") as reached:
                result = render_film(order.trace, order.job, path.with_suffix(".part.mp4"), reached.film)
            notes.write_bytes(pickle.dumps(result))
            os.replace(path.with_suffix(".part.mp4"), path)
        films.append(Film(path, pickle.loads(notes.read_bytes())))
    return films
