"""One file of a clip, in any format."""

from __future__ import annotations

from pathlib import Path

from pipeline.clips.footage import Footage
from pipeline.clips.formats import Format
from pipeline.clips.picture import write_gif, write_png, write_webp
from pipeline.clips.video import write_mov, write_mp4, write_webm

WRITERS = {
    "mp4": write_mp4,
    "gif": write_gif,
    "webp": write_webp,
    "webm": write_webm,
    "mov": write_mov,
    "png": write_png,
}


def write(one: Format, footage: Footage, path: Path) -> int:
    """Write `footage` to `path`; returns the file's size in bytes."""
    WRITERS[one.name](footage, path)
    return path.stat().st_size
