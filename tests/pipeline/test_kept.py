"""What a cache holds is taken only when it is whole and its own: damage of every kind is none, at once."""

import hashlib
import json
import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from engine.files import regular
from pipeline import kept
from pipeline.cache import load, store
from pipeline.studio import store as films
from tests.scenes.watching import recorded

HELD = {"film.mp4": b"a film" * 100, "result.json": b'{"seconds": 1}'}
FILES = {name: kept.holding(data) for name, data in HELD.items()}
ANOTHER = {"film.mp4": kept.holding(b"another film"), "result.json": kept.holding(b"{}")}


@pytest.fixture
def place(tmp_path: Path) -> Path:
    entry = tmp_path / "films" / ("0" * 64)
    kept.put(entry, FILES)
    assert kept.take(entry, "film.mp4") == entry / "film.mp4"
    return entry


def replaced(path: Path, make: Callable[[Path], object]) -> None:
    if path.is_dir():
        shutil.rmtree(path)
    else:
        path.unlink()
    make(path)


def flipped(path: Path, at: int) -> None:
    data = bytearray(path.read_bytes())
    data[at % len(data)] ^= 1
    path.write_bytes(data)


DAMAGES: dict[str, Callable[[Path], object]] = {
    "cut off": lambda path: os.truncate(path, path.stat().st_size // 2),
    "empty": lambda path: os.truncate(path, 0),
    "longer": lambda path: path.write_bytes(path.read_bytes() + b"\0"),
    "first bit": lambda path: flipped(path, 0),
    "middle bit": lambda path: flipped(path, path.stat().st_size // 2),
    "last bit": lambda path: flipped(path, -1),
    "gone": lambda path: path.unlink(),
    "folder": lambda path: replaced(path, Path.mkdir),
    "pipe": lambda path: replaced(path, os.mkfifo),
    "endless": lambda path: replaced(path, lambda one: one.symlink_to("/dev/zero")),
    "nothing": lambda path: replaced(path, lambda one: one.symlink_to("/dev/null")),
    "loop": lambda path: replaced(path, lambda one: one.symlink_to(one.name)),
    "dangling": lambda path: replaced(path, lambda one: one.symlink_to("nowhere")),
}


@pytest.mark.parametrize("damage", DAMAGES)
@pytest.mark.parametrize("name", ["film.mp4", kept.ABOUT])
def test_a_damaged_entry_is_none_and_can_be_kept_again(place: Path, name: str, damage: str) -> None:
    DAMAGES[damage](place / name)
    assert kept.take(place, "film.mp4") is None
    kept.put(place, FILES)
    assert (place / "film.mp4").read_bytes() == HELD["film.mp4"]
    assert kept.take(place, "film.mp4") is not None
    assert [path.name for path in place.parent.iterdir()] == [place.name]


@pytest.mark.parametrize("damage", ["gone", "file", "pipe", "endless", "loop"])
def test_something_else_in_the_place_of_an_entry(place: Path, damage: str) -> None:
    shutil.rmtree(place)
    make: dict[str, Callable[[Path], object]] = {"file": Path.touch, "gone": lambda path: None}
    if damage in make:
        make[damage](place)
    else:
        place.touch()
        DAMAGES[damage](place)
    assert kept.take(place, "film.mp4") is None
    kept.put(place, FILES)
    assert kept.take(place, "film.mp4") is not None


ABOUTS = [
    "", "{", "[]", "null", "NaN", '"text"', "[" * 50_000, '{"key": NaN}', '{"key": 3, "sha256": 4}',
    json.dumps({"key": "0" * 64}), json.dumps({"key": "0" * 64, "sha256": []}),
    json.dumps({"key": "0" * 64, "sha256": {"film.mp4": None}}), " " * (kept.ABOUT_MAX_BYTES + 1), "\ud800",
]  # fmt: skip


@pytest.mark.parametrize("text", ABOUTS, ids=range(len(ABOUTS)))
def test_what_is_said_of_an_entry_may_be_anything(place: Path, text: str) -> None:
    (place / kept.ABOUT).write_bytes(text.encode("utf-8", "surrogatepass"))
    assert kept.take(place, "film.mp4") is None


def test_a_file_of_another_size_is_not_read(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It may have grown to the size of the disk."""
    os.truncate(place / "film.mp4", 2**34)
    monkeypatch.setattr(hashlib, "file_digest", lambda *args: pytest.fail("it is read"))
    assert kept.take(place, "film.mp4") is None


def test_an_entry_in_anothers_place_is_none(place: Path) -> None:
    other = place.with_name("1" * 64)
    kept.put(other, ANOTHER)
    aside = place.with_name("aside")
    place.rename(aside)
    other.rename(place)
    aside.rename(other)
    assert kept.take(place, "film.mp4") is None
    assert kept.take(other, "film.mp4") is None


def test_a_file_of_another_entry_is_none(place: Path) -> None:
    other = place.with_name("1" * 64)
    kept.put(other, ANOTHER)
    shutil.copyfile(other / "film.mp4", place / "film.mp4")
    assert kept.take(place, "film.mp4") is None


def test_a_trace_in_anothers_place_is_recorded_anew(tmp_path: Path) -> None:
    trace = recorded("backpropagation")
    one, other = tmp_path / "one", tmp_path / "other"
    assert store(trace, one)
    given, resolved = trace.params["given"], trace.params["resolved"]
    assert load(one, trace.recorder, given, resolved) == trace
    one.rename(other)
    assert load(other, trace.recorder, given, resolved) is None


def test_a_trace_of_other_parameters_is_none_whatever_is_said_of_it(tmp_path: Path) -> None:
    """Kept under this entry's own key, with the right checksum."""
    trace, one = recorded("backpropagation"), tmp_path / "one"
    assert store(trace, one)
    given, resolved = trace.params["given"], trace.params["resolved"]
    assert load(one, trace.recorder, given, {**resolved, "lr": resolved["lr"] / 2}) is None
    assert load(one, trace.recorder, {**given, "lr": resolved["lr"]}, resolved) is None


def test_a_time_to_come_is_no_matter(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GRADREEL_CACHE", str(place.parents[1]))
    os.utime(place / kept.ABOUT, (2**33, 2**33))
    films.prune([], limit=10**6)
    assert kept.take(place, "film.mp4") is not None


def test_a_full_disk_is_said_to_whoever_keeps(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = place.stat().st_ino

    def full(self: Path, data: bytes) -> int:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "write_bytes", full)
    with pytest.raises(OSError, match="No space left"):
        kept.put(place, FILES)
    assert place.stat().st_ino == before
    assert [path.name for path in place.parent.iterdir()] == [place.name]


def test_regular_is_what_opens_them(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """So that nothing is opened that has no end: whoever opens a cache's file another way fails here."""
    monkeypatch.setattr(Path, "read_bytes", lambda path: pytest.fail("read whole, without looking"))
    monkeypatch.setattr(regular, "GIB", 1)
    assert kept.take(place, "film.mp4") is not None
