"""Which data a run trains on, decided before anything runs: a data set at hand, or a CSV file of one's own."""

import hashlib
import ntpath
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from engine.data.numbers.classified import ClassTable, read_classes
from engine.data.numbers.file import FILE_MAX_BYTES
from engine.errors import InputError
from engine.files import given as files
from engine.files import named, regular
from engine.files.named import Named
from engine.text import signs
from engine.text.composed import composed
from engine.text.echo import typed
from engine.trace import Trace

BUILT_IN = ("iris", "wine", "breast_cancer", "digits")
NAME_MAX = 60


def with_data(resolved: dict[str, Any]) -> dict[str, Any]:
    """A path becomes a ``Named``, and its table is read: what is wrong with it is said before anything runs.

    No data at all stands for a file that a trace tells of, which is nobody's business when the trace is only drawn.
    """
    data, label = resolved["data"], resolved["label"]
    if data is None:
        return resolved
    if data in BUILT_IN:
        if label:
            raise InputError(
                f"label is {typed(label)}, and {data} knows its classes: leave it out, or give a CSV file as data."
            )
        return resolved
    if isinstance(data, str):
        if not named.SUFFIX.search(data):
            raise InputError(
                f"data is {typed(data)}: give one of {', '.join(BUILT_IN)}, or the path of a CSV file with its ending, "
                "such as my.csv."
            )
        data = Named(text=data, files={data: files.checked("data", data)["sha256"]})
    elif list(data["files"]) != [data["text"]]:
        raise InputError(f"data is {typed(data['text'])}: give the path of one CSV file.")
    else:
        named.checked("data", data)
    shown = name_of(data)
    if told := signs.complaint(shown):
        raise InputError(f"The name of the file {typed(shown)} {told}.")
    table_of(data, label)
    return resolved | {"data": data}


def name_of(data: str | Mapping[str, Any]) -> str:
    """What the films call the data: the data set, or the file with its ending, so that no file is taken for one."""
    if isinstance(data, str):
        return data
    name = composed(ntpath.basename(data["text"]))  # either slash, wherever the film was made
    return name if len(name) <= NAME_MAX else f"{name[: NAME_MAX - 1]}…"


def table_of(data: Mapping[str, Any], label: str) -> ClassTable:
    """The table of a resolved file. InputError for what it holds, and when it is no longer the file of the run."""
    ((path, sha256),) = data["files"].items()
    return _table(path, sha256, label)


@lru_cache(maxsize=8)  # one render resolves its parameters several times
def _table(path: str, sha256: str, label: str) -> ClassTable:
    content = regular.content(path, bytes_max=FILE_MAX_BYTES)
    if hashlib.sha256(content).hexdigest() != sha256:
        raise InputError(f"{regular.name_of(path)} was changed while it was being read: start again.")
    return read_classes(content, regular.name_of(path), label)


def data_fits(trace: Trace, prefix: str = "") -> str | None:
    """``data/name`` is what the parameter data is called; a relation of whoever declares that series."""
    given, shown = trace.params["resolved"]["data"], trace.series[f"{prefix}data/name"].item()
    if given is None or shown != name_of(given) or (shown in BUILT_IN and not isinstance(given, str)):
        return f"{prefix}data/name is not the parameter data"
    return None
