"""Checks a lecture: that its files are as they were made, and every number of every scene against a fresh run."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from engine.errors import InputError
from engine.text.echo import echo
from pipeline import json_records, repeated, replay
from pipeline.film import Look
from pipeline.lecture.report import SCHEMA, SUFFIX, Report, ReportedPart, Run

if TYPE_CHECKING:
    from engine.trace import Trace

NEAR_S = 0.05  # a beat of a lecture ends on a whole frame


def beside(given: Path) -> Path:
    """The report of a lecture; a report is its own."""
    return given if given.name.endswith(SUFFIX) else given.with_suffix(SUFFIX)


def check(path: Path) -> repeated.Report:
    """Check the lecture of the report `path`. The recorders run again; no cache is used.

    Raises InputError when the report cannot be read.
    """
    told = read(path)
    differences = list(repeated.file_differences(told.files, (told.lecture,), path.parent))
    elsewhere: dict[str, None] = {}
    series = rows = 0
    for part in told.parts:
        if part.run is None:
            if part.kind == "scene":
                differences.append(f"{echo(part.key)}: a scene without its numbers.")
            continue
        fresh = repeated.run_again(part.run, path)
        changed = repeated.elsewhere(part.run.environment, fresh.environment)
        elsewhere |= dict.fromkeys(changed)
        series += len(part.run.digests)
        rows += len(part.run.rows)
        own = _differences(told, part, part.run, fresh, not changed)
        differences += [f"{echo(part.key)}: {one}" for one in own]
    return repeated.Report(
        path.parent / told.lecture,
        not elsewhere,
        len(told.files),
        series,
        rows,
        tuple(differences),
        tuple(elsewhere),
    )


def _differences(told: Report, part: ReportedPart, run: Run, fresh: Trace, exact: bool) -> Iterator[str]:
    """On another machine only what is on screen can be compared: a lecture keeps no traces."""
    yield from repeated.record_differences(run, fresh)
    if exact:
        yield from repeated.exact_differences(run, fresh)
    try:
        look = Look.parse(told.language, told.theme, told.quality, told.captions)
        film = replay.film_of(fresh, run.scene, look, [beat.name for beat in part.beats])
    except InputError as error:
        yield str(error)
        return
    # When something is shown depends on the lecture's own words and voices: it must lie inside its beat.
    yield from replay.row_differences(run.rows, film, fresh, exact=exact, times=False)
    spans = {beat.name: (beat.start_s, beat.end_s) for beat in part.beats}
    before_s = part.start_s
    for row in run.rows:
        start_s, end_s = spans.get(row.beat, (part.start_s, part.end_s))
        if not max(before_s, start_s) - NEAR_S <= row.time_s <= end_s + NEAR_S:
            yield f"{row.time_s:.2f} s, {echo(row.series)}: not a time of beat {echo(row.beat)}."
            return
        before_s = row.time_s


def read(path: Path) -> Report:
    """The report that `lecture` wrote; InputError when it is missing, no JSON, of a newer schema, or other."""
    return json_records.read(
        path, Report, SCHEMA, "a lecture's report", "the lecture", "Make the lecture again"
    )
