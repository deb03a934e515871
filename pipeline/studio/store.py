"""Finished films on disk, by key. The store never fails: what it cannot keep goes to the run's own folder."""

from __future__ import annotations

import os
import shutil
from collections.abc import Collection
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from pydantic import TypeAdapter, ValidationError

from pipeline import cache as traces
from pipeline import kept, scratch
from pipeline.film import FilmResult
from pipeline.studio.order import Film

LIMIT_BYTES = 4 * 10**9  # all films together; the ones not used for longest go first
FILM, RESULT = "film.mp4", "result.json"


@dataclass(frozen=True)
class Made:
    """A film as a worker hands it over: the MP4's bytes and what it shows."""

    data: bytes
    result: FilmResult


def folder() -> Path:
    """Where films are kept: beside the traces, see GRADREEL_CACHE."""
    return traces.folder().parent / "films"


def find(key: str) -> Film | None:
    """The film of that key; None when there is none, or it is damaged or another's."""
    place = folder() / key
    film, told = kept.take(place, FILM), kept.take(place, RESULT)
    if film is None or told is None:
        return None
    try:
        result = _adapter().validate_json(told.read_bytes())
        os.utime(place / kept.ABOUT)  # used now
    except ValidationError:
        return None
    except OSError:
        pass  # a store that may only be read: it is not known how long the film was not used
    return Film(film, result, fresh=False)


def keep(key: str, made: Made, use_cache: bool = True) -> Film:
    """Put a film into the store, or when that cannot be (or must not), into a folder that goes with the program."""
    if use_cache:
        try:
            return _write(folder() / key, made)
        except OSError:
            pass  # a store that cannot be written costs time at the next run, nothing else
    with scratch.telling():
        return _write(scratch.new() / key, made)


def prune(in_use: Collection[Path], limit: int = LIMIT_BYTES) -> None:
    """Remove the films not used for longest until the rest, with those in use, fits into ``limit`` bytes.

    What is no whole entry (of another version, damaged) counts as not used for longest.
    """
    entries = [_entry(place) for place in _places()]
    total = sum(size for _, size, _ in entries)
    for _, size, place in sorted(entries):
        if total <= limit:
            break
        if place / FILM not in in_use:
            shutil.rmtree(place, ignore_errors=True)
            total -= size


def _places() -> list[Path]:
    try:
        with os.scandir(folder()) as found:
            return [
                Path(one.path) for one in found if one.is_dir(follow_symlinks=False) and one.name[0] != "."
            ]
    except OSError:
        return []


def _entry(place: Path) -> tuple[float, int, Path]:
    """When it was last used, its bytes, and where it is."""
    used, size = 0.0, 0
    try:
        with os.scandir(place) as files:
            size = sum(one.stat(follow_symlinks=False).st_size for one in files)
        used = (place / kept.ABOUT).lstat().st_mtime
    except OSError:
        pass
    return used, size, place


def _write(place: Path, made: Made) -> Film:
    result = _adapter().dump_json(made.result)
    kept.put(place, {FILM: kept.holding(made.data), RESULT: kept.holding(result)})
    return Film(place / FILM, made.result)


@cache
def _adapter() -> TypeAdapter[FilmResult]:
    return TypeAdapter(FilmResult)
