"""Files appear together or not at all."""

import errno
import os
from pathlib import Path

import pytest

from engine.errors import InputError, RunError
from pipeline import outputs


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
