"""A fresh clip verifies; any altered number, text or file does not."""

import json
import os
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from click.testing import Result

from engine.trace import Trace
from pipeline import near
from tests.conftest import Film

MEASURED: dict[object, Any] = {}
Run = Callable[..., Result]
Change = Callable[[dict[str, Any]], None]


@pytest.fixture
def copy(film: Film, tmp_path: Path) -> Film:
    folder = tmp_path / "copy"
    shutil.copytree(film.clip.parent, folder)
    return Film(folder / film.clip.name)


@pytest.fixture(autouse=True)
def measured_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """The same film of the same trace is measured once for all of these tests."""
    from pipeline import film

    really = film.measure_film

    def measure(trace: Trace, job: film.FilmJob) -> film.FilmResult:
        key = (tuple(trace.digest().items()), job)
        if key not in MEASURED:
            MEASURED[key] = really(trace, job)
        return MEASURED[key]

    monkeypatch.setattr(film, "measure_film", measure)


def alter(copy: Film, change: Change) -> None:
    data = json.loads(copy.numbers.read_text("utf-8"))
    change(data)
    copy.numbers.write_text(json.dumps(data, ensure_ascii=False), "utf-8")


def number_row(data: dict[str, Any]) -> dict[str, Any]:
    return next(row for row in data["rows"] if isinstance(row["value"], float) and row["value"] != 0)


def test_a_fresh_clip_is_good(run: Run, copy: Film) -> None:
    for given in (copy.clip, copy.numbers):
        result = run("verify", given)
        assert (result.exit_code, result.stderr) == (0, "")
        assert "OK" in result.stdout
        assert "bit for bit: same processor, same versions" in result.stdout


def value_changed(data: dict[str, Any]) -> None:
    row = number_row(data)
    row["value"] = float(np.nextafter(row["value"], np.inf))


def text_changed(data: dict[str, Any]) -> None:
    number_row(data)["text"] = "42"


def value_and_text_changed(data: dict[str, Any]) -> None:
    number_row(data).update(value=42.0, text="42", format="auto")


def index_changed(data: dict[str, Any]) -> None:
    next(row for row in data["rows"] if row["index"])["index"][0] = 10_000


def series_changed(data: dict[str, Any]) -> None:
    number_row(data)["series"] = "graph/nothing"


def format_broken(data: dict[str, Any]) -> None:
    number_row(data)["format"] = "no format"


def name_changed(data: dict[str, Any]) -> None:
    row = next(row for row in data["rows"] if isinstance(row["value"], str))
    row.update(value="invented", text="invented")


def digest_changed(data: dict[str, Any]) -> None:
    data["digests"]["graph/value"] = "0" * 64


def digest_gone(data: dict[str, Any]) -> None:
    del data["digests"]["graph/value"]


def parameter_changed(data: dict[str, Any]) -> None:
    data["params"]["given"]["lr"] = 0.5


def seed_given_otherwise(data: dict[str, Any]) -> None:
    data["params"]["given"]["seed"] = data["seed"] + 1


def seed_noted_otherwise(data: dict[str, Any]) -> None:
    data["params"]["given"]["seed"] = data["seed"]
    data["seed"] += 1


def resolved_changed(data: dict[str, Any]) -> None:
    data["params"]["resolved"]["lr"] = 0.5


def checksum_gone(data: dict[str, Any]) -> None:
    del data["files"][data["clip"]]


def rows_deleted(data: dict[str, Any]) -> None:
    data["rows"] = []


def row_deleted(data: dict[str, Any]) -> None:
    del data["rows"][1]


def row_twice(data: dict[str, Any]) -> None:
    data["rows"].insert(1, data["rows"][1])


def rows_in_another_order(data: dict[str, Any]) -> None:
    data["rows"].reverse()


def time_changed(data: dict[str, Any]) -> None:
    data["rows"][0]["time_s"] += 1.0


def format_changed(data: dict[str, Any]) -> None:
    number_row(data)["format"] = "1999999999d"


def row_in_another_beat(data: dict[str, Any]) -> None:
    row = number_row(data)
    row["beat"] = "graph" if row["beat"] == "values" else "values"


