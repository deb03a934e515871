"""What the gallery reads and writes, without a browser: commands that give the same run, nobody's page overwritten."""

from __future__ import annotations

import errno
import json
import shlex
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.errors import InputError, RunError
from pipeline.gallery import posters, write
from pipeline.gallery.find import find, split
from pipeline.gallery.retype import typed
from pipeline.gallery.subtitles import Said, read_subtitles
from pipeline.gallery.write import gallery
from tests.conftest import Film
from tests.web.films import GREEN, RED, write_film

FLOATS = st.floats(allow_nan=False, allow_infinity=False)


@pytest.fixture
def media(tmp_path: Path) -> Path:
    folder = tmp_path / "media"
    folder.mkdir()
    write_film(folder / "a.mp4", RED, GREEN)
    return folder


@given(st.dictionaries(st.sampled_from(["x", "w", "b"]), FLOATS, min_size=1), FLOATS)
def test_typed_parameters_are_read_back_exactly(at: dict[str, float], rate: float) -> None:
    """Six digits, as people are shown, would make another run."""
    import click

    from pipeline.values import Numbers

    option = click.Option(["--at"])
    context = click.Context(click.Command("render"))
    assert Numbers().convert(typed(at), option, context) == at
    assert click.FLOAT.convert(typed(rate), option, context) == rate


@pytest.mark.parametrize(
    "typed_words",
    [
        ["--expression", "-(w*x) + b", "--at", "x=0.1,w=-1.25,b=3", "--wrt", "w"],
        ["--widths", "5,4", "--activation", "tanh", "--no-net"],
        ["--expression", "a'b", "--lr", "0.3333333333333333"],
    ],
)
def test_the_command_gives_the_parameters_it_was_made_from(film: Film, typed_words: list[str]) -> None:
    """What the gallery prints, typed again, reaches the recorder as the same parameters."""
    from pipeline import json_records, numbers, options
    from pipeline.gallery.retype import command
    from render import CONTEXT, cli

    def parsed(words: list[str]) -> dict[str, Any]:
        sub = cli.commands["render"]
        return dict(sub.make_context("render", list(words), **CONTEXT).meta[options.GIVEN])

    wanted = parsed(["backward", *typed_words])
    told = numbers.read(film.numbers)
    given = json_records.plain(wanted)
    line = command(told, given, ["graph", "values"], [".mp4"], transparent=False)
    words = shlex.split(line)
    assert words[:3] == ["gradreel", "render", "backward"]
    assert parsed(words[2:]) == wanted


@pytest.mark.parametrize(
    ("name", "stem", "suffix"),
    [
        ("a-ko.mp4", "a-ko", ".mp4"),
        ("a.b-ko.numbers.json", "a.b-ko", ".numbers.json"),
        ("core.ko.vtt", "core", ".ko.vtt"),
        ("core.cover.png", "core", ".cover.png"),
        ("x.MP4", "x", ".mp4"),
        ("x.trace.npz", "x", ".trace.npz"),
        ("ko.vtt", "ko", ".vtt"),
    ],
)
def test_files_of_one_name_belong_together(name: str, stem: str, suffix: str) -> None:
    assert split(Path("clips") / name) == (Path("clips") / stem, suffix)


def test_subtitles_are_read_as_they_were_written(tmp_path: Path) -> None:
    """To the millisecond; "<" stays escaped, because the browser reads the text as WebVTT."""
    from pipeline.subtitles import srt_text, vtt_text
    from scenes.stage.captions import Cue

    cues = (Cue(0.5, 1.25, ("1 < 2", "둘째"), "a"), Cue(1.25, 3.0, ("끝",), "a"))
    for suffix, text in ((".srt", srt_text(cues)), (".vtt", vtt_text(cues))):
        path = tmp_path / f"x{suffix}"
        path.write_text("\ufeff" + text, encoding="utf-8")
        assert read_subtitles(path) == [Said(0.5, 1.25, "1 &lt; 2\n둘째"), Said(1.25, 3.0, "끝")]


def test_a_page_of_somebody_else_is_not_overwritten(media: Path) -> None:
    (media / "index.html").write_text("<h1>course</h1>")
    with pytest.raises(InputError, match="another page"):
        gallery(media)
    assert (media / "index.html").read_text() == "<h1>course</h1>"
    (media / "index.html").unlink()
    (media / "gallery-files").mkdir()
    (media / "gallery-files" / "mine.txt").write_text("")
    with pytest.raises(InputError, match="holds other files"):
        gallery(media)
    assert sorted(path.name for path in media.iterdir()) == ["a.mp4", "gallery-files"]


def test_nothing_to_show_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="does not exist"):
        gallery(tmp_path / "media")
    with pytest.raises(InputError, match="no films yet"):
        gallery(tmp_path)
    (tmp_path / "x").write_text("")
    with pytest.raises(InputError, match="not a folder"):
        gallery(tmp_path / "x")
    write_film(tmp_path / "a.mp4", RED, GREEN)
    with pytest.raises(InputError, match="not a folder"):
        gallery(tmp_path, tmp_path / "x")


@pytest.mark.parametrize("stop", [OSError(errno.ENOSPC, "No space left on device"), KeyboardInterrupt()])
def test_a_full_disk_and_ctrl_c_leave_the_gallery_before(
    media: Path, monkeypatch: pytest.MonkeyPatch, stop: BaseException
) -> None:
    from pipeline.console import Stopped

    page = gallery(media)
    before = {path: path.read_bytes() for path in media.rglob("*") if path.is_file()}

    def fail(*args: Any) -> None:
        raise stop

    monkeypatch.setattr(write, "_data", fail)
    with pytest.raises((RunError, Stopped), match=r"no space left|Stopped"):
        gallery(media)
    assert {path: path.read_bytes() for path in media.rglob("*") if path.is_file()} == before
    assert page in before


def test_a_second_run_draws_only_new_posters(media: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    gallery(media)
    write_film(media / "b.mp4", GREEN, RED)
    drawn = []
    real = posters.make_poster
    monkeypatch.setattr(
        posters, "make_poster", lambda source, target: drawn.append(source.name) or real(source, target)
    )
    gallery(media)
    assert drawn == ["b.mp4"]
    (media / "gallery-files" / "posters.json").write_text('{"x": 1}')
    gallery(media)
    assert sorted(drawn) == ["a.mp4", "b.mp4", "b.mp4"]


def test_many_files_are_one_page(tmp_path: Path) -> None:
    """A term's films: every item has its own data, and the page stays small."""
    first = write_film(tmp_path / "f0.mp4", RED, GREEN)
    for number in range(1, 150):
        (tmp_path / f"f{number}.mp4").hardlink_to(first)
    page = gallery(tmp_path)
    assert len(list((tmp_path / "gallery-files" / "data").glob("*.js"))) == 150
    assert page.stat().st_size < 250_000


def test_the_galleries_own_files_are_not_items(media: Path) -> None:
    gallery(media)
    assert [item.stem.name for item in find(media)] == ["a"]


def test_the_command_line(run: Any, media: Path) -> None:
    (media / "a.numbers.json").write_text("[]")
    done = run("gallery", media)
    assert done.exit_code == 0
    assert f"{media / 'index.html'}  1 film" in done.stdout
    assert "Note: " in done.stderr
    assert "a.numbers.json" in done.stderr
    data = next((media / "gallery-files" / "data").glob("*.js")).read_text()
    assert json.loads(data[data.index("{") : data.rindex(")")])["rows"] is None
