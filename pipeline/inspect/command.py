"""`inspect`: scene after scene, a contact sheet and a list each."""

from __future__ import annotations

from pathlib import Path

from engine.trace import Trace
from pipeline.console import say, say_json
from pipeline.film import FilmJob
from pipeline.inspect.inspector import Inspection, inspect_film
from pipeline.inspect.report import as_json, lines, title
from pipeline.inspect.sheet import write_sheet
from pipeline.make import Request, stoppable, trace_for
from pipeline.outputs import free_target, ready_folder, staged
from pipeline.plan import Planned, plan
from pipeline.target import DEFAULT_FOLDER

QUALITY = "480p60"  # small frames at the film's own rate, so that times are those of the film
SUFFIX = ".inspect.png"


def inspect(request: Request, as_json_too: bool) -> bool:
    """Inspect every film of the request, write its sheet, print its report; True when nothing was found."""
    folder = ready_folder(request.output or Path(DEFAULT_FOLDER))
    planned = plan(request.cards, request.style, (), folder)
    for one in planned:
        free_target(_sheet_path(folder, one))
    reports, good = [], True
    for card in request.cards:
        trace = trace_for(request, card)
        for one in planned:
            if one.job.slug == card.slug:
                inspection, sheet = _inspect(one.job, trace, _sheet_path(folder, one))
                good = good and not inspection.problems
                reports.append(as_json(one.job, inspection, trace.params["resolved"], sheet))
                if not as_json_too:
                    say("\n".join(lines(one.job, inspection, sheet)))
    if as_json_too:
        say_json(reports)
    return good


def _sheet_path(folder: Path, planned: Planned) -> Path:
    return folder / (planned.target.stem.removesuffix(f"-{QUALITY}") + SUFFIX)


def _inspect(job: FilmJob, trace: Trace, path: Path) -> tuple[Inspection, str]:
    with stoppable(f"inspecting {job.slug} ({job.language})") as reached:
        inspection = inspect_film(trace, job, job.card, reached.film)
    if not inspection.tiles:
        return inspection, ""
    with staged(path.parent) as stage:
        write_sheet(stage.file(path), title(job, inspection), inspection.tiles, inspection.problems)
    return inspection, str(path)
