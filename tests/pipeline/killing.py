"""A process that kills itself at its n-th step on the disk, as SIGKILL would; used by test_switching.

python -m tests.pipeline.killing N WHAT FOLDER: N = 0 never kills. Prints how many steps there were.
"""

import itertools
import os
import signal
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from engine.files import switching
from engine.files.staging import staged

STEPS = ("open", "mkdir", "rename", "replace", "link", "unlink", "rmdir", "fsync")
NAMES = ("film.srt", "film.vtt", "film.mp4")


def watch(last: int) -> Callable[[], int]:
    """Kill this process when step ``last`` is about to be done; gives the steps so far."""
    count = itertools.count(1)
    done = [0]

    def counted(really: Any) -> Any:
        def step(*args: Any, **options: Any) -> Any:
            done[0] = next(count)
            if done[0] == last:
                os.kill(os.getpid(), signal.SIGKILL)
            return really(*args, **options)

        return step

    for name in STEPS:
        setattr(os, name, counted(getattr(os, name)))
    exchange = counted(switching._exchange())
    switching._exchange = lambda: exchange  # type: ignore[assignment]
    return lambda: done[0]


def without_exchange() -> None:
    """As on a disk that cannot exchange two names."""

    def unable(one: bytes, other: bytes) -> None:
        raise OSError(22, "Invalid argument")

    switching._exchange = lambda: unable  # type: ignore[assignment]


def write(folder: Path, text: str) -> None:
    """A film of three files, and a deck: a folder with two."""
    with staged(folder) as stage:
        for name in NAMES:
            stage.file(folder / name).write_text(text)
        deck = stage.folder(folder / "deck")
        for name in ("index.html", "clip.mp4"):
            (deck / name).write_text(text)


if __name__ == "__main__":
    last, text, place = int(sys.argv[1]), sys.argv[2], Path(sys.argv[3])
    if "plain" in sys.argv:
        without_exchange()
    steps = watch(last)
    write(place, text)
    print(steps())
