"""First and last frames of a clip as PNGs, as a player shows them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from engine.errors import InputError


def first_and_last(film: Path, first: Path, last: Path) -> None:
    """Write the film's first and last frame to ``first`` and ``last``; InputError when it holds no picture."""
    import av

    try:
        with av.open(str(film)) as container:
            frame = None
            for frame in container.decode(video=0):
                if frame.pts is not None and not first.exists():
                    _save(frame, first)
    except (av.error.FFmpegError, IndexError) as error:
        raise InputError(f"{film} cannot be read as a film: {error}.") from error
    if frame is None:
        raise InputError(f"{film} holds no picture.")
    _save(frame, last)


def _save(frame: Any, path: Path) -> None:
    frame.to_image().save(path, format="PNG")
