"""The rules of -o, the same for every command."""

from pathlib import Path

import pytest

from engine.errors import InputError
from pipeline.target import only_file, places


def test_without_o_and_with_a_folder_every_file_has_its_own_name(tmp_path: Path) -> None:
    assert places(["a", "b"], ".mp4", None) == [Path("media/a.mp4"), Path("media/b.mp4")]
    assert places(["a"], ".mp4", tmp_path) == [tmp_path / "a.mp4"]
    assert places(["a"], ".mp4", Path("new")) == [Path("new/a.mp4")]


def test_a_folder_with_a_dot_in_its_name_is_a_folder(tmp_path: Path) -> None:
    (tmp_path / "week.1").mkdir()
    assert places(["a"], ".mp4", tmp_path / "week.1") == [tmp_path / "week.1" / "a.mp4"]


def test_a_file_name_is_for_the_only_file_and_ends_as_it_does() -> None:
    assert places(["a"], ".mp4", Path("x.MP4")) == [Path("x.MP4")]
    with pytest.raises(InputError, match=r"x\.mov does not end in \.mp4, which is what is made"):
        places(["a"], ".mp4", Path("x.mov"))
    with pytest.raises(InputError, match=r"2 files cannot all be x\.mp4: give -o a folder"):
        places(["a", "b"], ".mp4", Path("x.mp4"))


def test_several_kinds_of_file_are_named() -> None:
    assert only_file(Path("x.webp"), (".mp4", ".webp"), 1) == Path("x.webp")
    with pytest.raises(InputError, match=r"what is made \(\.mp4, \.webp\)"):
        only_file(Path("x.gif"), (".mp4", ".webp"), 1)
    with pytest.raises(InputError, match=r"3 clips cannot all be x\.mp4: name one --beat"):
        only_file(Path("x.mp4"), (".mp4",), 3, what="clips", remedy="name one --beat")
