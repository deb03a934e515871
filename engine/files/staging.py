"""Files and folders that appear whole and together, or not at all: written in a claimed folder beside their places.

The one writer of the house: films and decks, traces, and what the caches keep.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from engine.files.claims import Claim, alone, sweep
from engine.files.stopping import held
from engine.files.switching import Move, finish, switch, to_disk


class Stage:
    """Temporary places for the files of one result in ``folder``; ``commit`` puts all of them in their places."""

    def __init__(self, folder: Path) -> None:
        self._claim = Claim(folder, hidden=True)
        self._rooms = 0
        self.files: list[Move] = []  # temporary path and target of each, in order

    def file(self, target: Path) -> Path:
        """Where to write what becomes ``target``, with the same suffix (encoders look at it) and a short name."""
        return self._place(target, target.suffix)

    def folder(self, target: Path) -> Path:
        """An empty folder that becomes ``target``."""
        place = self._place(target, "")
        place.mkdir()
        return place

    def room(self) -> Path:
        """A folder for what is needed only until the end, on the same disk."""
        self._rooms += 1
        place = self._claim.path / f"room{self._rooms}"
        place.mkdir()
        return place

    def _place(self, target: Path, suffix: str) -> Path:
        place = self._claim.path / f"{len(self.files)}{suffix if len(suffix) < 16 else ''}"
        self.files.append((place, target))
        return place

    def commit(self) -> None:
        """Put everything in its place. Raises OSError, and then everything is as it was."""
        folder = self._claim.path.parent
        for new, _ in self.files if len(self.files) > 1 else ():
            to_disk(new)
        with held(), alone(folder):
            sweep(folder, finish)  # what a dead process had finished before is older than this
            switch(self._claim.path, self.files)

    def discard(self) -> None:
        """Remove what was written and not put in its place, and what stood there before."""
        with held():
            self._claim.release()


@contextmanager
def staged(folder: Path) -> Iterator[Stage]:
    """Give a Stage; it is committed at the end, and nothing of it is left when anything goes wrong, Ctrl-C included.

    ``folder`` must be there; all targets lie in it. Raises OSError when the system will not write there.
    """
    stage = None
    try:
        with held():
            stage = Stage(folder)
        yield stage
        stage.commit()
    finally:
        if stage is not None:
            stage.discard()


def tidy(folder: Path) -> None:
    """Finish or remove what dead processes left in ``folder``."""
    with held(), alone(folder):
        sweep(folder, finish)
