"""``render.py deck``: what it makes, what it refuses, and a lecture without scenes, which draws nothing."""

import errno
import os
from collections.abc import Callable
from fractions import Fraction
from pathlib import Path
from typing import Any

import av
import numpy as np
import pypdf
import pytest
from click.testing import Result
from PIL import Image
from pptx import Presentation

from pipeline.deck import powerpoint
from tests.conftest import TINY

SCRIPT = """
title = { ko = "내 강의", en = "My lecture" }
subtitle = "One\\u0007 two"
author = "A. Teacher"
date = 2026-03-02
language = "both"

[[part]]
card = "text"
title = { ko = "오늘", en = "Today" }
chapter = true
text = { ko = ["- 하나", "둘"], en = ["- one", "two & <three>"] }
caption = { ko = ["시작합니다."], en = ["We begin.", "Now."] }

[[part]]
card = "title"
title = "My own"

[[part]]
picture = "photo.jpg"

[[part]]
video = "turned.mp4"
title = "A film"
sound = false
"""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A lecture without scenes: a photograph that lies on its side, a film that lies on its side and has sound."""
    folder = tmp_path_factory.mktemp("lecture")
    (folder / "talk.toml").write_text(SCRIPT, encoding="utf-8")
    photo = Image.new("RGB", (300, 200), "white")
    photo.paste("red", (0, 0, 300, 40))
    exif = Image.Exif()
    exif[0x0112] = 6  # to be turned a quarter clockwise
    photo.save(folder / "photo.jpg", exif=exif)
    film(folder / "turned.mp4")
    return folder


def film(path: Path) -> None:
    """Ten frames of MPEG-4, green above and blue below, to be shown turned; and a tone."""
    with av.open(str(path), "w") as file:
        video: Any = file.add_stream("mpeg4", rate=10)
        video.width, video.height, video.pix_fmt = 96, 64, "yuv420p"
        audio: Any = file.add_stream("aac", rate=48000)
        for number in range(10):
            pixels = np.zeros((64, 96, 3), np.uint8)
            pixels[:32, :, 1] = pixels[32:, :, 2] = 200
            frame = av.VideoFrame.from_ndarray(pixels, format="rgb24")
            frame.pts, frame.time_base = number, Fraction(1, 10)
            file.mux(video.encode(frame))
            sound = av.AudioFrame.from_ndarray(np.zeros((1, 4800), np.float32), format="fltp", layout="mono")
            sound.rate, sound.pts = 48000, number * 4800
            file.mux(audio.encode(sound))
        file.mux(video.encode())
        file.mux(audio.encode())


@pytest.fixture(scope="module")
def made(folder: Path) -> dict[str, Any]:
    from click.testing import CliRunner

    from render import cli

    done = CliRunner().invoke(cli, ["deck", str(folder / "talk.toml"), "--to", "pptx", "-o", str(folder)])
    assert done.exit_code == 0, done.output
    assert done.output.splitlines() == [
        f"{folder / name}  5 slides  0:01.0 of film" for name in ("talk-ko.pptx", "talk-en.pptx")
    ]
    return {language: Presentation(str(folder / f"talk-{language}.pptx")) for language in ("ko", "en")}


def test_a_lecture_is_one_deck_a_language(made: dict[str, Any]) -> None:
    titles = {
        language: [slide.shapes.title.text_frame.text for slide in show.slides]
        for language, show in made.items()
    }
    assert titles["ko"] == ["내 강의", "오늘", "My own", "My own", "A film"]
    assert titles["en"] == ["My lecture", "Today", "My own", "My own", "A film"]


def test_chapters_are_sections(made: dict[str, Any]) -> None:
    names = [one.get("name") for one in made["en"].element.iterfind(".//{*}section")]
    assert names == ["My lecture", "Today", "My own"]


def test_cards_become_text_that_can_be_changed(made: dict[str, Any]) -> None:
    opening, text, *_ = made["en"].slides
    assert opening.placeholders[1].text_frame.text.split("\n") == ["One two", "A. Teacher", "2 March 2026"]
    frame = text.placeholders[1].text_frame
    assert [one.text for one in frame.paragraphs] == ["one", "two & <three>"]
    assert [one._p.find(".//{*}buChar") is not None for one in frame.paragraphs] == [True, False]
    assert text.notes_slide.notes_text_frame.text == "We begin. Now."
    assert next(iter(made["ko"].slides)).placeholders[1].text_frame.paragraphs[-1].text == "2026년 3월 2일"


def test_a_photograph_stands_upright(made: dict[str, Any]) -> None:
    slide = made["en"].slides[3]
    (picture,) = [shape for shape in slide.shapes if shape.shape_type == 13]
    assert picture.height > picture.width
    assert slide.shapes.title.top < 0  # it has no title of its own: the picture has the whole slide


def test_an_own_film_plays_anywhere_and_is_silent_when_asked(made: dict[str, Any], tmp_path: Path) -> None:
    slide = made["en"].slides[4]
    (part,) = {
        rel.target_part for rel in slide.part.rels.values() if rel.target_part.partname.endswith(".mp4")
    }
    (tmp_path / "out.mp4").write_bytes(part.blob)
    with av.open(str(tmp_path / "out.mp4")) as clip:
        context: Any = clip.streams.video[0].codec_context
        assert (context.name, context.pix_fmt) == ("h264", "yuv420p")
        assert not clip.streams.audio
        assert len(list(clip.decode(video=0))) == 10
    assert "p:timing" in slide.element.xml


def test_a_turned_film_is_turned_and_keeps_its_sound(folder: Path, tmp_path: Path) -> None:
    """Frames of a telephone held upright lie on their side in the file, and PowerPoint would show them so."""
    from dataclasses import replace

    from pipeline.deck import footage
    from pipeline.media.facts import facts as facts_of

    source = folder / "turned.mp4"
    facts = replace(facts_of(source), turns=1, width=64, height=96)
    old, footage.facts_of = footage.facts_of, lambda path: facts
    try:
        clip = footage.own_clip(source, True, tmp_path / "own")
    finally:
        footage.facts_of = old
    assert (clip.width_px, clip.height_px) == (64, 96)
    with Image.open(clip.last) as picture:
        left, right = picture.convert("RGB").getpixel((10, 50)), picture.convert("RGB").getpixel((54, 50))
    assert left[1] > 150 > left[2]  # above goes to the left, anticlockwise
    assert right[2] > 150 > right[1]
    with av.open(str(clip.path)) as file:
        assert file.streams.audio[0].codec_context.name == "aac"
        seconds = float(file.streams.video[0].duration * file.streams.video[0].time_base)
    assert seconds == pytest.approx(1.0, abs=0.05)


def test_a_film_that_plays_anywhere_is_copied(scene_deck: Any, tmp_path: Path) -> None:
    from pipeline.deck.footage import own_clip

    source = scene_deck.slides[0].clip.path
    clip = own_clip(source, True, tmp_path / "own")
    assert clip.path.read_bytes() == source.read_bytes()
    assert clip.seconds == pytest.approx(scene_deck.slides[0].clip.seconds, abs=0.01)


def test_a_scene_as_pdf(run: Callable[..., Result], scene_deck: Any, tmp_path: Path) -> None:
    """The same clips as other decks: nothing is drawn again."""
    args = ["backward", "--beat", "chain", "--beat", "graph", "--to", "pdf", "-q", TINY, "-o", tmp_path]
    done = run("deck", *args)
    assert done.exit_code == 0, done.output
    (path,) = tmp_path.iterdir()
    assert path.name == "backward-chain-graph-ko.pdf"
    assert done.output.startswith(f"{path}  2 slides  0:")
    pages = pypdf.PdfReader(path).pages
    assert [slide.title in page.extract_text() for slide, page in zip(scene_deck.slides, pages, strict=True)]


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (["--to", "pptx"], "Name a scene or a lecture script"),
        (["backward"], "Missing option '--to'"),
        (["backwrd", "--to", "pptx"], "Did you mean backward?"),
        (["gone.toml", "--to", "pptx"], "There is no file gone.toml"),
        (["gone.toml", "backward", "--to", "pptx"], "give it alone"),
        (["gone.toml", "--to", "pptx", "--beat", "graph"], "leave out --beat"),
        (["gone.toml", "--to", "pptx", "-p", "seed=1"], "leave out -p"),
        (["gone.toml", "--to", "pptx", "--seed", "1"], "No such option '--seed'"),
        (["backward", "--to", "pptx", "--beat", "nope"], "backward has no beat nope"),
        (["backward", "--to", "pptx", "-o", "deck.pdf"], "does not end in .pptx"),
        (["backward", "--to", "pptx", "--lang", "both", "-o", "deck.pptx"], "2 files cannot all be"),
        (["backward", "--to", "pdf", "--poster", "last"], "--poster is for --to pptx"),
        (["backward", "--to", "pptx", "--no-notes"], "--notes is for --to pdf"),
        (["backward", "--to", "pptx", "--one-file"], "--one-file is for --to html"),
        (["backward", "--to", "pptx", "-q", "big"], "Unknown quality 'big'"),
        (["backward", "--to", "ppt"], "'ppt' is not one of"),
    ],
)
def test_what_cannot_be_used_is_told_in_one_sentence(
    wrong: Callable[..., str], args: list[str], said: str
) -> None:
    output = wrong(*args)
    assert said in output
    assert output.startswith("Error: ")


def test_a_disk_that_is_full_leaves_no_half_deck(
    run: Callable[..., Result], folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(deck: Any, path: Path, **options: Any) -> None:
        path.write_bytes(b"half")
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(powerpoint, "write", full)
    done = run("deck", folder / "talk.toml", "--to", "pptx", "--lang", "en", "-o", tmp_path / "deck.pptx")
    assert done.exit_code == 1
    assert "no space left" in done.output
    assert list(tmp_path.iterdir()) == []


def test_ctrl_c_leaves_no_half_deck_and_no_scratch(
    run: Callable[..., Result], folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stop(deck: Any, path: Path, **options: Any) -> None:
        path.write_bytes(b"half")
        raise KeyboardInterrupt

    monkeypatch.setattr(powerpoint, "write", stop)
    scratch = tmp_path / "scratch"
    scratch.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(scratch))
    done = run("deck", folder / "talk.toml", "--to", "pptx", "--lang", "en", "-o", tmp_path / "deck.pptx")
    assert done.exit_code == 1
    assert "Stopped in deck.pptx" in done.output
    assert [path.name for path in tmp_path.iterdir()] == ["scratch"]
    assert list(scratch.iterdir()) == []


def test_a_scratch_folder_that_is_full_is_named(
    run: Callable[..., Result], folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """-o would be the wrong advice: it is not the deck's folder that is full."""

    def full(*args: Any) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr("pipeline.deck.lecture.own_picture", full)
    done = run("deck", folder / "talk.toml", "--to", "pdf", "-o", tmp_path)
    assert done.exit_code == 1
    assert "set TMPDIR" in done.output
    assert list(tmp_path.iterdir()) == []
