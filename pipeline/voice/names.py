"""What a beat's recording is called: a number that sorts, then the beat's key: 07-forward-softmax.wav."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

from engine.text.composed import composed

SUFFIXES = (".wav", ".mp3", ".m4a")
NUMBERED = re.compile(r"\d+[-_. ]+(?=\D)")


def stem(number: int, key: str, total: int) -> str:
    """The name, without suffix, for the beat `key`, the `number`th of `total` from 1."""
    return f"{number:0{max(2, len(str(total)))}d}-{key}"


def stems(keys: Sequence[str]) -> dict[str, str]:
    """The name for each beat's recording, by key, in order."""
    return {key: stem(number, key, len(keys)) for number, key in enumerate(keys, 1)}


def plain(path: Path) -> str:
    """A file's name without its number and suffix."""
    return NUMBERED.sub("", composed(path.stem).lower().strip(), count=1)


def key_of(path: Path, keys: Sequence[str]) -> str | None:
    """The beat that the file `path` is for. Its number may be another or missing, so that a beat more moves nothing."""
    whole = composed(path.stem).lower().strip()
    return next((key for key in keys if key.lower() in (whole, plain(path))), None)
