"""Texts that name files among other words."""

from pathlib import Path

import pytest

from engine.errors import InputError
from engine.files import named
from engine.files.digest import sha256
from engine.files.named import Named, Part


@pytest.mark.parametrize(
    ("text", "parts", "paths", "inside"),
    [
        ("net.py:Net", [Part("", "net.py:Net")], ["net.py"], ["Net"]),
        ("net.py", [Part("", "net.py")], ["net.py"], [""]),
        ("C:\\a b\\net.py:Net", [Part("", "C:\\a b\\net.py:Net")], ["C:\\a b\\net.py"], ["Net"]),
        (
            "x=a.npy; mask=random:1,8",
            [Part("x", "a.npy"), Part("mask", "random:1,8")],
            ["a.npy", ""],
            ["", ""],
        ),
        ("cross_entropy", [Part("", "cross_entropy")], [""], [""]),
        ("1.5", [Part("", "1.5")], [""], [""]),
        ("0.5,1e-3", [Part("", "0.5,1e-3")], [""], [""]),
        ("cat/dog", [Part("", "cat/dog")], [""], [""]),
        ("", [], [], []),
    ],
)
def test_pieces(text: str, parts: list[Part], paths: list[str], inside: list[str]):
    found = named.parts(text)
    assert found == parts
    assert [one.path for one in found] == paths
    assert [one.inside for one in found] == inside


def test_a_file_s_whole_path_is_one_piece(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.chdir(tmp_path)
    Path("a=1;b=2.npy").write_text("x", "utf-8")
    assert named.parts("a=1;b=2.npy") == [Part("", "a=1;b=2.npy")]


def test_what_is_resolved_holds_the_contents_of_every_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.chdir(tmp_path)
    for name in ("a.npy", "b.npy", "c.npy"):
        Path(name).write_text(name, "utf-8")
    text = "x=a.npy;y=random:3;z=b.npy"
    found = named.checked("input", text, lambda path: ["c.npy"])
    assert found == Named(text=text, files={one: sha256(Path(one)) for one in ("a.npy", "c.npy", "b.npy")})
    assert named.checked("input", found) == found
    assert named.checked("input", "random:3") == "random:3"
    Path("c.npy").write_text("other", "utf-8")
    with pytest.raises(InputError, match=r"c\.npy is not the file of that run"):
        named.checked("input", found)


def test_paths_of_a_script_begin_in_its_folder(tmp_path: Path):
    assert named.moved("net.py:Net", Path("/a")) == f"{Path('/a/net.py')}:Net"
    assert named.moved("x=a.npy;y=random:1,3", Path("/a")) == f"x={Path('/a/a.npy')};y=random:1,3"
    assert named.moved("/whole/net.py:Net", Path("/a")) == f"{Path('/whole/net.py')}:Net"
    assert named.moved("1.5", Path("/a")) == "1.5"
