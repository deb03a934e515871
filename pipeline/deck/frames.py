"""First and last frames of a film as PNGs, as a player shows them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from engine.errors import InputError


def first_and_last(film: Path, first: Path, last: Path) -> None:
    """Write the film's first and last frame to ``first`` and ``last``; InputError when it holds no picture."""
    import av

    try:
        with av.open(str(film)) as container:
            stream = container.streams.video[0]
            frame = next(container.decode(stream))
            _save(frame, first)
            if stream.duration:
                # From the last keyframe on: what lies before is not needed.
                container.seek((stream.start_time or 0) + stream.duration - 1, stream=stream)
            for frame in container.decode(stream):  # noqa: B007
                pass
    except (av.error.FFmpegError, IndexError, StopIteration) as error:
        raise InputError(f"{film} cannot be read as a film: give one that plays elsewhere.") from error
    _save(frame, last)


def _save(frame: Any, path: Path) -> None:
    frame.to_image().save(path, format="PNG")
