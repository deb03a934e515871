"""The command that makes a film again, from what its numbers file says."""

from __future__ import annotations

import shlex
from collections.abc import Iterator, Sequence
from typing import Any

from pipeline.numbers import Numbers

MOVING = (".mp4", ".gif", ".webp", ".webm", ".mov")


def command(told: Numbers, all_beats: Sequence[str], suffixes: Sequence[str], *, transparent: bool) -> str:
    """As it is typed in a shell: ``gradreel render backward --lang en …``, or ``clips`` when there are more files.

    ``all_beats`` are those of the whole film; ``suffixes`` the films and pictures there are.
    """
    shown = [beat.name for beat in told.beats]
    kit = list(suffixes) != [".mp4"]
    words = ["gradreel", "clips" if kit else "render", told.scene]
    if shown != list(all_beats):
        words += [word for beat in shown for word in ("--beat", beat)]
    words += list(_formats(suffixes, transparent)) if kit else []
    words += ["--lang", told.language]
    words += ["--theme", told.theme] if told.theme != "dark" else []
    words += ["-q", told.quality]
    words += ["--captions", told.captions] if told.captions != "burned" else []
    given = told.params.get("given")
    for name, value in given.items() if isinstance(given, dict) else ():
        words += _option(name.replace("_", "-"), value)
    return shlex.join(words)


def _formats(suffixes: Sequence[str], transparent: bool) -> Iterator[str]:
    moving = [suffix for suffix in suffixes if suffix in MOVING]
    for suffix in moving or suffixes:
        yield from ("--format", suffix[1:])
    if transparent:
        yield "--transparent"


def _option(name: str, value: Any) -> list[str]:
    """One parameter; nothing for one that was given as "none"."""
    if value is None:
        return []
    if isinstance(value, bool):
        return [f"--{name}" if value else f"--no-{name}"]
    text = typed(value)
    return [f"--{name}={text}"] if text.startswith("-") else [f"--{name}", text]


def typed(value: Any) -> str:
    """A value as an option takes it, with every digit that it has."""
    if isinstance(value, dict):
        return ",".join(f"{name}={typed(one)}" for name, one in value.items())
    if isinstance(value, list | tuple):
        return ",".join(typed(one) for one in value)
    return repr(value) if isinstance(value, float) else str(value)
