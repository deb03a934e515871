"""An entry of a cache: a folder with files, and beside them what they are and what they must be.

A cache is anybody's to damage, so an entry says its own key and the size and sha256 of each file, and is taken only
when all of it is so: one that was cut off, altered or put in another's place is none, and what it held is made anew.
"""

import hashlib
import json
from collections.abc import Mapping
from pathlib import Path

from engine.errors import InputError
from engine.files import regular, staging

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


def put(place: Path, files: Mapping[str, bytes]) -> None:
    """Keep ``files`` by name as the entry ``place``, whatever stood there. Raises OSError."""
    about = {
        "key": place.name,
        "bytes": {name: len(data) for name, data in files.items()},
        "sha256": {name: hashlib.sha256(data).hexdigest() for name, data in files.items()},
    }
    place.parent.mkdir(parents=True, exist_ok=True)
    with staging.staged(place.parent) as stage:
        new = stage.folder(place)
        for name, data in files.items():
            (new / name).write_bytes(data)
        (new / ABOUT).write_text(json.dumps(about), encoding="utf-8")
