"""Only ordinary files of bounded size are opened."""

import os
from pathlib import Path

import pytest

from engine.errors import InputError
from engine.files import regular


def test_reads_a_file_and_what_a_link_leads_to(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"abc")
    (tmp_path / "link").symlink_to(tmp_path / "a")
    assert regular.content(tmp_path / "link", bytes_max=3) == b"abc"
    with regular.opened(tmp_path / "a") as handle:
        assert handle.read() == b"abc"


def test_what_is_no_ordinary_file_is_refused_at_once(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "zero").symlink_to("/dev/zero")
    (tmp_path / "empty").touch()
    for name, said in {
        "pipe": "no ordinary file",
        "zero": "no ordinary file",
        ".": "a folder",
        "empty": "is empty",
        "gone": "No such file",
        "a\0b": "no possible path",
        "a\ud800b": "cannot be read",
        "n" * 300: "File name too long",
    }.items():
        with pytest.raises(InputError, match=said) as caught:
            regular.content(f"{tmp_path}/{name}", bytes_max=10)
        assert len(str(caught.value)) < 300
        assert "\n" not in str(caught.value)


def test_a_large_file_is_refused_before_it_is_read(tmp_path: Path) -> None:
    with open(tmp_path / "large", "wb") as file:
        file.truncate(3 * 2**30)
    with pytest.raises(InputError, match=r"has 3 GiB: give a file of at most 1 MiB\."):
        regular.content(tmp_path / "large", bytes_max=2**20)
