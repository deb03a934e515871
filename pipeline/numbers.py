"""``<clip>.numbers.json``: where every number of a clip came from, and how to make it again."""

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from engine import __version__
from engine.files.digest import sha256
from pipeline import json_records
from pipeline.json_records import FileName, Listed, Strict, plain

if TYPE_CHECKING:
    from engine.trace import Trace
    from pipeline.film import FilmJob, FilmResult

SCHEMA = 1
SUFFIX = ".numbers.json"


class ShownNumber(Strict):
    """One text on screen: clip time (s), beat, text, series and index, the exact value, its format."""

    time_s: float
    beat: str
    text: str
    series: str
    index: Listed[int]
    value: bool | int | float | str
    format: str


class Span(Strict):
    """When a beat plays, in seconds of the clip."""

    name: str
    title: str
    start_s: float
    end_s: float


class Numbers(Strict):
    """The whole file. digests: sha256 of every series; files: sha256 by file name, the clip's included."""

    schema_version: int
    gradreel: str
    clip: FileName
    scene: str
    language: str
    theme: str
    quality: str
    captions: str
    seconds: float
    frames: int
    beats: Listed[Span]
    recorder: str
    seed: int
    params: dict[str, Any]
    environment: dict[str, Any]
    digests: dict[str, str]
    files: dict[FileName, str]
    rows: Listed[ShownNumber]


def describe(
    trace: "Trace", job: "FilmJob", result: "FilmResult", target: Path, files: Mapping[str, Path]
) -> Numbers:
    """The record of a film just rendered. ``files``: final name to the path where the bytes are now."""
    return Numbers(
        schema_version=SCHEMA,
        gradreel=__version__,
        clip=target.name,
        scene=job.slug,
        language=job.language,
        theme=job.theme,
        quality=job.quality.name,
        captions=job.captions,
        seconds=float(result.seconds),
        frames=result.frames,
        beats=[
            Span(name=span.name, title=span.title, start_s=float(span.start_s), end_s=float(span.end_s))
            for span in result.spans
        ],
        recorder=trace.recorder,
        seed=trace.seed,
        params=plain(trace.params),
        environment=plain(trace.environment),
        digests=trace.digest(),
        files={name: sha256(path) for name, path in files.items()},
        rows=[shown_number(row) for row in result.rows],
    )


def shown_number(row: Any, later_s: float = 0.0) -> ShownNumber:
    """A row of a film; ``later_s`` is when the film begins, where it is part of a longer one."""
    value = row.value.item() if hasattr(row.value, "item") else row.value
    return ShownNumber(
        time_s=float(row.time_s) + later_s,
        beat=row.beat,
        text=str(row.text),
        series=row.series,
        index=[int(place) for place in row.index],
        value=value,
        format=row.format,
    )


def read(path: Path) -> Numbers:
    """The record at ``path``; InputError when it is missing, no JSON, of a newer schema, or other."""
    return json_records.read(
        path, Numbers, SCHEMA, "a clip's numbers file", "the clip", "Render the clip again"
    )


def beside(clip: Path) -> Path:
    """The numbers file of a clip; a numbers file is its own."""
    return clip if clip.name.endswith(SUFFIX) else clip.with_suffix(SUFFIX)
