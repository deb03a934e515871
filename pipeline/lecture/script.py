"""A lecture script that was read and checked (pipeline.lecture.check)."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from engine.text.composed import composed, on_disk
from pipeline.lecture import model
from pipeline.lecture.mistakes import Mistakes


@dataclass(frozen=True)
class Script:
    """A lecture script that has been checked: what it says, and the folder its paths start from."""

    file: Path
    folder: Path
    lecture: model.Lecture
    parameters: dict[str, dict[str, Any]]  # of each scene part, by its key; files as paths that can be opened
    mistakes: Mistakes  # to say where in the file something is, when it turns out wrong later

    @property
    def name(self) -> str:
        """The lecture's name in the names of its files."""
        return composed(self.file.stem)

    def place(self, part: model.AnyPart) -> tuple[str | int, ...]:
        """Where in the file a part stands; the opening card stands for the whole."""
        numbers = [number for number, one in enumerate(self.lecture.part) if one is part]
        return ("part", numbers[0]) if numbers else ()

    def path(self, text: str) -> Path:
        """A file that the script names."""
        return located(self.folder, text)


def located(folder: Path, text: str) -> Path:
    """The file that is called `text` in `folder`, also when the disk spells 한 or é in the other form."""
    return Path(on_disk(folder / text))
