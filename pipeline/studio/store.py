"""Finished films on disk, by key. The store never fails: what it cannot keep goes to a scratch folder instead."""

from __future__ import annotations

import atexit
import hashlib
import os
import secrets
import shutil
import tempfile
from collections.abc import Collection
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from pydantic import TypeAdapter, ValidationError

from engine.errors import RunError
from pipeline import cache as traces
from pipeline.film import FilmResult
from pipeline.outputs import write_sentence
from pipeline.studio.order import Film

LIMIT_BYTES = 4 * 10**9  # all films together; the ones not used for longest go first
FILM, ABOUT = "film.mp4", "film.json"


@dataclass(frozen=True)
class Made:
    """A film as a worker hands it over: the MP4's bytes and what it shows."""

    data: bytes
    result: FilmResult


@dataclass(frozen=True)
class _About:
    sha256: str
    result: FilmResult


def folder() -> Path:
    """Where films are kept: beside the traces, see GRADREEL_CACHE."""
    return traces.folder().parent / "films"


def find(key: str) -> Film | None:
    """The film of that key; None when there is none, or it is damaged."""
    place = folder() / key
    try:
        about = _adapter().validate_json((place / ABOUT).read_bytes())
        with (place / FILM).open("rb") as film:
            whole = hashlib.file_digest(film, "sha256").hexdigest() == about.sha256
        if not whole:
            return None
        os.utime(place / ABOUT)  # used now
    except (OSError, ValidationError):
        return None
    return Film(place / FILM, about.result, fresh=False)


def keep(key: str, made: Made, use_cache: bool = True) -> Film:
    """Put a film into the store, or when that cannot be (or must not), into a folder that goes with the program."""
    if use_cache:
        try:
            return _write(folder(), key, made)
        except OSError:
            pass  # a store that cannot be written costs time at the next run, nothing else
    scratch = _scratch()
    try:
        return _write(scratch, key, made)
    except OSError as error:
        raise RunError(write_sentence(scratch, error, "set TMPDIR to a folder with more room")) from error


def prune(in_use: Collection[Path], limit: int = LIMIT_BYTES) -> None:
    """Remove the films not used for longest until the rest, with those in use, fits into ``limit`` bytes."""
    entries = []
    for place in folder().glob("*/"):
        try:
            entries.append(
                (place.joinpath(ABOUT).stat().st_mtime, place.joinpath(FILM).stat().st_size, place)
            )
        except OSError:
            continue
    total = sum(size for _, size, _ in entries)
    for _, size, place in sorted(entries):
        if total <= limit:
            break
        if place / FILM not in in_use:
            shutil.rmtree(place, ignore_errors=True)
            total -= size


def _write(parent: Path, key: str, made: Made) -> Film:
    """The whole entry or nothing: written beside, then renamed."""
    parent.mkdir(parents=True, exist_ok=True)
    place, beside = parent / key, parent / f".{key}.{secrets.token_hex(4)}"
    beside.mkdir()
    try:
        (beside / FILM).write_bytes(made.data)
        about = _About(hashlib.sha256(made.data).hexdigest(), made.result)
        (beside / ABOUT).write_bytes(_adapter().dump_json(about))
        shutil.rmtree(place, ignore_errors=True)  # a damaged one
        beside.rename(place)
    except FileExistsError:
        pass  # somebody else has just made the same film
    finally:
        shutil.rmtree(beside, ignore_errors=True)
    return Film(place / FILM, made.result)


@cache
def _adapter() -> TypeAdapter[_About]:
    return TypeAdapter(_About)


@cache
def _scratch() -> Path:
    place = Path(tempfile.mkdtemp(prefix="gradreel-films-"))
    atexit.register(shutil.rmtree, place, ignore_errors=True)
    return place
