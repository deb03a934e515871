"""The command that makes a film again, from what its record says."""

from __future__ import annotations

import shlex
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from engine.files.named import is_named
from engine.text import settings
from pipeline.gallery.lecture import Report
from pipeline.numbers import Numbers

MOVING = (".mp4", ".gif", ".webp", ".webm", ".mov")
PROGRAM = "gradreel"


def command(
    told: Numbers,
    given: Mapping[str, Any],
    all_beats: Sequence[str],
    suffixes: Sequence[str],
    *,
    transparent: bool,
) -> str:
    """As it is typed in a shell: ``gradreel render backward --lang en …``, or ``clips`` when there are more files.

    ``given``: its parameters; ``all_beats``: those of the whole film; ``suffixes``: the films and pictures there are.
    """
    shown = [beat.name for beat in told.beats]
    kit = list(suffixes) != [".mp4"]
    words = [PROGRAM, "clips" if kit else "render", told.scene]
    if shown != list(all_beats):
        words += [word for beat in shown for word in ("--beat", beat)]
    words += list(_formats(suffixes, transparent)) if kit else []
    words += _style(told.language, told.theme, told.quality, told.captions)
    for name, value in given.items():
        words += _option(name.replace("_", "-"), value)
    return shlex.join(words)


def lecture_command(told: Report) -> str:
    """``gradreel lecture core.toml …``; the record knows the script's name and not its folder."""
    style = _style(told.language, told.theme, told.quality, "burned")
    return shlex.join([PROGRAM, "lecture", told.script, *style])


def given_words(given: Mapping[str, Any]) -> str:
    """``expression=sigmoid(w*x+b) at=x=2.0,w=-1.0``, for a card."""
    return " ".join(f"{name}={typed(value)}" for name, value in given.items() if value is not None)


def _style(language: str, theme: str, quality: str, captions: str) -> list[str]:
    words = ["--lang", language]
    words += ["--theme", theme] if theme != "dark" else []
    words += ["-q", quality]
    return words + (["--captions", captions] if captions != "burned" else [])


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
    """A value as an option takes it, with every digit that it has. A file is its path."""
    if isinstance(value, dict):
        if set(value) == {"path", "sha256"}:
            return str(value["path"])
        if is_named(value):
            return str(value["text"])
        return ",".join(f"{name}={settings.typed(one)}" for name, one in value.items())
    if isinstance(value, list | tuple):
        return ",".join(typed(one) for one in value)
    return repr(value) if isinstance(value, float) else str(value)
