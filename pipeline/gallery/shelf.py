"""Where a gallery's page finds the files that it plays and links to."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from pipeline.gallery.find import OWN_FOLDER, OWN_PAGE
from pipeline.gallery.inside import put, put_folder


@dataclass(frozen=True)
class Shelf:
    """Where the page finds files: beside itself when the films lie below it, else copies under ``copies``."""

    folder: Path
    output: Path
    copies: Path | None

    def address(self, path: Path) -> str:
        """What the page writes to link to ``path``; the file is put there if it must be."""
        if self.copies is None:
            return quote(path.resolve().relative_to(self.output.resolve()).as_posix())
        below = path.relative_to(self.folder)
        target = self.copies / below
        if not target.exists():
            if path.name == OWN_PAGE:
                put_folder(path.parent, target.parent, self.folder.resolve())
            else:
                put(path, target)
        return quote(f"{OWN_FOLDER}/{self.copies.name}/{below.as_posix()}")