def beat_longer(data: dict[str, Any]) -> None:
    data["beats"][0]["end_s"] += 0.5


def beat_named_otherwise(data: dict[str, Any]) -> None:
    data["beats"][0]["title"] = "Something else"


def beats_gone(data: dict[str, Any]) -> None:
    data["beats"] = []


def another_beat(data: dict[str, Any]) -> None:
    data["beats"][0]["name"] = "chain"


def length_changed(data: dict[str, Any]) -> None:
    data["seconds"] += 1.0


def frames_changed(data: dict[str, Any]) -> None:
    data["frames"] += 1


def another_scene(data: dict[str, Any]) -> None:
    data["scene"] = "forward"


def another_language(data: dict[str, Any]) -> None:
    data["language"] = "ko"


def no_quality(data: dict[str, Any]) -> None:
    data["quality"] = "9" * 400


CHANGES: list[Change] = [
    rows_deleted, row_deleted, row_twice, rows_in_another_order, time_changed, format_changed, row_in_another_beat,
    beat_longer, beat_named_otherwise, beats_gone, another_beat, length_changed, frames_changed, another_scene,
    another_language, no_quality,
    value_changed, text_changed, value_and_text_changed, index_changed, series_changed, format_broken,
    digest_changed, digest_gone, parameter_changed, resolved_changed, checksum_gone,
    seed_given_otherwise, seed_noted_otherwise,
]  # fmt: skip


@pytest.mark.parametrize("change", CHANGES, ids=lambda change: change.__name__)
def test_an_altered_record_is_found(run: Run, copy: Film, change: Change) -> None:
    alter(copy, change)
    result = run("verify", copy.clip)
    assert (result.exit_code, result.stdout) == (1, "")
    assert "differs in" in result.stderr


@pytest.mark.parametrize(
    "change",
    [value_and_text_changed, text_changed, index_changed, row_deleted, beat_longer],
    ids=lambda c: c.__name__,
)
def test_an_altered_record_is_found_on_another_machine(run: Run, copy: Film, change: Change) -> None:
    alter(copy, lambda data: data["environment"].update(torch="0.0.1"))
    assert run("verify", copy.clip).exit_code == 0
    alter(copy, change)
    assert run("verify", copy.clip).exit_code == 1


@pytest.mark.parametrize("suffix", [".mp4", ".srt", ".vtt", ".trace.npz"])
@pytest.mark.parametrize("how", ["changed", "gone"])
def test_an_altered_file_is_found(run: Run, copy: Film, suffix: str, how: str) -> None:
    path = copy.clip.with_suffix(suffix)
    if how == "changed":
        content = bytearray(path.read_bytes())
        content[len(content) // 2] ^= 1
        path.write_bytes(bytes(content))
    else:
        path.unlink()
    result = run("verify", copy.numbers)
    assert result.exit_code == 1
    assert path.name in result.stderr


def test_another_machine_compares_within_the_tolerance(run: Run, copy: Film) -> None:
    alter(copy, lambda data: data["environment"].update(torch="0.0.1"))
    result = run("verify", copy.clip)
    assert (
        result.exit_code,
        "relative tolerance of 1e-06, because torch was 0.0.1 and is" in result.stdout,
    ) == (0, True)
    copy.trace.unlink()
    result = run("verify", copy.clip)
    assert (result.exit_code, "stored trace cannot be compared" in result.stderr) == (1, True)


def test_every_difference_is_told(run: Run, copy: Film) -> None:
    def both(data: dict[str, Any]) -> None:
        digest_changed(data)
        text_changed(data)

    alter(copy, both)
    said = run("verify", copy.clip).stderr
    assert "differs in 2 places" in said
    assert "graph/value" in said
    assert "'42'" in said


def test_near() -> None:
    assert near.near(1.0, 1.0 + 1e-7)
    assert not near.near(1.0, 1.0 + 1e-5)
    assert not near.near(1, 2)
    assert not near.near("a", "b")
    assert not near.near(1, 1.0)
    assert not near.near(float("nan"), 1.0)
    assert not near.near(1e-9, 3e-9)
    assert not near.near(1e308, -1e308)
    assert near.near([], [])
    assert not near.near([1.0], [1.0, 1.0])


def test_what_is_0_but_for_rounding_is_near_to_0_and_nothing_else_is():
    assert near.near([1.0, 0.0], [1.0, 3e-16])
    assert not near.near([1.0, 0.0], [1.0, 1e-9])
    assert near.near(0.0, 3e-16, largest=1.0)
    assert not near.near(0.0, 3e-16)


def test_captions_that_are_not_the_films_are_found(run: Run, copy: Film) -> None:
    from engine.files.digest import sha256

    subtitles = copy.clip.with_suffix(".srt")
    subtitles.write_text(subtitles.read_text("utf-8").replace("a", "b"), "utf-8")
    alter(copy, lambda data: data["files"].update({subtitles.name: sha256(subtitles)}))
    result = run("verify", copy.clip)
    assert (result.exit_code, "does not hold the captions" in result.stderr) == (1, True)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[" * 100_000, "nested"),
        ('{"a": NaN}', "holds NaN"),
        ('{"a": 1, "a": 2}', "twice"),
        ('{"a": ' + "9" * 5000 + "}", "whole number of 5000 digits"),
        ('{"a": "\\ud800"}', "half a character"),
        ("{", "not JSON"),
        ("[]", "numbers file"),
        ('{"\\u001b[2J": 1}', "numbers file"),
        ("{}", "numbers file"),
        ('{"schema_version": 1e999}', "too large"),
    ],
)
def test_a_record_that_is_none_is_refused_in_a_sentence(run: Run, copy: Film, text: str, said: str) -> None:
    copy.numbers.write_text(text, "utf-8")
    result = run("verify", copy.clip)
    assert (result.exit_code, result.stdout) == (2, "")
    assert said in result.stderr
    assert "\x1b" not in result.stderr
    assert len(result.stderr) < 500


