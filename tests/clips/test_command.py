"""Clip kits from the command line: what lies beside a clip, what stays, and what happens when something stops it."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result

from engine.errors import InputError
from pipeline.clips import kit as kits
from pipeline.clips.footage import Footage
from pipeline.clips.formats import Format
from tests.clips.filmed import decoded

Run = Callable[..., Result]
TINY = "144p8"
BESIDE = {".png", ".srt", ".vtt", ".numbers.json", ".trace.npz"}
STEM = f"backward-en-01-graph-{TINY}"


def clips(run: Run, folder: Path, *args: str, beat: str = "graph") -> Result:
    return run("clips", "backward", "--beat", beat, "--lang", "en", "-q", TINY, "-o", folder, *args)


def beside(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()}


@pytest.fixture
def made(run: Run, tmp_path: Path) -> Path:
    result = clips(run, tmp_path, "--format", "gif")
    assert (result.exit_code, result.stderr) == (0, "")
    assert [line.split()[0] for line in result.stdout.splitlines()] == [
        str(tmp_path / f"{STEM}{suffix}") for suffix in (".png", ".gif")
    ]
    return tmp_path


def test_a_kit_is_whole_and_can_be_verified(made: Path, run: Run) -> None:
    assert beside(made) == {STEM + suffix for suffix in BESIDE | {".gif"}}
    told = json.loads((made / f"{STEM}.numbers.json").read_text("utf-8"))
    assert (told["clip"], told["scene"]) == (f"{STEM}.gif", "backward")
    assert [span["name"] for span in told["beats"]] == ["graph"]
    result = run("verify", made / f"{STEM}.gif")
    assert (result.exit_code, f"{STEM}.gif: OK" in result.stdout) == (0, True)


def test_the_poster_is_the_last_frame(made: Path) -> None:
    (poster,) = decoded(made / f"{STEM}.png")
    assert poster.shape == (144, 256, 4)
    assert abs(poster[..., :3].astype(int) - decoded(made / f"{STEM}.gif")[-1][..., :3]).mean() < 0.5


def test_a_format_made_later_joins_the_kit(made: Path, run: Run) -> None:
    """The record then holds both, and each is verified by its own name; a changed one is found."""
    assert clips(run, made, "--format", "mp4").exit_code == 0
    told = json.loads((made / f"{STEM}.numbers.json").read_text("utf-8"))
    assert {f"{STEM}.gif", f"{STEM}.mp4"} < set(told["files"])
    gif = made / f"{STEM}.gif"
    gif.write_bytes(gif.read_bytes() + b"more")
    result = run("verify", gif)
    assert (result.exit_code, "was changed" in result.stderr) == (1, True)


def test_a_clip_of_another_film_is_not_verified_by_its_name(made: Path, run: Run) -> None:
    """The record now speaks of another formula: the old GIF beside it must not pass for its clip."""
    args = ("--expression", "a*b", "--at", "a=2,b=3", "--wrt", "a", "--format", "png")
    assert clips(run, made, *args).exit_code == 0
    result = run("verify", made / f"{STEM}.gif")
    assert result.exit_code == 1
    assert "no checksum" in result.stderr


def test_one_clip_by_its_name(run: Run, tmp_path: Path) -> None:
    """The suffix says the format, and --transparent gives the picture behind the clip through."""
    result = clips(run, tmp_path / "v1.2.webp", "--transparent", "--width", "128")
    assert (result.exit_code, result.stderr) == (0, "")
    assert beside(tmp_path) == {"v1.2" + suffix for suffix in BESIDE | {".webp"}}
    frames = decoded(tmp_path / "v1.2.webp")
    assert frames[-1].shape == (72, 128, 4)
    assert frames[-1][0, 0, 3] == 0


def test_names_stand_in_the_order_of_the_film(run: Run, tmp_path: Path) -> None:
    result = clips(run, tmp_path, "--beat", "values", "--format", "png", "--theme", "light", "--transparent")
    assert (result.exit_code, result.stderr) == (0, "")
    assert sorted(path.stem for path in tmp_path.glob("*.png")) == [
        f"backward-en-01-graph-light-transparent-{TINY}",
        f"backward-en-02-values-light-transparent-{TINY}",
    ]


def failing(error: BaseException) -> Callable[..., Any]:
    def write_within(shape: Footage, one: Format, quality: Any, limit: Any, path: Path, name: str) -> Any:
        path.write_bytes(b"half a clip")
        raise error

    return write_within


@pytest.mark.parametrize(
    ("error", "code", "said"),
    [
        (OSError(28, "No space left on device"), 1, "There is no space left in"),
        (PermissionError(13, "Permission denied"), 1, "cannot be written"),
        (InputError("It cannot be kept to 1 kB."), 2, "It cannot be kept"),
        (ZeroDivisionError("in a coder"), 1, "Unexpected ZeroDivisionError: in a coder."),
    ],
)
def test_a_clip_that_fails_leaves_the_former_kit(
    made: Path, run: Run, monkeypatch: pytest.MonkeyPatch, error: BaseException, code: int, said: str
) -> None:
    before = {path.name: path.read_bytes() for path in made.iterdir()}
    monkeypatch.setattr(kits, "write_within", failing(error))
    result = clips(run, made, "--format", "gif")
    assert (result.exit_code, result.stdout) == (code, "")
    assert said in result.stderr
    assert result.stderr.count("\n") == 1
    assert {path.name: path.read_bytes() for path in made.iterdir()} == before


def test_stopped_while_writing_nothing_is_left_and_nothing_is_drawn_again(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from pipeline.clips import command

    def stop(*args: Any) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(command, "wait", stop)
        patched.setattr(kits, "write_within", slow)
        result = clips(run, tmp_path, beat="local")
        assert (result.exit_code, "Stopped in writing the clips" in result.stderr) == (1, True)
        assert beside(tmp_path) == set()
    monkeypatch.setattr("pipeline.film.render_film", stop)
    assert clips(run, tmp_path, beat="local").exit_code == 0
    assert len(beside(tmp_path)) == 6


def slow(shape: Footage, one: Format, quality: Any, limit: Any, path: Path, name: str) -> Any:
    """A coder that goes on until somebody gives it up."""
    path.write_bytes(b"half a clip")
    while True:
        for _ in shape.shots():
            pass
