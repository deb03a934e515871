"""JSON records that gradreel writes beside what it makes, and reads again: strict, bounded, to the last bit."""

import json
import os
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any, TypeVar

from pydantic import AfterValidator, BaseModel, ConfigDict, FailFast, ValidationError
from pydantic_core import PydanticCustomError

from engine.errors import InputError
from engine.files import regular, strict_json
from engine.text.echo import echo
from pipeline.complaints import complaint
from pipeline.values import impossible

BYTES_MAX = 32 * 2**20  # a lecture of an hour has a tenth of it
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


def write(record: BaseModel, path: Path) -> None:
    """Write it as JSON; floats are written so that reading them gives the very same bits."""
    path.write_text(json.dumps(record.model_dump(), ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def read(path: Path, model: type[Record], schema: int, what: str, owner: str, again: str) -> Record:
    """A JSON record that gradreel wrote beside ``owner``, as ``model``; ``again``: the remedy, a sentence's start.

    Raises InputError when it is missing, too large, no JSON, of a newer schema than ``schema``, or not ``what``.
    """
    if not os.path.lexists(path):
        raise InputError(f"{echo(path)} cannot be read: it is written beside {owner}; keep them together.")
    try:
        raw = regular.content(path, bytes_max=BYTES_MAX)
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


def plain(data: Mapping[str, Any]) -> dict[str, Any]:
    """A copy as JSON gives it back: tuples are lists, mappings are dicts."""
    plain: dict[str, Any] = json.loads(json.dumps(data, allow_nan=False, default=dict))
    return plain
