"""One .npz file that holds named arrays and a JSON header. Nothing in it is ever pickled.

Inside the archive the header is the array ``header`` (a unicode scalar), each series is ``series/<name>``.
"""

import io
import json
import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from engine.echo import echo
from engine.errors import InputError, RunError
from engine.staging import staged

HEADER = "header"
PREFIX = "series/"


def write(path: Path, header: Mapping[str, Any], arrays: Mapping[str, NDArray[Any]]) -> None:
    """Write ``header`` (JSON data) and ``arrays`` to ``path``: beside it first, then renamed over it.

    Raises RunError when the place cannot be written; a failure leaves neither a part nor a temporary file.
    """
    text = json.dumps(header, ensure_ascii=True, allow_nan=False)
    members = {HEADER: np.array(text), **{PREFIX + name: values for name, values in arrays.items()}}
    try:
        with staged(path.parent) as stage, open(stage.file(path), "wb") as file:
            _write_members(file, members)
    except OSError as error:
        raise RunError(f"{echo(path)} cannot be written ({error.strerror}): choose another place.") from error


def _write_members(file: Any, members: Mapping[str, NDArray[Any]]) -> None:
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, values in members.items():
            # A ZipInfo without a date keeps the bytes of the file the same from run to run.
            with archive.open(zipfile.ZipInfo(f"{name}.npy"), "w", force_zip64=True) as member:
                np.lib.format.write_array(member, np.asanyarray(values), allow_pickle=False)


def read(path: Path) -> tuple[dict[str, Any], dict[str, NDArray[Any]]]:
    """Return the header and the arrays by series name.

    Raises InputError when the file is missing, no .npz, damaged, without header or holds pickled objects.
    """
    try:
        with open(path, "rb") as file:
            if not zipfile.is_zipfile(file):
                raise InputError(f"{path} is not a trace: a trace is a whole .npz file made by `trace`.")
            file.seek(0)
            members = _read_members(file)
    except OSError as error:
        reason = error.strerror or "damaged"
        raise InputError(f"{path} cannot be read ({reason}): check the path, or record it again.") from error
    except InputError:
        raise
    except Exception as error:  # whatever a hostile or broken archive makes zipfile or numpy say
        raise damaged(path, str(error)) from error
    text = members.pop(HEADER, None)
    if text is None or text.dtype.kind != "U" or text.ndim != 0:
        raise InputError(f"{path} is an .npz without a trace's header: give a file made by `trace`.")
    try:
        header = json.loads(text.item())
    except (ValueError, RecursionError) as error:
        raise damaged(path, "its header is not JSON") from error
    if not isinstance(header, dict):
        raise damaged(path, "its header is not a JSON object")
    return header, {name.removeprefix(PREFIX): values for name, values in members.items()}


def _read_members(file: Any) -> dict[str, NDArray[Any]]:
    with zipfile.ZipFile(file) as archive:
        members = {}
        for name in archive.namelist():
            whole = io.BytesIO(archive.read(name))  # read to its end first: that compares the checksum
            members[name.removesuffix(".npy")] = np.lib.format.read_array(whole, allow_pickle=False)
        return members


def damaged(path: Path, reason: str) -> InputError:
    """The error for a file that has the form of a trace and the contents of none."""
    return InputError(f"{path} is a damaged trace ({reason}): record it again.")
