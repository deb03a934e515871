"""One .npz file that holds named arrays and a JSON header. Nothing in it is ever pickled.

Inside the archive the header is the array ``header`` (a unicode scalar), each series is ``series/<name>``.
"""

import json
import os
import struct
import zipfile
from collections.abc import Mapping
from io import BufferedReader
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from engine.errors import InputError, RunError
from engine.files import regular, strict_json
from engine.files.staging import staged
from engine.text.echo import echo
from engine.trace import npz_member

HEADER = "header"
PREFIX = "series/"
# A trace of the largest run there is needs less than a tenth of these; see docs/trace.md.
BYTES_MAX = 128 * 2**20
HEADER_BYTES_MAX = 16 * 2**20
MEMBERS_MAX = 4000
LIST_BYTES_MAX = 512 * MEMBERS_MAX
END, END64 = b"PK\x05\x06", b"PK\x06\x07"
END_BYTES = 22
ENCRYPTED = 0x1


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

    Everything is bounded before it is read (BYTES_MAX, MEMBERS_MAX, HEADER_BYTES_MAX) and again while it is, so that
    no file takes more memory or time than a large trace does.
    Raises InputError when the file is missing, no .npz, damaged, too large, without header or holds pickled objects.
    """
    try:
        with regular.opened(path, bytes_max=BYTES_MAX) as file:
            _check_end(path, file)
            members = _read_members(path, file)
    except InputError:
        raise
    except Exception as error:  # whatever a hostile or broken archive makes zipfile or zlib say
        raise damaged(path, "its archive cannot be read") from error
    text = members.pop(HEADER, None)
    if text is None or text.dtype.kind != "U" or text.ndim != 0:
        raise InputError(f"{echo(path)} is an .npz without a trace's header: give a file made by `trace`.")
    try:
        header = strict_json.parse(text.item())
    except strict_json.Wrong as error:
        raise damaged(path, f"its header is no record: {error}") from error
    if not isinstance(header, dict):
        raise damaged(path, "its header is not a JSON object")
    return header, {name.removeprefix(PREFIX): values for name, values in members.items()}


def _check_end(path: Path, file: BufferedReader) -> None:
    """Look at the archive's last record before zipfile reads its list of members, which may be of any length."""
    size = file.seek(0, os.SEEK_END)
    file.seek(max(size - len(END64) - 16 - END_BYTES, 0))
    tail = file.read()
    file.seek(0)
    if len(tail) < END_BYTES or not tail[-END_BYTES:].startswith(END):
        raise InputError(f"{echo(path)} is not a trace: a trace is a whole .npz file made by `trace`.")
    count, list_bytes = struct.unpack("<10xHI6x", tail[-END_BYTES:])
    if count > MEMBERS_MAX or list_bytes > LIST_BYTES_MAX or tail.startswith(END64):
        raise damaged(path, f"it has more than {MEMBERS_MAX} parts")


def _read_members(path: Path, file: BufferedReader) -> dict[str, NDArray[Any]]:
    with zipfile.ZipFile(file) as archive:
        claimed = archive.infolist()
        _check_claims(path, claimed)
        members = {}
        for one in claimed:
            name = one.filename.removesuffix(".npy")
            with archive.open(one) as member:
                data = member.read(one.file_size + 1)  # to its end: that compares the checksum
            try:
                members[name] = (
                    npz_member.array_of(data, HEADER_BYTES_MAX // 4)
                    if name == HEADER
                    else npz_member.array_of(data)
                )
            except npz_member.Wrong as error:
                raise damaged(path, f"{echo(name)}: {error}") from error
        return members


def _check_claims(path: Path, claimed: list[zipfile.ZipInfo]) -> None:
    """InputError for what no trace is, by what the archive says of its members."""
    total = sum(one.file_size for one in claimed)
    if total > BYTES_MAX:
        raise InputError(
            f"{echo(path)} holds {total / 2**20:.0f} MiB of numbers and a trace at most {BYTES_MAX // 2**20} MiB: "
            f"give a file made by `trace`."
        )
    names = [one.filename for one in claimed]
    if len(set(names)) != len(names):
        raise damaged(path, "it has two parts of one name")
    for one in claimed:
        if not one.filename.endswith(".npy"):
            raise damaged(path, f"{echo(one.filename)} in it is no array")
        if one.flag_bits & ENCRYPTED or one.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            raise damaged(path, f"{echo(one.filename)} in it is packed in a way that traces are not")
        if one.filename == f"{HEADER}.npy" and one.file_size > HEADER_BYTES_MAX:
            raise damaged(path, "its header is longer than any")


def damaged(path: Path, reason: str) -> InputError:
    """The error for a file that has the form of a trace and the contents of none."""
    return InputError(f"{echo(path)} is a damaged trace ({reason}): record it again.")
