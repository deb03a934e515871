"""A file as a parameter: another content is another run, and what is no readable file is refused in a sentence."""

import os
from pathlib import Path

import pytest

from engine import recorders
from engine.errors import InputError
from engine.files import given as files
from pipeline import cache
from pipeline.values import shown


def test_a_file_is_its_path_and_its_content(tmp_path: Path):
    path = tmp_path / "a.bin"
    path.write_bytes(b"one")
    first = files.checked("image", str(path))
    assert first == files.checked("image", path) == files.checked("image", first)
    assert shown(first) == str(path)
    with files.opened(first) as handle:
        assert handle.read() == b"one"
    path.write_bytes(b"two")
    os.utime(path, ns=(1, 1))  # not even the time tells them apart
    assert files.checked("image", path)["sha256"] != first["sha256"]
    with pytest.raises(InputError, match="contents changed"):
        files.checked("image", first)
    with pytest.raises(InputError, match="changed while"), files.opened(first):
        pass
    path.unlink()
    with pytest.raises(InputError, match="cannot be read"):
        files.checked("image", first)


def test_the_cache_tells_contents_apart(tmp_path: Path):
    """Fails when an edited picture under the same name would show the film of the old one."""
    path = tmp_path / "a.png"
    places = set()
    for content in (b"one", b"two", b"one"):
        path.write_bytes(content)
        given = {"image": str(path)}
        places.add(cache.path_for("convolution", given, recorders.resolve("convolution", given)))
    assert len(places) == 2


def test_what_is_no_file_is_refused(tmp_path: Path):
    (tmp_path / "empty").touch()
    os.mkfifo(tmp_path / "pipe")
    wrong = [
        tmp_path,
        tmp_path / "none",
        tmp_path / "empty",
        tmp_path / "pipe",
        "/dev/zero",
        "",
        "a\0b",
        5,
        1.5,
    ]
    for value in wrong:
        with pytest.raises(InputError):
            recorders.resolve("convolution", {"image": value})
    with open(tmp_path / "huge", "wb") as file:
        file.truncate(files.BYTES_MAX + 1)
    with pytest.raises(InputError, match="at most 1 GiB"):
        files.checked("image", tmp_path / "huge")
