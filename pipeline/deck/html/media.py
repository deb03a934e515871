"""The films and pictures of a page: files beside it, or text inside it, each once however often it is shown."""

from __future__ import annotations

import base64
import re
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

CHUNK_BYTES = 3 << 18  # a multiple of 3, so that every chunk's base64 stands alone
TYPES = {
    ".mp4": "video/mp4",
    ".m4v": "video/mp4",
    ".webm": "video/webm",
    ".webp": "image/webp",
    ".png": "image/png",
    ".jpg": "image/jpeg",
    ".jpeg": "image/jpeg",
    ".gif": "image/gif",
    ".svg": "image/svg+xml",
}


@dataclass(frozen=True)
class Medium:
    """A file to show: where its bytes are now, and what the page calls it."""

    source: Path
    address: str

    @property
    def type(self) -> str:
        """Its MIME type, by its name."""
        return TYPES.get(self.source.suffix.lower(), "application/octet-stream")


class Beside:
    """Media in a folder beside the page: ``clips/03-chain.mp4``."""

    folder = "clips"

    def __init__(self) -> None:
        self._media: dict[Path, Medium] = {}

    def add(self, source: Path, name: str) -> str:
        """What the page writes to show ``source``; ``name`` says what it is."""
        if source not in self._media:
            self._media[source] = Medium(source, self._address(source, name))
        return self._media[source].address

    def _address(self, source: Path, name: str) -> str:
        return f"{self.folder}/{plain_name(name)}{source.suffix.lower()}"

    def __iter__(self) -> Iterator[Medium]:
        return iter(self._media.values())

    @property
    def bytes(self) -> int:
        """How much there is to write."""
        return sum(medium.source.stat().st_size for medium in self)

    def copy_to(self, folder: Path) -> None:
        """Copy every medium to its place under ``folder``."""
        (folder / self.folder).mkdir()
        for medium in self:
            shutil.copyfile(medium.source, folder / medium.address)


class Inside(Beside):
    """Media inside the page, as base64 in elements that the page unpacks: ``#m3``."""

    def _address(self, source: Path, name: str) -> str:
        return f"#m{len(self._media)}"

    def write_to(self, page: BinaryIO) -> None:
        """Write the elements, a piece at a time: a deck may be larger than memory is worth."""
        for medium in self:
            head = f'<script type="text/plain" id="{medium.address[1:]}" data-type="{medium.type}">'
            page.write(head.encode())
            with open(medium.source, "rb") as file:
                while piece := file.read(CHUNK_BYTES):
                    page.write(base64.b64encode(piece))
            page.write(b"</script>\n")


def plain_name(name: str) -> str:
    """A file name that every system and address takes: letters, digits and hyphens of ``name``, or "slide"."""
    return re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-")[:60] or "slide"
