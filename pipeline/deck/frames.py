"""First and last frames of a film as PNGs, as a player shows them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from engine.errors import InputError
from pipeline.media import films


def first_and_last(film: Path, first: Path, last: Path) -> None:
    """Write the film's first and last frame to ``first`` and ``last``; InputError when it holds no picture."""
    with films.opened(film) as container:
        stream = films.pictures(container)
        frame = None if stream is None else next(container.decode(stream), None)
        if stream is None or frame is None:
            raise InputError(f"{film.name} holds no picture: give a film that plays elsewhere.")
        _save(frame, first)
        if stream.duration:
            # From the last keyframe on: what lies before is not needed.
            container.seek((stream.start_time or 0) + stream.duration - 1, stream=stream)
        for frame in container.decode(stream):  # noqa: B007
            pass
        _save(frame, last)


def _save(frame: Any, path: Path) -> None:
    frame.to_image().save(path, format="PNG")
