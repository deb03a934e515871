"""An inspection as text and as JSON."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import asdict
from typing import Any

from engine.text.echo import whole_path
from pipeline.console import clock
from pipeline.film import FilmJob
from pipeline.inspect.inspector import Inspection
from pipeline.inspect.problems import Problem


def title(job: FilmJob, inspection: Inspection) -> str:
    """One line: which film, how long, how many problems."""
    count = len(inspection.problems)
    found = "no problem" if count == 0 else f"{count} problem{'s' if count > 1 else ''}"
    meant = len(inspection.exceptions)
    said = f", {meant} declared exception{'s' if meant != 1 else ''}" if meant else ""
    return f"{job.slug} ({job.language}, {job.theme}), {clock(inspection.seconds)}: {found}{said}"


def lines(job: FilmJob, inspection: Inspection, sheet: str) -> Iterator[str]:
    """The report for people."""
    yield title(job, inspection)
    for number, problem in enumerate(inspection.problems, 1):
        yield f"{number:3}  {_when(problem)}  {problem.beat or '-'}  {problem.kind}  {problem.what}"
        yield f"     {problem.place}"
        yield f"     {problem.detail} {problem.advice}"
    for exempted in inspection.exceptions:
        where = f"{exempted.beat}  {exempted.kind}  {exempted.what}  {exempted.place}"
        yield f"  ok  {clock(exempted.time_s)}  {where}"
        yield f"      Meant: {exempted.reason}"
    if sheet:
        yield f"     {whole_path(sheet)}"


def _when(problem: Problem) -> str:
    if problem.moment < 0:
        return "texts"
    start, end = clock(problem.time_s), clock(problem.until_s)
    return start if start == end else f"{start}–{end}"


def as_json(job: FilmJob, inspection: Inspection, params: Mapping[str, Any], sheet: str) -> dict[str, Any]:
    """The report for machines. Times are clip seconds; boxes are frame units: left, bottom, right, top."""
    return {
        "scene": job.slug,
        "language": job.language,
        "theme": job.theme,
        "parameters": dict(params),
        "seconds": round(inspection.seconds, 3),
        "moments": inspection.moments,
        "sheet": sheet or None,
        "problems": [
            {"number": number, **_problem(problem)} for number, problem in enumerate(inspection.problems, 1)
        ],
        "exceptions": [asdict(exempted) for exempted in inspection.exceptions],
    }


def _problem(problem: Problem) -> dict[str, Any]:
    file, _, line = problem.place.rpartition(":")
    located = line.isdigit()
    return {
        "kind": problem.kind,
        "time_s": round(problem.time_s, 3),
        "until_s": round(problem.until_s, 3),
        "beat": problem.beat,
        "mobject": problem.what,
        "file": file if located else problem.place,
        "line": int(line) if located else None,
        "detail": problem.detail,
        "advice": problem.advice,
        "boxes": [[round(v, 3) for v in box] for box in problem.boxes],
    }
