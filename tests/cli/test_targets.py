"""Where a command writes: nothing but an ordinary file is replaced, and what cannot be written is said first."""

import os
import subprocess
import sys
import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from engine import recorders
from tests.conftest import ROOT

LECTURE = 'title = "T"\n[[part]]\nscene = "backward"\nbeats = ["values"]\n'
COMMANDS: dict[str, tuple[tuple[str, ...], str]] = {
    "render": (("render", "backward", "--beat", "values"), ".mp4"),
    "still": (("still", "backward", "--beat", "values"), ".png"),
    "clips": (("clips", "backward", "--beat", "values", "--format", "gif"), ".gif"),
    "pptx": (("deck", "backward", "--to", "pptx"), ".pptx"),
    "pdf": (("deck", "backward", "--to", "pdf"), ".pdf"),
    "page": (("deck", "backward", "--to", "html", "--one-file"), ".html"),
    "folder": (("deck", "backward", "--to", "html"), ""),
    "lecture": (("lecture", "l.toml"), ".mp4"),
    "script": (("script", "backward"), ".md"),
    "trace": (("trace", "backward"), ".npz"),
}


@pytest.fixture
def nothing_runs(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Whatever is refused is refused before anything is computed."""
    monkeypatch.setattr(recorders, "run", lambda *args, **options: pytest.fail("a recorder ran"))
    monkeypatch.setenv("GRADREEL_CACHE", str(tmp_path / "cache"))
    monkeypatch.chdir(tmp_path)
    (tmp_path / "l.toml").write_text(LECTURE, encoding="utf-8")


@pytest.mark.parametrize("command", COMMANDS)
@pytest.mark.parametrize("kind", ["pipe", "link", "device"])
def test_what_is_no_ordinary_file_is_not_replaced(
    run: Callable[..., Any], nothing_runs: None, tmp_path: Path, command: str, kind: str
) -> None:
    args, suffix = COMMANDS[command]
    target, outside = tmp_path / f"target{suffix}", tmp_path / "outside"
    outside.write_text("mine")
    if kind == "pipe":
        os.mkfifo(target)
    else:
        target.symlink_to(outside if kind == "link" else os.devnull)
    before = target.lstat()
    done = run(*args, "-o", target)
    assert (done.exit_code, done.output.count("\n")) == (2, 1), done.output
    assert any(word in done.output for word in ("is a link", "no ordinary file", "is a file, not a folder"))
    assert target.lstat().st_ino == before.st_ino
    assert outside.read_text() == "mine"


@pytest.mark.parametrize("companion", [".srt", ".vtt", ".trace.npz", ".numbers.json"])
def test_nor_is_what_goes_beside_a_film(
    run: Callable[..., Any], nothing_runs: None, tmp_path: Path, companion: str
) -> None:
    os.mkfifo(tmp_path / f"film{companion}")
    for args in (
        ("render", "backward", "-o", "film.mp4"),
        ("clips", "backward", "--beat", "values", "-o", "film.mp4"),
    ):
        done = run(*args)
        assert (done.exit_code, "no ordinary file" in done.output) == (2, True), done.output


@pytest.mark.parametrize("command", COMMANDS)
def test_a_path_that_is_too_long(
    run: Callable[..., Any], nothing_runs: None, tmp_path: Path, command: str
) -> None:
    args, suffix = COMMANDS[command]
    for target in ("가" * 90 + suffix, "x" * 999 + suffix, "/".join(["deep"] * 1000) + suffix):
        done = run(*args, "-o", target)
        assert (done.exit_code, done.output.count("\n")) == (2, 1), done.output
        assert "too long" in done.output


def test_a_film_whose_companions_have_too_long_names(
    run: Callable[..., Any], nothing_runs: None, tmp_path: Path
) -> None:
    """The film itself could be written."""
    name = "가" * 82 + ".mp4"
    for args in ("render", "backward"), ("lecture", "l.toml", "--lang", "ko"):
        done = run(*args, "-o", name)
        assert (done.exit_code, "is too long: it has" in done.output) == (2, True), done.output
    assert not (tmp_path / name).exists()


def test_the_longest_name_is_written(run: Callable[..., Any], tmp_path: Path) -> None:
    """253 bytes: a temporary name beside it must not be longer."""
    name = "가" * 83 + ".npz"
    done = run("trace", "backward", "-o", tmp_path / name)
    assert (done.exit_code, (tmp_path / name).is_file()) == (0, True), done.output
    assert [path.name for path in tmp_path.iterdir()] == [name]


def test_nothing_stays_among_the_temporary_files(tmp_path: Path) -> None:
    """Not even torch's own folder, which it makes when it is asked for a derivative."""
    temporary = tmp_path / "tmp"
    temporary.mkdir()
    environment = os.environ | {"TMPDIR": str(temporary), "GRADREEL_CACHE": str(tmp_path / "cache")}
    environment.pop("TORCHINDUCTOR_CACHE_DIR", None)
    done = subprocess.run(
        [sys.executable, ROOT / "render.py", "trace", "backward", "--no-net", "-o", tmp_path / "t.npz"],
        env=environment,
        capture_output=True,
        timeout=300,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert list(temporary.iterdir()) == []


def test_a_new_lecture_is_not_put_beside_a_device(run: Callable[..., Any], tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "folder").mkdir()
    done = run("new-lecture", str(tmp_path / "pipe"))
    assert done.exit_code == 2
    assert "no ordinary file" in done.output
    assert not (tmp_path / "pipe.toml").exists()
    assert run("new-lecture", str(tmp_path / "folder")).exit_code == 0
    assert (tmp_path / "folder.toml").is_file()


def test_a_name_stays_a_comment_in_a_new_lecture(run: Callable[..., Any], tmp_path: Path) -> None:
    path = tmp_path / "a\ntitle = 3\n.toml"
    assert run("new-lecture", str(path)).exit_code == 0
    assert tomllib.loads(path.read_text(encoding="utf-8"))["title"]["en"] == "My lecture"
