"""A lecture that is stopped or finds no room: if these failed, half a lecture would lie there and look whole."""

import errno
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from engine.errors import RunError
from pipeline.lecture import assemble
from pipeline.studio import worker
from tests.lecture.own import film

SCRIPT = 'title = "T"\n[[part]]\nscene = "backward"\nbeats = ["values"]\n'


@pytest.fixture
def script(tmp_path: Path) -> Path:
    path = tmp_path / "s.toml"
    path.write_text(SCRIPT, encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (KeyboardInterrupt(), "Stopped while putting s-ko-144p5.mp4 together"),
        (OSError(errno.ENOSPC, "No space left on device"), "There is no space left in"),
        (RunError("The film broke."), "The film broke."),
    ],
)
def test_nothing_half_written_stays_and_the_next_run_goes_on(
    run: Callable[..., Any], script: Path, monkeypatch: pytest.MonkeyPatch, error: BaseException, said: str
):
    """The second run draws no scene: a worker that is asked for one would fail."""
    args = ("lecture", script, "-q", "144p5", "-o", script.parent / "out")

    def half(timeline: Any, around: Any, path: Path) -> None:
        path.write_bytes(b"half a film")
        raise error

    with monkeypatch.context() as patch:
        patch.setattr(assemble, "assemble", half)
        stopped = run(*args)
    assert (stopped.exit_code, list((script.parent / "out").iterdir())) == (1, [])
    assert said in stopped.output
    with monkeypatch.context() as patch:
        patch.setattr(worker, "work", lambda *order: pytest.fail("a scene was drawn again"))
        again = run(*args)
    assert again.exit_code == 0, again.output
    assert (script.parent / "out" / "s-ko-144p5.mp4").is_file()


def test_an_own_film_that_breaks_off_is_said(run: Callable[..., Any], tmp_path: Path):
    """Its header is good, so that only decoding it shows what is wrong."""
    whole = film(tmp_path / "own.mp4", seconds=8, width=320, height=240).read_bytes()
    data = bytearray(whole)
    start, end = data.find(b"mdat") + 4000, data.find(b"moov")
    data[start : end - 64] = bytes(end - 64 - start)
    (tmp_path / "own.mp4").write_bytes(data)
    (tmp_path / "s.toml").write_text('title = "T"\n[[part]]\nvideo = "own.mp4"\n', encoding="utf-8")
    done = run("lecture", tmp_path / "s.toml", "-q", "144p5", "-o", tmp_path / "out")
    assert (done.exit_code, list((tmp_path / "out").iterdir())) == (2, [])
    assert "own.mp4 breaks off" in done.output


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (("-o", "x.avi"), "does not end in .mp4"),
        (("-o", "x.mp4", "--lang", "both"), "2 films cannot all be"),
        (("-q", "7"), "Unknown quality"),
        (("-o", "s.toml/x"), "is a file, not a folder"),
    ],
)
def test_wrong_options_are_said_before_anything_is_made(
    run: Callable[..., Any], script: Path, monkeypatch: pytest.MonkeyPatch, args: tuple[str, ...], said: str
):
    monkeypatch.chdir(script.parent)
    done = run("lecture", script, *args)
    assert done.exit_code == 2
    assert said in done.output
    assert [path.name for path in script.parent.iterdir()] == ["s.toml"]


def test_new_lecture_writes_over_nothing(run: Callable[..., Any], tmp_path: Path):
    assert run("new-lecture", tmp_path / "mine").exit_code == 0
    written = (tmp_path / "mine.toml").read_text(encoding="utf-8")
    again = run("new-lecture", tmp_path / "mine.toml")
    assert (again.exit_code, "is there already" in again.output) == (2, True)
    assert run("new-lecture", tmp_path / "mine.json").exit_code == 2
    assert (tmp_path / "mine.toml").read_text(encoding="utf-8") == written
