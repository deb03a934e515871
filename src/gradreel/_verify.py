"""``verify``: every number of a film, computed again."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

from gradreel._asking import ask
from gradreel._errors import RunError


@dataclass(frozen=True)
class Report:
    """What was compared, and found to be the same.

    exact: bit for bit; else ``elsewhere`` says why not.  kept: why the run was not made again, and the film only
    compared with the trace beside it, as of a model that lived in Python; "" where it was.
    """

    clip: Path
    exact: bool
    files: int
    series: int
    rows: int
    elsewhere: tuple[str, ...]
    kept: str
    summary: str

    def __str__(self) -> str:
        return self.summary


def verify(path: str | os.PathLike[str]) -> Report:
    """Run what the film at ``path`` shows again, and compare every series and every number shown.

    Raises RunError, which names the differences, when there are any; InputError when there is no such film.
    """
    told = ask("verify", path=os.fsdecode(path))
    if told["complaint"]:
        raise RunError(told["complaint"])
    report = {name: value for name, value in told.items() if name != "complaint"}
    return Report(**{**report, "clip": Path(told["clip"]), "elsewhere": tuple(told["elsewhere"])})
