"""A lecture script with everybody's files: what is said, where, and before anything is made."""

from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from engine.errors import InputError
from pipeline.lecture import media
from pipeline.lecture.check import read
from pipeline.lecture.script import Script
from tests.media import made

HEAD = 'title = "T"\n[[part]]\n'


def script(folder: Path, part: str) -> Script:
    (folder / "s.toml").write_text(HEAD + part, encoding="utf-8")
    return read(folder / "s.toml")


def complaint(folder: Path, part: str) -> str:
    with pytest.raises(InputError) as caught:
        script(folder, part)
    return str(caught.value)


@pytest.mark.parametrize(
    "written",
    [
        r'picture = "C:\Users\Kim\photo.png"',
        r'picture = "D:\data\photo.png"',
        r'video = "C:\xray\film.mp4"',
        r'picture = "C:\temp\new.png"',
        r'video = "\\server\teaching\b.mp4"',
        'scene = "convolution"\nparameters = { image = "C:\\temp\\new.png" }',
        'scene = "convolution"\nparameters = { image = "C:\\Users\\Kim\\photo.png" }',
    ],
)
def test_a_path_pasted_from_windows(tmp_path: Path, written: str) -> None:
    r"""Between double quotes \t is a tab, \n a line break and \U is followed by eight digits: nobody means that."""
    told = complaint(tmp_path, written)
    assert f"s.toml:{written.count(chr(10)) + 3}: " in told
    assert "ackslashes in double quotes are escapes in TOML: write 'C:\\…'" in told.replace(
        " (\\t is a tab, \\n a line break)", ""
    )
    assert "C:/…" in told


def test_the_same_path_in_single_quotes_is_a_path(tmp_path: Path) -> None:
    assert "There is no file C:\\temp\\new.png" in complaint(tmp_path, r"picture = 'C:\temp\new.png'")
    assert "escapes" not in complaint(tmp_path, r"picture = 'C:\temp\new.png'")


def test_a_podcast_is_no_film_before_anything_is_drawn(tmp_path: Path) -> None:
    made.sound_with_cover(tmp_path / "talk.mp3")
    told = complaint(tmp_path, 'video = "talk.mp3"')
    assert told.endswith("s.toml:3: talk.mp3 has no picture: give a film.")


def test_what_is_shown_otherwise_than_expected_is_noted(tmp_path: Path) -> None:
    made.animated(tmp_path / "a.gif")
    (note,) = media.notes(script(tmp_path, 'picture = "a.gif"'))
    assert note.startswith(f"Note: {tmp_path / 's.toml'}:2: a.gif moves: its first picture is shown.")
    assert list(media.notes(script(tmp_path, 'video = "a.gif"'))) == []

    film = made.film(tmp_path / "b.mp4", [made.halves()] * 20, sounds=1, muxer={"movflags": "+faststart"})
    whole = film.read_bytes()
    assert list(media.notes(script(tmp_path, 'video = "b.mp4"'))) == []
    film.write_bytes(made.unknown(whole))
    (note,) = media.notes(script(tmp_path, 'video = "b.mp4"'))
    assert "b.mp4 plays without its sound" in note
    assert list(media.notes(script(tmp_path, 'video = "b.mp4"\nsound = false'))) == []
    noise = list(np.random.default_rng(0).integers(0, 255, (20, 48, 64, 3), np.uint8))
    whole = made.film(film, noise, muxer={"movflags": "+faststart"}).read_bytes()
    film.write_bytes(whole[: len(whole) * 6 // 10])
    (note,) = media.notes(script(tmp_path, 'video = "b.mp4"'))
    assert "b.mp4 breaks off after" in note
    assert "s of 2.0 s" in note


def test_what_is_no_ordinary_file_is_refused_at_once(tmp_path: Path) -> None:
    import os

    if not hasattr(os, "mkfifo"):
        pytest.skip("this system has no named pipes")
    os.mkfifo(tmp_path / "pipe.mp4")
    for part in ('video = "pipe.mp4"', 'picture = "pipe.mp4"', 'picture = "/dev/zero"'):
        assert "no ordinary file" in complaint(tmp_path, part)


def test_webp_called_png_is_a_picture(tmp_path: Path) -> None:
    Image.new("RGB", (4, 4)).save(tmp_path / "a.png", format="WEBP")
    assert list(media.notes(script(tmp_path, 'picture = "a.png"'))) == []
