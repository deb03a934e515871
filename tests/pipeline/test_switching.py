"""A result is switched over as a whole: killed at any step, the next command finishes it or nothing of it is there."""

import errno
import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from engine.files import claims, staging, switching
from tests.pipeline import killing

ROOT = Path(__file__).resolve().parents[2]


def killed(last: int, text: str, folder: Path, *how: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "tests.pipeline.killing", str(last), text, str(folder), *how],
        capture_output=True,
        text=True,
        check=False,
        cwd=ROOT,
    )


def texts(folder: Path) -> dict[str, str]:
    """What is in the folder, hidden things and empty folders included."""
    return {
        path.relative_to(folder).as_posix(): path.read_text() if path.is_file() else ""
        for path in folder.rglob("*")
        if path.is_file() or not any(path.iterdir())
    }


def whole(text: str) -> dict[str, str]:
    return dict.fromkeys([*killing.NAMES, "deck/index.html", "deck/clip.mp4"], text)


@pytest.mark.parametrize("how", [(), ("plain",)], ids=["exchange", "plain"])
@pytest.mark.parametrize("before", ["old", None])
def test_killed_at_any_step_the_next_command_leaves_one_result(
    tmp_path: Path, before: str | None, how: tuple[str, ...]
) -> None:
    measured = tmp_path / "measured"
    measured.mkdir()
    if before:
        killing.write(measured, before)
    steps = int(killed(0, "new", measured, *how).stdout)
    assert steps > 20
    seen = set()
    for last in range(1, steps + 1):
        folder = tmp_path / str(last)
        folder.mkdir()
        if before:
            killing.write(folder, before)
        assert killed(last, "new", folder, *how).returncode == -signal.SIGKILL
        staging.tidy(folder)
        found = texts(folder)
        assert found in (whole("new"), whole(before) if before else {}), f"killed at step {last}"
        seen.add(found.get("film.mp4"))
    assert seen == {"new", before}  # it was killed early and late


def test_a_deck_is_never_missing(tmp_path: Path) -> None:
    """Where the system exchanges names, there is a deck at every moment."""
    one, other = tmp_path / "one", tmp_path / "other"
    for place in (one, other):
        place.mkdir()
    try:
        switching._exchange()(os.fsencode(one), os.fsencode(other))
    except OSError:
        pytest.skip("this disk cannot exchange two names")
    killing.write(tmp_path, "old")
    steps = int(killed(0, "new", tmp_path).stdout)
    for last in range(1, steps + 1):
        killed(last, "newer", tmp_path)
        assert (tmp_path / "deck" / "index.html").is_file()


@pytest.mark.parametrize("plain", [False, True])
def test_a_move_that_fails_undoes_the_others(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, plain: bool
) -> None:
    if plain:

        def unable(one: bytes, other: bytes) -> None:
            raise OSError(errno.EINVAL, "Invalid argument")

        monkeypatch.setattr(switching, "_exchange", lambda: unable)
    killing.write(tmp_path, "old")
    (tmp_path / "film.vtt").unlink()
    put = switching.put

    def refused(new: Path, place: Path) -> None:
        if place.name == "deck":
            raise OSError(errno.EPERM, "Operation not permitted")
        put(new, place)

    with monkeypatch.context() as patch:
        patch.setattr(switching, "put", refused)
        with pytest.raises(PermissionError):
            killing.write(tmp_path, "new")
    assert texts(tmp_path) == {name: text for name, text in whole("old").items() if name != "film.vtt"}


def test_a_living_process_keeps_its_folder(tmp_path: Path) -> None:
    with staging.staged(tmp_path) as stage:
        stage.file(tmp_path / "film.mp4").write_text("whole")
        for _ in range(2):
            subprocess.run(
                [sys.executable, "-c", "import sys; from pathlib import Path; from engine.files import staging;"
                 "staging.tidy(Path(sys.argv[1]))", str(tmp_path)],
                cwd=ROOT, check=True,
            )  # fmt: skip
    assert texts(tmp_path) == {"film.mp4": "whole"}


def test_what_only_looks_like_ours_is_left_alone(tmp_path: Path) -> None:
    kept = ("gradreel-notes", ".gradreel-1234567g", "gradreel-123456789", ".gradreel-12345678.txt")
    for name in kept:
        (tmp_path / name).mkdir()
        (tmp_path / name / claims.LOCK).touch()
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / ".gradreel-00000000").symlink_to("elsewhere")
    (tmp_path / "gradreel-00000001").write_text("a file")
    staging.tidy(tmp_path)
    assert {path.name for path in tmp_path.iterdir()} == {
        *kept, "elsewhere", ".gradreel-00000000", "gradreel-00000001",
    }  # fmt: skip


@pytest.mark.parametrize("target", ["thesis.docx", "../thesis.docx", "/etc/hostname"])
def test_a_journal_that_came_from_elsewhere_moves_nothing(tmp_path: Path, target: str) -> None:
    """Unpacked from an archive, say: it names files, but none that a dead process wrote here."""
    (tmp_path / "thesis.docx").write_text("mine")
    folder = tmp_path / "here" / ".gradreel-0123abcd"
    folder.mkdir(parents=True)
    (tmp_path / "here" / "thesis.docx").write_text("mine")
    (folder / claims.LOCK).touch()
    (folder / "0.docx").write_text("theirs")
    about = (folder / "0.docx").stat()
    for identity in ([about.st_dev, about.st_ino, about.st_ctime_ns - 1], [0, 0, 0], None, "x"):
        moves = [{"from": "0.docx", "to": target, "identity": identity}]
        (folder / switching.JOURNAL).write_text(json.dumps({"moves": moves}))
        switching.finish(folder)
    staging.tidy(tmp_path / "here")
    assert texts(tmp_path) == {"thesis.docx": "mine", "here/thesis.docx": "mine"}


@pytest.mark.parametrize(
    "text", ["", "{", "[]", "[" * 100_000, '{"moves": 3}', '{"moves": [{"from": 1}]}', "NaN"]
)
def test_a_damaged_journal_is_none(tmp_path: Path, text: str) -> None:
    folder = tmp_path / ".gradreel-0123abcd"
    folder.mkdir()
    (folder / claims.LOCK).touch()
    (folder / switching.JOURNAL).write_text(text)
    staging.tidy(tmp_path)
    assert texts(tmp_path) == {}


def test_several_at_once_in_one_folder(tmp_path: Path) -> None:
    """Each sweeps while others begin and switch: nobody loses anything, and the files are of one of them."""
    program = (
        "import sys; from pathlib import Path; from engine.files import staging; from tests.pipeline import killing\n"
        "for number in range(25):\n"
        "    staging.tidy(Path(sys.argv[1]))\n"
        "    killing.write(Path(sys.argv[1]), sys.argv[2])\n"
    )
    running = [
        subprocess.Popen([sys.executable, "-c", program, str(tmp_path), str(number)], cwd=ROOT)
        for number in range(4)
    ]
    assert [one.wait(timeout=300) for one in running] == [0, 0, 0, 0]
    found = texts(tmp_path)
    assert found in [whole(str(number)) for number in range(4)]
