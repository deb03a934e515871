"""``<clip>.numbers.json``: where every number of a clip came from, and how to make it again."""

import hashlib
import json
import os
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, TypeVar

from pydantic import AfterValidator, BaseModel, ConfigDict, FailFast, ValidationError
from pydantic_core import PydanticCustomError

from engine.errors import InputError
from engine.files import regular, strict_json
from engine.text.echo import echo
from pipeline.complaints import complaint
from pipeline.values import impossible

if TYPE_CHECKING:
    from engine.trace import Trace
    from pipeline.film import FilmJob, FilmResult

SCHEMA = 1
SUFFIX = ".numbers.json"
RECORD_BYTES_MAX = 32 * 2**20  # a lecture of an hour has a tenth of it
COMMAS_MAX = 700_000  # a hundred thousand rows; a wrong value between two of them takes a kilobyte to tell
Record = TypeVar("Record", bound=BaseModel)
One = TypeVar("One")
# Of a list only the first fault is looked for: a million of them would take all memory to tell.
Listed = Annotated[list[One], FailFast()]


def _file_name(text: str) -> str:
    """``text``, where it can name a file beside the record: what lies elsewhere is no part of what was made."""
    if Path(text).name != text or text in ("", "..") or impossible(text):
        raise PydanticCustomError("file_name", "no name of a file")
    return text


FileName = Annotated[str, AfterValidator(_file_name)]


class Strict(BaseModel):
    """Nothing missing, nothing extra, nothing converted."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


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
    from pipeline import __version__

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


def plain(data: Mapping[str, Any]) -> dict[str, Any]:
    """A copy as JSON gives it back: tuples are lists, mappings are dicts."""
    plain: dict[str, Any] = json.loads(json.dumps(data, allow_nan=False, default=dict))
    return plain


def write(numbers: Numbers, path: Path) -> None:
    """Write it as JSON; floats are written so that reading them gives the very same bits."""
    path.write_text(json.dumps(numbers.model_dump(), ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def read(path: Path) -> Numbers:
    """Read what ``write`` wrote; InputError when it is missing, no JSON, of a newer schema, or other."""
    return read_record(path, Numbers, SCHEMA, "a clip's numbers file", "the clip", "Render the clip again")


def read_record(path: Path, model: type[Record], schema: int, what: str, owner: str, again: str) -> Record:
    """A JSON record that gradreel wrote beside ``owner``, as ``model``; ``again``: the remedy, a sentence's start.

    Raises InputError when it is missing, too large, no JSON, of a newer schema than ``schema``, or not ``what``.
    """
    if not os.path.lexists(path):
        raise InputError(f"{echo(path)} cannot be read: it is written beside {owner}; keep them together.")
    try:
        raw = regular.content(path, bytes_max=RECORD_BYTES_MAX)
        if raw.count(b",") > COMMAS_MAX:
            raise InputError(f"{echo(path)} is not {what}, it lists too much. {again}.")
        data = strict_json.parse(raw.decode("utf-8"))
    except UnicodeDecodeError as error:
        raise InputError(f"{echo(path)} is not UTF-8 text: {again[0].lower()}{again[1:]}.") from error
    except strict_json.Wrong as error:
        raise InputError(
            f"{echo(path)} is not {what}, because {error}: {again[0].lower()}{again[1:]}."
        ) from error
    version = data.get("schema_version") if isinstance(data, dict) else None
    if isinstance(version, int) and version > schema:
        raise InputError(
            f"{echo(path)} has schema {echo(version)} and this gradreel reads up to {schema}: update gradreel."
        )
    try:
        return model.model_validate(data)
    except ValidationError as error:
        raise InputError(f"{echo(path)} is not {what}: {complaint(error)}. {again}.") from error


def sha256(path: Path) -> str:
    """sha256 hex of a file's bytes."""
    with open(path, "rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def beside(clip: Path) -> Path:
    """The numbers file of a clip; a numbers file is its own."""
    return clip if clip.name.endswith(SUFFIX) else clip.with_suffix(SUFFIX)
