"""A folder that came by mail: what is damaged or meant badly is named and left out, the rest is shown, nothing runs."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from pipeline.gallery.find import find
from pipeline.gallery.subtitles import read_subtitles
from pipeline.gallery.write import gallery
from tests.conftest import Film
from tests.web.browser import Watch
from tests.web.films import GREEN, HOSTILE, RED, write_film

SECRET = "the private diary"
BEAT = {"name": "values", "title": "t", "start_s": 0.0, "end_s": 0.5}
ROW = {"time_s": 0.1, "beat": "values", "text": "1", "series": "a", "index": [0], "value": 1.0, "format": "d"}


def spoil(**changes: Any) -> Callable[[dict[str, Any]], str]:
    return lambda record: json.dumps(record | changes)


# What stands in the record beside a film; each makes the record useless, and no page may be lost by it.
RECORDS: dict[str, Callable[[dict[str, Any]], str]] = {
    "half a letter": lambda record: json.dumps(record | {"scene": "\ud800"}),
    "half a letter in a parameter": spoil(params={"given": {"expression": "\udfff"}, "resolved": {}}),
    "infinity": spoil(seconds=float("inf")),
    "no number": spoil(beats=[BEAT | {"start_s": float("nan")}]),
    "a time beyond all": spoil(rows=[ROW | {"time_s": 1e300}]),
    "a time before the film": spoil(rows=[ROW | {"time_s": -5.0}]),
    "many digits": lambda record: json.dumps(record).replace('"seed": 0', '"seed": ' + "9" * 5000),
    "nothing": lambda record: "",
    "half of it": lambda record: json.dumps(record)[:200],
    "a list": lambda record: "[]",
    "deep": lambda record: "[" * 200_000,
    "deep parameters": lambda record: json.dumps(record).replace(
        '"params": {', '"params": {"x": ' + "[" * 400 + "]" * 400 + ", ", 1
    ),
    "faults without end": spoil(rows=[{}] * 1_000_000),
    "many values": spoil(digests={str(number): number for number in range(800_000)}),
    "many numbers": spoil(rows=[ROW] * 60_000),
}
# Records that are well formed and say odd things: the film is shown.
ODD: dict[str, dict[str, Any]] = {
    "unknown language": {"language": "xx"},
    "unknown theme": {"theme": "__proto__", "scene": "constructor"},
    "markup": {
        "scene": HOSTILE, "language": HOSTILE, "theme": HOSTILE, "quality": HOSTILE, "recorder": HOSTILE,
        "beats": [BEAT | {"name": HOSTILE, "title": HOSTILE}],
        "rows": [ROW | {"beat": HOSTILE, "text": HOSTILE, "series": HOSTILE, "value": HOSTILE}],
        "params": {"given": {HOSTILE: HOSTILE}, "resolved": {}},
        "environment": {"torch": HOSTILE},
    },
    "line ends of Unicode": {"quality": "\u2028\u2029", "beats": [BEAT | {"title": "\u2028</script>"}]},
    "long": {"quality": "q" * 500_000, "beats": [BEAT | {"title": "t" * 500_000}]},
    "options": {"params": {"given": {"output": "/etc", "expression": "w*x"}, "resolved": {}}},
    "steering": {"params": {"given": {"expression": "\x1b[31m\n rm -r ."}, "resolved": {}}},
    "odd parameters": {"params": {"given": [], "resolved": {"expression": 3, "net": {}}}},
}  # fmt: skip
SUBTITLES = {
    "an hour beyond all": ("srt", "1\n99999999999999:00:00,000 --> 99999999999999:00:01,000\nx\n"),
    "a number of many digits": ("srt", "9" * 500_000 + "\n00:00:00,000 --> 00:00:01,000\nx\n"),
    "many digits in a time": ("vtt", "WEBVTT\n\n" + "9" * 5000 + ":00.000 --> 00:01.000\nx\n"),
    "digits and blanks": ("srt", "1 " * 200_000),
    "arrows": ("vtt", "WEBVTT\n\n" + "--> " * 100_000),
    "a long text": ("vtt", "WEBVTT\n\n00:00.000 --> 00:01.000\n" + "x" * 100_000),
    "no WebVTT": ("vtt", "1\n00:00:00,000 --> 00:00:01,000\nx\n"),
    "no text": ("srt", "\x00\x01"),
}
GOOD_SUBTITLES = {"a number of many digits"}  # nobody reads the number


def record_of(film: Film) -> dict[str, Any]:
    return dict(json.loads(film.numbers.read_text(encoding="utf-8")))


@pytest.fixture(scope="module")
def outside(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("private")
    (place / "diary.txt").write_text(SECRET)
    write_film(place / "private.mp4", RED, GREEN)
    with open(place / "private.mp4", "ab") as file:
        file.write(SECRET.encode())
    Image.new("RGB", (64, 36)).save(place / "private.png")
    return place


@pytest.fixture(scope="module")
def mail(film: Film, outside: Path, page: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("mail")
    first = write_film(folder / "good.mp4", RED, GREEN)
    told = record_of(film)
    for kind, cases in (("bad", RECORDS), ("odd", ODD)):
        for number, case in enumerate(cases.values()):
            os.link(first, folder / f"{kind}{number}.mp4")
            text = case(told) if callable(case) else json.dumps(told | case)
            (folder / f"{kind}{number}.numbers.json").write_text(text, encoding="utf-8")
    for number, (suffix, text) in enumerate(SUBTITLES.values()):
        os.link(first, folder / f"sub{number}.mp4")
        (folder / f"sub{number}.{suffix}").write_text(text, encoding="utf-8")
    os.link(first, folder / "http:127.0.0.1:9…a.mp4")
    os.link(first, folder / "javascript:alert(1).mp4")
    os.link(first, folder / "concat:good.mp4|x.mp4")
    (folder / "link.mp4").symlink_to(outside / "private.mp4")
    (folder / "diary.vtt").symlink_to(outside / "diary.txt")
    (folder / "gone.mp4").symlink_to(folder / "nothing.mp4")
    (folder / "round.mp4").symlink_to(folder / "round.mp4")
    (folder / "inner.mp4").symlink_to(folder / "good.mp4")
    (folder / "elsewhere").symlink_to(outside)
    for name in ("fifo.mp4", "good.vtt", "fifo.numbers.json", "fifo.png"):
        os.mkfifo(folder / name)
    os.link(first, os.fsencode(folder) + b"/caf\xe9.mp4")
    deep = folder.joinpath(*["d"] * 60)
    deep.mkdir(parents=True)
    os.link(first, deep / "deep.mp4")
    shutil.copytree(page.parent, folder / "deck")
    (folder / "deck" / "clips" / "private.mp4").symlink_to(outside / "private.mp4")
    (folder / "pipe").mkdir()
    os.mkfifo(folder / "pipe" / "index.html")
    (folder / "list.txt").write_text("not looked at")
    return folder


def entries(page: Path) -> dict[str, dict[str, Any]]:
    """What the page says of every item, and what its file beside says, by path."""
    text = page.read_text(encoding="utf-8")
    start = text.index('id="gallery">') + len('id="gallery">')
    items = json.loads(text[start : text.index("</script>", start)])["items"]
    data = page.parent / "gallery-files" / "data"
    found = {}
    for item in items:
        script = (data / f"{item['id']}.js").read_text(encoding="utf-8")
        found[item["path"]] = item | json.loads(script[script.index("{") : script.rindex(")")])
    return found


@pytest.fixture(scope="module")
def made(mail: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """The gallery in another folder, and what was said while it was made."""
    from click.testing import CliRunner

    from render import cli

    place = tmp_path_factory.mktemp("public") / "out"
    done = CliRunner().invoke(cli, ["gallery", str(mail), "-o", str(place)])
    assert done.exit_code == 0, done.output
    return place / "index.html", done.stderr


def test_everything_good_is_shown(made: tuple[Path, str]) -> None:
    shown = entries(made[0])
    kept = [f"bad{n}" for n in range(len(RECORDS))] + [f"odd{n}" for n in range(len(ODD))]
    kept += [f"sub{n}" for n in range(len(SUBTITLES))] + ["good", "inner", "deck/index"]
    kept += ["http:127.0.0.1:9…a", "javascript:alert(1)", "concat:good.mp4|x"]
    assert sorted(shown) == sorted(kept)
    for path, one in shown.items():
        assert one["poster"] or path == "deck/index"


def test_every_bad_record_is_named_and_the_film_is_shown_without_it(made: tuple[Path, str]) -> None:
    shown = entries(made[0])
    notes = made[1].splitlines()
    assert all(line.startswith("Note: ") and len(line) < 700 and line.isprintable() for line in notes)
    for number, what in enumerate(RECORDS):
        assert [line for line in notes if f"bad{number}.numbers.json" in line], what
        assert shown[f"bad{number}"]["rows"] is None, what
        assert shown[f"bad{number}"]["problems"], what
    for number, what in enumerate(ODD):
        assert not [line for line in notes if f"odd{number}." in line], what
        assert shown[f"odd{number}"]["rows"] is not None, what
    for number, (what, (suffix, _)) in enumerate(SUBTITLES.items()):
        named = [line for line in notes if f"sub{number}.{suffix}" in line]
        assert bool(named) == (what not in GOOD_SUBTITLES), what


def test_what_is_left_out_is_said(made: tuple[Path, str]) -> None:
    for name, why in (
        ("link.mp4", "outside this folder"), ("diary.vtt", "outside this folder"), ("gone.mp4", "leads nowhere"),
        ("round.mp4", "leads nowhere"), ("fifo.mp4", "no ordinary file"), ("good.vtt", "no ordinary file"),
        ("caf\\udce9.mp4", "not UTF-8"), ("d/d/d/d", "folders deep"),
    ):  # fmt: skip
        (line,) = [one for one in made[1].splitlines() if name in one]
        assert why in line


def test_nothing_private_is_copied(made: tuple[Path, str], outside: Path) -> None:
    private = {(outside / name).stat().st_ino for name in os.listdir(outside)}
    for path in made[0].parent.rglob("*"):
        assert not path.is_symlink()
        assert path.stat().st_ino not in private
        assert path.is_dir() or SECRET.encode() not in path.read_bytes()


def test_odd_words_are_not_believed(made: tuple[Path, str]) -> None:
    """A language or theme that is none would stop the page; a parameter that is none could be an option to copy."""
    odd = {what: entries(made[0])[f"odd{number}"] for number, what in enumerate(ODD)}
    for one in odd.values():
        assert one["language"] in ("", "ko", "en")
        assert one["theme"] in ("", "dark", "light")
        assert one["command"].isprintable()
        assert len(one["title"]) < 500
        assert len(one["quality"]) < 500
    assert odd["options"]["command"] == odd["steering"]["command"] == odd["markup"]["command"] == ""
    assert odd["unknown language"]["command"] != ""
    assert "\u2028" not in (made[0].parent / "gallery-files/data" / f"{odd['long']['id']}.js").read_text(
        "utf-8"
    )


def test_nothing_runs(made: tuple[Path, str], watch: Watch) -> None:
    """Every card is opened; no text of a record, a name or a subtitle becomes markup, and nothing is fetched."""
    page = made[0]
    tab = watch.open(page)
    for one in entries(page).values():
        tab.goto(f"{page.as_uri()}#{one['id']}")
        tab.reload()
        tab.locator(".panel").wait_for()
        assert tab.evaluate("window.hacked") is None
    assert tab.locator("img[onerror], [onload], script[src^='http']").count() == 0
    watch.check(page.parent)


def test_a_gallery_by_somebody_else_gives_no_posters(film: Film, outside: Path, tmp_path: Path) -> None:
    """What lies in the folder of the gallery before is taken again: not through links, and not with any face."""
    write_film(tmp_path / "a.mp4", RED, GREEN)
    page = gallery(tmp_path)
    own = tmp_path / "gallery-files"
    told = json.loads((own / "posters.json").read_text())
    ((name, one),) = told.items()
    (own / "posters" / f"{name}.webp").unlink()
    (own / "posters" / f"{name}.webp").symlink_to(outside / "diary.txt")
    gallery(tmp_path)
    assert SECRET.encode() not in (own / "posters" / f"{name}.webp").read_bytes()
    for face in (
        {"width": "<b>", "height": 1, "seconds": 1},
        {"width": 1, "height": 1, "seconds": 1e300},
        [],
    ):
        (own / "posters.json").write_text(json.dumps({name: one | {"face": face}}))
        gallery(tmp_path)
        assert entries(page)["a"]["size"] == [320, 180]


def test_many_bad_files_are_not_told_one_by_one(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write_film(tmp_path / "a.mp4", RED, GREEN)
    for number in range(300):
        (tmp_path / f"x{number}.mp4").symlink_to("/etc/passwd")
    gallery(tmp_path)
    said = capsys.readouterr()
    assert len(said.err.splitlines()) == 101
    assert "300 left out" in said.out
    assert [item.stem.name for item in find(tmp_path)] == ["a"]


def test_subtitles_of_any_text_are_read_in_one_pass(tmp_path: Path) -> None:
    """Texts that took a regular expression hours."""
    path = tmp_path / "x.srt"
    for text in ("1\n" * 300_000, "00:00:00,000" * 40_000, "\n" * 500_000, "9" * 900_000):
        path.write_text(text)
        with pytest.raises(ValueError, match="subtitle"):
            read_subtitles(path)
    path.write_text("1\n00:00:00,5 --> 1:00:01.250 x:1\na <b>\n\n\n7\n00:00:02,000  -->  00:00:03,000\n\n")
    first, second = read_subtitles(path)
    assert (first.start_s, first.end_s, first.text) == (0.5, 3601.25, "a &lt;b&gt;")
    assert (second.start_s, second.end_s, second.text) == (2.0, 3.0, "")