NO_NAMES = ["", ".", "..", "/", "a/b", "../a.mp4", "a\0b", "x" * 300]


@pytest.mark.parametrize("field", ["clip", "files"])
@pytest.mark.parametrize("name", NO_NAMES)
def test_a_clip_or_a_file_whose_name_no_file_can_have_is_refused(
    run: Run, copy: Film, field: str, name: str
) -> None:
    alter(copy, lambda data: data.update({field: name if field == "clip" else {name: "0" * 64}}))
    result = run("verify", copy.clip)
    assert (result.exit_code, result.stdout) == (2, "")
    assert f"{field}" in result.stderr
    assert "should be the name of a file, without a folder" in result.stderr


TEXTS = "gradreel lecture script title subtitle author date language theme quality captions"


@pytest.mark.parametrize("field", ["lecture", "files"])
@pytest.mark.parametrize("name", NO_NAMES)
def test_a_lecture_whose_name_no_file_can_have_is_refused(
    run: Run, tmp_path: Path, field: str, name: str
) -> None:
    report: dict[str, Any] = dict.fromkeys(TEXTS.split(), "x") | dict.fromkeys(("width", "height", "fps"), 1)
    report |= {"schema_version": 1, "frames": 1, "seconds": 1.0, "sound": False, "chapters": [], "parts": []}
    report |= {"versions": {}, "files": {}} | {field: name if field == "lecture" else {name: "0" * 64}}
    path = tmp_path / "a.lecture.json"
    path.write_text(json.dumps(report), "utf-8")
    result = run("verify", path)
    assert (result.exit_code, result.stdout) == (2, "")
    assert "should be the name of a file, without a folder" in result.stderr


@pytest.mark.parametrize("suffix", [".mp4", ".numbers.json"])
def test_a_pipe_is_no_clip_and_no_record(run: Run, copy: Film, suffix: str) -> None:
    path = copy.clip.with_suffix(suffix)
    path.unlink()
    os.mkfifo(path)
    result = run("verify", path)
    assert (result.exit_code, result.stdout) == (2, "")


def test_a_record_larger_than_any_is_not_read(run: Run, copy: Film) -> None:
    with open(copy.numbers, "r+b") as file:
        file.truncate(2**30)
    result = run("verify", copy.clip)
    assert (result.exit_code, "at most 32 MiB" in result.stderr) == (2, True)
