"""Trace files that somebody made up: each is refused in a sentence, and before it costs memory or time."""

import io
import json
import os
import struct
import tracemalloc
import zipfile
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from engine.errors import InputError
from engine.trace import Series, Trace, storage

PARAMS = {"given": {}, "resolved": {}}
HEADER = {"schema": 1}


def toy() -> Trace:
    series = {"value": Series([1.0, 2.0], ("node",)), "name": Series(["가", "b"], ("node",))}
    return Trace("toy", "0", 0, PARAMS, {}, series)


def npy(shape: str, descr: str = "'<f8'", data: bytes = b"", order: str = "False") -> bytes:
    head = f"{{'descr': {descr}, 'fortran_order': {order}, 'shape': {shape}, }}".encode()
    head += b" " * (-(len(head) + 11) % 64) + b"\n"
    return b"\x93NUMPY\x01\x00" + struct.pack("<H", len(head)) + head + data


def header(text: str | None = None) -> bytes:
    file = io.BytesIO()
    np.save(file, np.array(json.dumps(HEADER) if text is None else text))
    return file.getvalue()


def archive(path: Path, members: dict[str, bytes]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as file:
        for name, data in members.items():
            file.writestr(name, data)
    return path


def one_member(data: bytes, name: str = "series/value.npy") -> Callable[[Path], Path]:
    return lambda path: archive(path, {"header.npy": header(), name: data})


def with_header(text: str) -> Callable[[Path], Path]:
    return lambda path: archive(path, {"header.npy": header(text)})


def zeros(path: Path) -> Path:
    return archive(
        path, {"header.npy": header(), "series/value.npy": npy(f"({20 * 2**20},)") + bytes(160 * 2**20)}
    )


def many(path: Path) -> Path:
    return archive(path, {f"series/s{i}.npy": b"" for i in range(storage.MEMBERS_MAX + 1)})


def twice(path: Path) -> Path:
    archive(path, {"header.npy": header(), "headex.npy": header()})
    path.write_bytes(path.read_bytes().replace(b"headex", b"header"))
    return path


def understated(path: Path) -> Path:
    """A member that inflates to more than the archive says."""
    toy().save(path)
    data = bytearray(path.read_bytes())
    with zipfile.ZipFile(io.BytesIO(bytes(data))) as file:
        size = file.getinfo("series/value.npy").file_size
    wrong = data.replace(struct.pack("<I", size), struct.pack("<I", size - 8))
    path.write_bytes(bytes(wrong))
    return path


def zip64(path: Path) -> Path:
    """The record before the last says that the list of members lies elsewhere."""
    toy().save(path)
    data = path.read_bytes()
    path.write_bytes(data[:-22] + b"PK\x06\x07" + bytes(16) + data[-22:])
    return path


def nested(path: Path) -> Path:
    return archive(path, {"header.npy": header(), "../../series/value.npy": npy("(1,)", data=bytes(8))})


FILES: dict[str, Callable[[Path], Path]] = {
    "160 MiB of zeros": zeros,
    "thousands of members": many,
    "a name twice": twice,
    "more than it says": understated,
    "zip64": zip64,
    "nested name": nested,
    "no array": one_member(b"text", "readme.txt"),
    "empty member": one_member(b""),
    "shape of truth": one_member(npy("(True, 5)", data=bytes(40))),
    "negative shape": one_member(npy("(-1, 5)", data=bytes(40))),
    "shape too large": one_member(npy(f"({2**40},)", data=bytes(40))),
    "shape of nothing": one_member(npy(f"(0, {2**62})")),
    "too short": one_member(npy("(3,)", data=bytes(16))),
    "too long": one_member(npy("(3,)", data=bytes(32))),
    "objects": one_member(npy("(1,)", "'|O'", bytes(8))),
    "records": one_member(npy("(1,)", "[('a', '<f8')]", bytes(8))),
    "bytes": one_member(npy("(1,)", "'|S8'", bytes(8))),
    "small integers": one_member(npy("(8,)", "'|i1'", bytes(8))),
    "complex": one_member(npy("(1,)", "'<c16'", bytes(16))),
    "long texts": one_member(npy("(1,)", "'<U100000'", bytes(400_000))),
    "texts of nothing": one_member(npy(f"({10**9},)", "'<U0'")),
    "no characters": one_member(npy("(1,)", "'<U1'", struct.pack("<I", 0x110000))),
    "half characters": one_member(npy("(1,)", "'<U1'", struct.pack("<I", 0xD800))),
    "no truth": one_member(npy("(1,)", "'|b1'", b"\x07")),
    "code in the head": one_member(npy("__import__('os')", data=bytes(8))),
    **{
        f"header {name}": with_header(text)
        for name, text in {
            "NaN": '{"schema": NaN}',
            "infinity": '{"schema": Infinity}',
            "too large": '{"schema": 1e999}',
            "5,000 digits": '{"schema": ' + "9" * 5000 + "}",
            "1,000 digits": '{"schema": ' + "9" * 1000 + "}",
            "deep": '{"schema": 1, "params": ' + "[" * 900 + "]" * 900 + "}",
            "very deep": "[" * 200_000,
            "a name twice": '{"schema": 1, "schema": 1}',
            "half a character": '{"schema": "\\ud800"}',
            "a list": "[1]",
        }.items()
    },
}


@pytest.mark.parametrize("make", FILES.values(), ids=FILES)
def test_refused_in_a_short_sentence(make: Callable[[Path], Path], tmp_path: Path) -> None:
    with pytest.raises(InputError) as caught:
        Trace.load(make(tmp_path / "t.npz"))
    said = str(caught.value)
    assert len(said) < 500
    assert said.isprintable()


def test_a_pipe_and_a_device_are_no_traces(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.npz")
    for path in (tmp_path / "pipe.npz", Path("/dev/zero")):
        with pytest.raises(InputError, match="no ordinary file"):
            Trace.load(path)


def test_zeros_take_no_memory(tmp_path: Path) -> None:
    path = zeros(tmp_path / "t.npz")
    tracemalloc.start()
    try:
        with pytest.raises(InputError, match="a trace at most 128 MiB"):
            Trace.load(path)
        assert tracemalloc.get_traced_memory()[1] < 20 * 2**20
    finally:
        tracemalloc.stop()


@pytest.mark.parametrize("order", ["<", ">"])
@pytest.mark.parametrize("fortran", [False, True])
def test_byte_order_and_order_of_axes_do_not_matter(tmp_path: Path, order: str, fortran: bool) -> None:
    values = np.arange(6.0).reshape(2, 3)
    trace = Trace(
        "toy", "0", 0, PARAMS, {}, {"a": Series(values, ("y", "x")), "t": Series(["가나", "b"], ("k",))}
    )
    trace.save(tmp_path / "t.npz")
    with np.load(tmp_path / "t.npz") as file:
        members = dict(file)
    for name in ("series/a", "series/t"):
        one = members[name]
        members[name] = np.array(one.astype(one.dtype.newbyteorder(order)), order="F" if fortran else "C")
    with open(tmp_path / "t.npz", "wb") as handle:
        np.savez(handle, **members)
    assert Trace.load(tmp_path / "t.npz") == trace
