"""Checks a lecture: that its files are as they were made, and every number of every scene against a fresh run."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline import numbers, verify
from pipeline.lecture.report import SCHEMA, SUFFIX, Report, Run

if TYPE_CHECKING:
    from engine.trace import Trace


def beside(given: Path) -> Path:
    """The report of a lecture; a report is its own."""
    return given if given.name.endswith(SUFFIX) else given.with_suffix(SUFFIX)


def check(path: Path) -> verify.Report:
    """Check the lecture of the report `path`. The recorders run again; no cache is used.

    Raises InputError when the report cannot be read.
    """
    from engine import recorders

    told = read(path)
    differences = list(verify.file_differences(told.files, (told.lecture,), path.parent))
    elsewhere: dict[str, None] = {}
    series = rows = 0
    for part in told.parts:
        if part.run is None:
            continue
        fresh = recorders.run(part.run.recorder, verify.parameters(part.run, path))
        changed = verify.elsewhere(part.run.environment, fresh.environment)
        elsewhere |= dict.fromkeys(changed)
        series += len(part.run.digests)
        rows += len(part.run.rows)
        differences += [f"{part.key}: {one}" for one in _differences(part.run, fresh, not changed)]
    return verify.Report(
        path.parent / told.lecture,
        not elsewhere,
        len(told.files),
        series,
        rows,
        tuple(differences),
        tuple(elsewhere),
    )


def _differences(run: Run, fresh: Trace, exact: bool) -> Iterator[str]:
    """On another machine only what is on screen can be compared: a lecture keeps no traces."""
    yield from verify.record_differences(run, fresh)
    if exact:
        yield from verify.exact_differences(run, fresh)
    yield from verify.row_differences(run, fresh, exact)


def read(path: Path) -> Report:
    """The report that `lecture` wrote; InputError when it is missing, no JSON, of a newer schema, or other."""
    return numbers.read_record(
        path, Report, SCHEMA, "a lecture's report", "the lecture", "Make the lecture again"
    )
