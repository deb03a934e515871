"""Files appear together or not at all."""

import errno
import gc
import os
import socket
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import docx
import pptx
import pytest

from engine.errors import InputError, RunError
from pipeline import outputs

ROOT = Path(__file__).resolve().parents[2]


def test_files_appear_at_the_end(tmp_path: Path) -> None:
    one, two = tmp_path / "one.srt", tmp_path / "two.mp4"
    with outputs.staged(tmp_path) as stage:
        for target in (one, two):
            temporary = stage.file(target)
            assert temporary.suffix == target.suffix
            temporary.write_text(target.name)
        assert not one.exists()
        assert not two.exists()
    assert [path.name for path in sorted(tmp_path.iterdir())] == ["one.srt", "two.mp4"]
    assert two.read_text() == "two.mp4"


@pytest.mark.parametrize("error", [ValueError("wrong"), KeyboardInterrupt(), SystemExit(3)])
def test_nothing_appears_when_it_fails(tmp_path: Path, error: BaseException) -> None:
    def half() -> None:
        with outputs.staged(tmp_path) as stage:
            stage.file(tmp_path / "one.mp4").write_text("half")
            raise error

    with pytest.raises(type(error)):
        half()
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize(
    ("number", "said"),
    [(errno.ENOSPC, "no space left"), (errno.EACCES, "cannot be written"), (errno.EIO, "failed")],
)
def test_system_errors_become_sentences(tmp_path: Path, number: int, said: str) -> None:
    with pytest.raises(RunError, match=said), outputs.staged(tmp_path):
        raise OSError(number, os.strerror(number))


def test_a_rename_that_fails_leaves_no_temporary_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def replace(source: Path, target: Path) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "replace", replace)
    with pytest.raises(RunError, match="no space left"), outputs.staged(tmp_path) as stage:
        stage.file(tmp_path / "one.mp4").write_text("whole")
    assert not list(tmp_path.iterdir())


def test_a_folder_without_permission(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "access", lambda place, mode: False)
    with pytest.raises(RunError, match="cannot be written"):
        outputs.ready_folder(tmp_path / "new")


def test_targets(tmp_path: Path) -> None:
    assert outputs.free_target(tmp_path / "deep/er/film.mp4").parent.is_dir()
    with pytest.raises(InputError, match="is a folder"):
        outputs.free_target(tmp_path / "deep")
    assert outputs.free_bytes(tmp_path / "not/there/yet") > 0


@pytest.mark.parametrize("kind", ["fifo", "socket", "link", "dangling", "device"])
def test_only_ordinary_files_are_replaced(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kind: str) -> None:
    target, outside = tmp_path / "film.mp4", tmp_path / "outside.mp4"
    outside.write_text("mine")
    if kind == "fifo":
        os.mkfifo(target)
    elif kind == "socket":
        with socket.socket(socket.AF_UNIX) as listening:
            monkeypatch.chdir(tmp_path)  # its whole path may be too long for a socket
            listening.bind(target.name)
    elif kind == "device":
        target = Path(os.devnull)
    else:
        target.symlink_to(outside if kind == "link" else tmp_path / "nowhere")
    before = target.lstat()
    with pytest.raises(InputError, match=r"is a link|no ordinary file"):
        outputs.free_target(target)
    after = target.lstat()
    assert (after.st_ino, after.st_mode) == (before.st_ino, before.st_mode)
    assert outside.read_text() == "mine"


def test_the_longest_name_that_the_disk_takes_is_written(tmp_path: Path) -> None:
    longest = os.pathconf(tmp_path, "PC_NAME_MAX")
    target = tmp_path / ("가" * ((longest - 4) // 3) + ".png")
    outputs.free_target(target)
    with outputs.staged(tmp_path) as stage:
        stage.file(target).write_text("whole")
    assert target.read_text() == "whole"
    with pytest.raises(InputError, match=r"is too long: it has \d+ bytes"):
        outputs.free_target(target.with_suffix(".numbers.json"))


def test_what_a_killed_command_left_is_swept_by_the_next(tmp_path: Path) -> None:
    """A real SIGKILL while a file is being written."""
    program = (
        "import os, signal; from pathlib import Path; from pipeline import outputs\n"
        f"with outputs.staged(Path({str(tmp_path)!r})) as stage:\n"
        f"    stage.file(Path({str(tmp_path)!r}) / 'film.mp4').write_text('half')\n"
        "    os.kill(os.getpid(), signal.SIGKILL)"
    )
    subprocess.run([sys.executable, "-c", program], check=False, cwd=ROOT)
    assert len(list(tmp_path.iterdir())) == 1
    outputs.ready_folder(tmp_path)
    assert not list(tmp_path.iterdir())


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="has no disk that is always full")
@pytest.mark.parametrize("package", [docx.Document, pptx.Presentation])
def test_a_full_disk_is_told_once(package: Callable[[], Any]) -> None:
    """No second complaint from whoever packs: pytest takes an exception in a finaliser for an error."""
    with pytest.raises(OSError, match="No space left"):
        outputs.save_package(package().save, Path("/dev/full"))
    gc.collect()


def test_a_package_is_written_whole(tmp_path: Path) -> None:
    outputs.save_package(docx.Document().save, tmp_path / "a.docx")
    assert docx.Document(str(tmp_path / "a.docx")).core_properties.author == "python-docx"
