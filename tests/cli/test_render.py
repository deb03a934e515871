"""Films and stills through real processes, and what happens when they are stopped or the disk is full."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import srt
import webvtt

from engine.trace import Trace
from pipeline import film as films
from tests.conftest import ROOT, TINY

COMPANIONS = {".mp4", ".srt", ".vtt", ".numbers.json", ".trace.npz"}


def beside(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()}


def test_a_film_has_its_companions(film: Any) -> None:
    assert beside(film.clip.parent) == {f"clip{suffix}" for suffix in COMPANIONS}
    told = json.loads(film.numbers.read_text("utf-8"))
    assert (told["scene"], told["language"], told["quality"]) == ("backward", "en", TINY)
    assert [span["name"] for span in told["beats"]] == ["values"]
    assert "values" in {row["beat"] for row in told["rows"]}
    assert Trace.load(film.trace).digest() == told["digests"]


def test_subtitles_agree_and_lie_within_the_film(film: Any) -> None:
    told = json.loads(film.numbers.read_text("utf-8"))
    cues = list(srt.parse(film.clip.with_suffix(".srt").read_text("utf-8")))
    captions = webvtt.read(film.clip.with_suffix(".vtt")).captions
    assert cues
    assert [cue.content.split("\n") for cue in cues] == [caption.lines for caption in captions]
    assert cues[-1].end.total_seconds() <= told["seconds"] + 0.001


def test_names_of_films(process: Callable[..., Any], tmp_path: Path) -> None:
    done = process(
        "render", "backward", "--lang", "both", "--theme", "light", "--beat", "graph", "--captions", "none",
        "-q", TINY, "-o", f"{tmp_path}/new/folder/",
    )  # fmt: skip
    assert (done.returncode, done.stderr) == (0, "")
    stems = [f"backward-{language}-light-graph-{TINY}" for language in ("ko", "en")]
    assert beside(tmp_path / "new/folder") == {stem + suffix for stem in stems for suffix in COMPANIONS}
    assert all(f"{stem}.mp4  0:" in done.stdout for stem in stems)


def test_a_still(process: Callable[..., Any], tmp_path: Path) -> None:
    picture = tmp_path / "graph.png"
    done = process("still", "backward", "--beat", "graph", "-q", TINY, "-o", picture)
    assert (done.returncode, done.stderr) == (0, "")
    assert picture.read_bytes().startswith(b"\x89PNG")
    assert beside(tmp_path) == {"graph.png"}


def test_a_saved_trace_is_drawn_again(process: Callable[..., Any], tmp_path: Path) -> None:
    saved = tmp_path / "mine.npz"
    args = ("--expression", "a*b + a", "--at", "a=2,b=-1.5", "--wrt", "a")
    assert process("trace", "backward", *args, "-o", saved).returncode == 0
    assert Trace.load(saved)["graph/expression"].item() == "a*b + a"
    clip = tmp_path / "mine.mp4"
    done = process("render", "--trace", saved, "--beat", "graph", "-q", TINY, "-o", clip)
    assert (done.returncode, done.stderr) == (0, "")
    assert Trace.load(tmp_path / "mine.trace.npz") == Trace.load(saved)
    assert process("verify", clip).returncode == 0


def stop(*args: Any, **options: Any) -> None:
    raise KeyboardInterrupt


def failing(error: BaseException) -> Callable[..., Any]:
    def render_film(trace: Any, job: Any, path: Path, progress: Callable[..., None], drawn: Any) -> Any:
        path.write_bytes(b"half a film")
        progress(12.34, 60.0, "chain")
        raise error

    return render_film


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (KeyboardInterrupt(), "Stopped in backward (ko) at 0:12.3, in beat chain"),
        (OSError(28, "No space left on device"), "There is no space left in"),
        (PermissionError(13, "Permission denied"), "cannot be written"),
        (OSError(5, "Input/output error"), "Input/output error"),
        (ZeroDivisionError("in a library\nsecond line"), "Unexpected ZeroDivisionError: in a library."),
    ],
)
def test_a_film_that_fails_leaves_nothing(
    run: Callable[..., Any], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, error: BaseException, said: str
) -> None:
    monkeypatch.setattr(films, "render_film", failing(error))
    result = run("render", "backward", "-j", 1, "-q", TINY, "-o", tmp_path)
    assert (result.exit_code, result.stdout) == (1, "")
    assert said in result.stderr
    assert result.stderr.count("\n") == 1
    assert beside(tmp_path) == set()


def test_a_film_that_fails_leaves_the_former_one(
    run: Callable[..., Any], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    former = tmp_path / f"backward-ko-{TINY}.mp4"
    former.write_bytes(b"the former film")
    monkeypatch.setattr(films, "render_film", failing(OSError(28, "No space left on device")))
    assert run("render", "backward", "-j", 1, "-q", TINY, "-o", tmp_path).exit_code == 1
    assert (beside(tmp_path), former.read_bytes()) == ({former.name}, b"the former film")


def test_debugging_shows_the_traceback(
    run: Callable[..., Any], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GRADREEL_DEBUG", "1")
    monkeypatch.setattr(films, "render_film", failing(ZeroDivisionError("in a library")))
    assert "Traceback" in run("render", "backward", "-j", 1, "-q", TINY, "-o", tmp_path).stderr


def test_stopping_while_recording(
    run: Callable[..., Any], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("engine.recorders.run", stop)
    result = run("trace", "forward", "--no-cache", "-o", tmp_path / "t.npz")
    assert (result.exit_code, "Stopped in recording perceptron" in result.stderr) == (1, True)
    assert beside(tmp_path) == set()


def hear_signals() -> None:
    """A shell starts background jobs with SIGINT ignored, and children inherit that; the test must not depend on it."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


@pytest.mark.skipif(os.name != "posix", reason="signals of a POSIX system")
@pytest.mark.parametrize("which", [signal.SIGINT, signal.SIGTERM])
def test_a_real_stop_leaves_nothing(film: Any, tmp_path: Path, which: signal.Signals) -> None:
    """The trace is given, so that drawing starts at once. The film grows in a temporary folder."""
    folder, temporary = tmp_path / "films", tmp_path / "temporary"
    temporary.mkdir()
    command = [sys.executable, ROOT / "render.py", "render", "--trace", film.trace, "-q", "1080p60"]
    child = subprocess.Popen(
        [*command, "--no-cache", "-o", f"{folder}/"],
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, start_new_session=True,
        preexec_fn=hear_signals, env=os.environ | {"TMPDIR": str(temporary)},
    )  # fmt: skip
    give_up = time.monotonic() + 60
    while not any(temporary.glob("gradreel-*/*/film.mp4")) and time.monotonic() < give_up:
        time.sleep(0.05)
    time.sleep(0.5)
    child.send_signal(which)
    out, err = child.communicate(timeout=60)
    assert (child.returncode, out) == (1, "")
    assert err.startswith("Error: Stopped in backward (ko)"), err
    assert err.count("\n") == 1
    assert (beside(folder), beside(temporary)) == (set(), set())


def test_a_closed_pipe_is_no_error() -> None:
    command = f"'{sys.executable}' '{ROOT / 'render.py'}' list | true"
    done = subprocess.run(["sh", "-c", command], capture_output=True, text=True, check=False, timeout=60)
    assert done.stderr == ""
