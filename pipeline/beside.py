"""What goes beside a film or a clip: its captions, the trace that it draws, and the record of what it shows."""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from engine.files.staging import Stage
from pipeline import json_records, numbers, subtitles
from pipeline.numbers import Numbers
from pipeline.outputs import free_target, save_trace

if TYPE_CHECKING:
    from engine.trace import Trace
    from pipeline.film import FilmJob, FilmResult

TRACE = ".trace.npz"
SUFFIXES = (*subtitles.FORMATS, TRACE, numbers.SUFFIX)


def places(stage: Stage, path: Callable[[str], Path]) -> dict[str, Path]:
    """Where to write each of the files, by suffix; ``path`` says where that one is to be in the end."""
    return {suffix: stage.file(free_target(path(suffix))) for suffix in SUFFIXES}


def write(
    stage: Stage,
    places: Mapping[str, Path],
    trace: "Trace",
    job: "FilmJob",
    result: "FilmResult",
    clip: Path,
    settle: Callable[[Numbers], Numbers] = lambda told: told,
) -> None:
    """Write them, once all else of ``stage`` is written: the record has the sha256 of every file.

    clip: the film, where it is to be.  settle: what the record becomes before it is written.
    """
    subtitles.write(result.cues, places)
    save_trace(trace, places[TRACE])
    record = places[numbers.SUFFIX]
    files = {target.name: path for path, target in stage.files if path != record}
    json_records.write(settle(numbers.describe(trace, job, result, clip, files)), record)
