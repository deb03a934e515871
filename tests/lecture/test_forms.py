"""Scripts from a Mac and for a Mac: the names of files and the texts in either form of Unicode."""

import unicodedata
from pathlib import Path

import pytest

from pipeline.lecture.check import read
from tests.lecture.own import film, picture

SCRIPT = """
title = "신경망 é"
cover = "표지 é.png"
[[part]]
picture = "그림.png"
[[part]]
video = "영상.mp4"
[[part]]
scene = "rnn"
parameters = { series = "자료/기온.csv", column = "값" }
[[part]]
scene = "convolution"
parameters = { image = "그림.png" }
"""


@pytest.mark.parametrize("written", ["NFC", "NFD"])
@pytest.mark.parametrize("stored", ["NFC", "NFD"])
def test_files_and_texts_in_either_form(
    tmp_path: Path, stored: str, written: str, monkeypatch: pytest.MonkeyPatch
):
    def place(name: str) -> Path:
        return tmp_path / unicodedata.normalize(stored, name)

    picture(place("표지 é.png"))
    picture(place("그림.png"))
    film(place("영상.mp4"), sound=False)
    place("자료").mkdir()
    (place("자료") / unicodedata.normalize(stored, "기온.csv")).write_text(
        unicodedata.normalize(stored, "월,값\n1,3\n2,4\n3,6\n"), encoding="utf-8"
    )
    file = place("강의.toml")
    file.write_text(unicodedata.normalize(written, SCRIPT), encoding="utf-8")
    monkeypatch.chdir(tmp_path.parent)  # paths start in the script's folder, those of CSV files too
    script = read(tmp_path / unicodedata.normalize(written, "강의.toml"))
    assert script.name == "강의"
    assert script.lecture.title.of("ko") == "신경망 é"
    assert script.path(unicodedata.normalize(written, "그림.png")).is_file()
