"""Whatever is wrong, the answer is one sentence on stderr, the right exit code, and no file."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

Run = Callable[..., Result]

WRONG = {
    "unknown scene": (["render", "bakward"], "no scene bakward", "backward"),
    "unknown scene with its parameter": (
        ["render", "bakward", "--expression", "x"],
        "no scene bakward",
        "backward",
    ),
    "no scene": (["render"], "Name a scene", "forward"),
    "unknown command": (["rendr", "backward"], "rendr", "--help"),
    "unknown option": (["render", "backward", "--expresion", "x"], "--expresion", "--expression"),
    "unknown beat": (["render", "backward", "--beat", "chan"], "no beat chan", "chain"),
    "unknown beat of a still": (["still", "backward", "--beat", "chan"], "no beat chan", "chain"),
    "still without a beat": (["still", "backward"], "--beat", "--help"),
    "unknown parameter": (["render", "backward", "-p", "lrr=1"], "no parameter lrr", "lr"),
    "parameter of no named scene": (["render", "forward", "-p", "wrt=w"], "no parameter wrt", "forward"),
    "parameter without a value": (["render", "backward", "-p", "lr"], "name=value", "-p lr"),
    "parameter given twice": (
        ["render", "backward", "-p", "lr=1", "--lr", "2"],
        "lr is given twice",
        "keep one",
    ),
    "-p given twice": (["render", "backward", "-p", "lr=1", "-p", "lr=2"], "lr is given twice", "keep one"),
    "out of range": (["render", "backward", "--lr", "-1"], "--lr", "range"),
    "out of range by -p": (["render", "backward", "-p", "lr=-1"], "-1", "range"),
    "not a number": (["render", "backward", "--lr", "much"], "much", "--lr"),
    "nan": (["render", "backward", "--lr", "nan"], "lr is nan", "number"),
    "infinite value": (["render", "backward", "--at", "x=inf,y=1,w=1"], "inf", "at"),
    "not a choice": (["render", "forward", "--data", "mnist"], "mnist", "iris"),
    "not whole numbers": (["render", "forward", "--widths", "6;6"], "6;6", "16,8"),
    "value without name": (["render", "backward", "--at", "x=1,2"], "'2' has no name", "write 2.5"),
    "name twice": (["render", "backward", "--at", "x=1,x=2"], "x is given twice", "--at"),
    "value no number": (["render", "backward", "--at", "x=one"], "'one', given for x", "number"),
    "unknown variable": (
        ["render", "backward", "--expression", "x*q", "--at", "x=1", "--wrt", "x"],
        "q",
        "x*q",
    ),
    "division by zero": (
        ["render", "backward", "--expression", "1/x", "--at", "x=0", "--wrt", "x"],
        "1/x",
        "^",
    ),
    "log of a negative": (
        ["trace", "backward", "--expression", "log(x)", "--at", "x=-1", "--wrt", "x", "-o", "t.npz"],
        "log(x)",
        "^",
    ),
    "no such series": (
        ["render", "rnn", "--series", "none.csv"],
        "none.csv cannot be read",
        "check the path",
    ),
    "series is a folder": (["render", "rnn", "--series", "."], ". is a folder", "path of a file"),
    "series beside a sequence": (
        ["render", "rnn", "--sequence", "abc", "-p", "series=x.csv"],
        "sequence and series",
        "leave the other out",
    ),
    "column without series": (
        ["render", "rnn", "--column", "a"],
        "column is given without series",
        "--series",
    ),
    "one character": (["render", "rnn", "--sequence", "a"], "sequence is 'a'", "3 to 64 characters"),
    "no sign for it": (
        ["render", "rnn", "--sequence", "🙂🙃🙂"],
        "has 🙂 (U+1F642",
        "which cannot be drawn: use Latin",
    ),
    "unknown cell": (["render", "rnn", "--cell", "rn"], "rn", "lstm"),
    "unknown quality": (["render", "backward", "-q", "huge"], "huge", "1080p60"),
    "unknown language": (["render", "backward", "--lang", "fr"], "fr", "ko"),
    "other suffix": (["render", "backward", "-o", "film.mov"], "film.mov", ".mp4"),
    "two films in one file": (
        ["render", "backward", "--lang", "both", "-o", "film.mp4"],
        "2 files",
        "folder",
    ),
    "no such trace": (["render", "--trace", "none.npz"], "none.npz", "cannot be read"),
    "parameter beside a trace": (
        ["render", "--trace", "none.npz", "-p", "lr=1"],
        "none.npz",
        "cannot be read",
    ),
    "no such clip": (["verify", "none.mp4"], "none.mp4", "render"),
    "no clip": (["verify"], "CLIP", "--help"),
    "clips of nothing": (["clips"], "Name a scene", "forward"),
    "clips of an unknown beat": (["clips", "backward", "--beat", "chan"], "no beat chan", "chain"),
    "unknown format": (["clips", "backward", "--format", "avi"], "avi", "webm"),
    "a transparent mp4": (["clips", "backward", "--format", "mp4", "--transparent"], "mp4", "webm"),
    "a transparent mp4 by its name": (["clips", "backward", "--transparent", "-o", "a.mp4"], "mp4", "mov"),
    "a width of nothing": (["clips", "backward", "--width", "0"], "--width 0", "96"),
    "an odd width of video": (["clips", "backward", "--width", "721"], "even", "720 or 722"),
    "wider than drawn": (["clips", "backward", "--width", "1921"], "1920", "-q"),
    "no room at all": (["clips", "backward", "--max-mb", "0"], "--max-mb 0", "20"),
    "room that is no number": (["clips", "backward", "--max-mb", "nan"], "--max-mb nan", "20"),
    "a picture that loops": (["clips", "backward", "--format", "png", "--loop"], "png", "--loop"),
    "several clips in one file": (["clips", "backward", "-o", "a.gif"], "a.gif", "--beat"),
    "a clip of unknown kind": (["clips", "backward", "--beat", "chain", "-o", "a.mkv"], "a.mkv", "webm"),
    "a clip of another kind": (
        ["clips", "backward", "--beat", "chain", "--format", "gif", "-o", "a.mp4"],
        "a.mp4",
        "gif",
    ),
    "no output for a trace": (["trace", "backward"], "-o", "--help"),
}


@pytest.mark.parametrize("case", WRONG)
def test_one_sentence_and_exit_2(
    run: Run, case: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    args, *said = WRONG[case]
    result = run(*args)
    assert result.exit_code == 2, result.output
    assert result.stdout == ""
    assert result.stderr.startswith("Error: ")
    assert "Traceback" not in result.stderr
    assert all(words in result.stderr for words in said), result.stderr
    assert not [path for path in tmp_path.rglob("*") if path.is_file()]


def test_a_beat_that_does_not_play_with_these_parameters(run: Run, tmp_path: Path) -> None:
    result = run("render", "backward", "--no-net", "--beat", "step", "-q", "144p5", "-o", tmp_path)
    assert result.exit_code == 2
    assert "step of backward does not play" in result.stderr
    assert not list(tmp_path.iterdir())


def test_a_file_in_place_of_a_folder(run: Run, tmp_path: Path) -> None:
    blocker = tmp_path / "blocker"
    blocker.write_text("here first")
    for place in (blocker, blocker / "deeper"):
        result = run("render", "backward", "-q", "144p5", "-o", place)
        assert (result.exit_code, "is a file, not a folder" in result.stderr) == (2, True)
    assert blocker.read_text() == "here first"


def test_a_folder_in_place_of_a_file(run: Run, tmp_path: Path) -> None:
    (tmp_path / "backward-ko-144p5.mp4").mkdir()
    result = run("render", "backward", "-q", "144p5", "-o", tmp_path)
    assert (result.exit_code, "is a folder" in result.stderr) == (2, True)


def test_a_damaged_trace(run: Run, film, tmp_path: Path) -> None:
    damaged = tmp_path / "damaged.npz"
    damaged.write_bytes(film.trace.read_bytes()[:-200])
    result = run("render", "--trace", damaged, "-o", tmp_path / "out")
    assert (result.exit_code, "damaged.npz" in result.stderr) == (2, True)


def test_a_trace_for_another_scene(run: Run, film, tmp_path: Path) -> None:
    result = run("render", "forward", "--trace", film.trace, "-o", tmp_path)
    assert result.exit_code == 2
    assert "forward does not draw a trace of backpropagation: choose backward" in result.stderr


def test_parameters_beside_a_trace(run: Run, film, tmp_path: Path) -> None:
    result = run("render", "backward", "--trace", film.trace, "--lr", "0.1", "-o", tmp_path)
    assert (result.exit_code, "leave out lr" in result.stderr) == (2, True)


@pytest.mark.parametrize(
    "change", [{"schema_version": 99}, {"rows": 3}, {"extra": 1}, {"scene": None}, {"recorder": "x"}]
)
def test_a_numbers_file_that_is_none(run: Run, film, tmp_path: Path, change: dict[str, object]) -> None:
    data = json.loads(film.numbers.read_text("utf-8")) | change
    path = tmp_path / "clip.numbers.json"
    path.write_text(json.dumps(data))
    result = run("verify", path)
    assert (result.exit_code, result.stderr.startswith("Error: ")) == (2, True)
