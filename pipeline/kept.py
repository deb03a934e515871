"""An entry of a cache: a folder with files, and beside them what they are and what they must be.

A cache is anybody's to damage, so an entry says its own key and the size and sha256 of each file, and is taken only
when all of it is so: one that was cut off, altered or put in another's place is none, and what it held is made anew.
"""

import hashlib
import json
from collections.abc import Callable, Mapping
from pathlib import Path

from engine.errors import InputError
from engine.files import regular, staging
from engine.files.digest import sha256

ABOUT = "about.json"
ABOUT_MAX_BYTES = 100_000


def take(place: Path, name: str) -> Path | None:
    """The file ``name`` of the entry ``place``; None when it is not there, or not as it was kept under that key."""
    try:
        about = json.loads(regular.content(place / ABOUT, bytes_max=ABOUT_MAX_BYTES))
        if about["key"] != place.name:
            return None
        size = (place / name).stat().st_size
        if size != about["bytes"][name]:  # before reading what may have grown to the size of the disk
            return None
        with regular.opened(place / name, bytes_max=size) as file:
            whole = hashlib.file_digest(file, "sha256").hexdigest() == about["sha256"][name]
    except (InputError, OSError, ValueError, TypeError, KeyError, RecursionError):
        return None
    return place / name if whole else None


def put(place: Path, files: Mapping[str, Callable[[Path], object]]) -> None:
    """Keep files as the entry ``place``, whatever stood there: by name, what writes each to the path it is given.

    Raises OSError, and what the writers raise.
    """
    place.parent.mkdir(parents=True, exist_ok=True)
    with staging.staged(place.parent) as stage:
        new = stage.folder(place)
        for name, write in files.items():
            write(new / name)
        about = {
            "key": place.name,
            "bytes": {name: (new / name).stat().st_size for name in files},
            "sha256": {name: sha256(new / name) for name in files},
        }
        (new / ABOUT).write_text(json.dumps(about), encoding="utf-8")


def holding(data: bytes) -> Callable[[Path], object]:
    """What writes ``data``, for ``put``."""
    return lambda path: path.write_bytes(data)
