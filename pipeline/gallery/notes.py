"""What a gallery says on stderr while it is made: which files are left out or damaged, and why."""

from __future__ import annotations

from pathlib import Path

from engine.text.echo import echo
from pipeline.console import bounded, say

NOTES_MAX = 100  # lines


class Notes:
    """Says one line for each; after ``NOTES_MAX`` of them that there are more."""

    def __init__(self, folder: Path) -> None:
        self._folder, self._told = folder, 0
        self.left_out = 0

    def leave_out(self, path: Path, why: str) -> None:
        """The file at ``path`` is not shown; ``why`` is the end of a sentence."""
        self.left_out += 1
        self.tell(f"{echo(path)} {why.rstrip('.')}; it is left out.")

    def tell(self, sentence: str) -> None:
        """Say it, on one line."""
        self._told += 1
        if self._told <= NOTES_MAX:
            say(f"Note: {bounded(' '.join(sentence.split()))}", err=True)
        elif self._told == NOTES_MAX + 1:
            say("Note: there are more like these; mend them and make the gallery again.", err=True)
