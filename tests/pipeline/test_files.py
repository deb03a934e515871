"""Subtitles, names of films, and the numbers file's exactness."""

from dataclasses import dataclass
from pathlib import Path

import pytest
import srt
import webvtt
from hypothesis import given
from hypothesis import strategies as st

from engine.errors import InputError
from pipeline import numbers
from pipeline.console import clock
from pipeline.film import FilmJob, Quality
from pipeline.plan import Style, film_name, plan
from pipeline.subtitles import srt_text, vtt_text
from scenes import SCENES


@dataclass(frozen=True)
class Cue:
    start_s: float
    end_s: float
    lines: tuple[str, ...]


CUES = (Cue(0.0, 1.5, ("x < 3 & y > 2",)), Cue(3599.9996, 3661.25, ("손실이 줄어든다", "둘째 줄")))


def test_srt() -> None:
    cues = list(srt.parse(srt_text(CUES)))
    assert [cue.content for cue in cues] == ["x < 3 & y > 2", "손실이 줄어든다\n둘째 줄"]
    assert [cue.index for cue in cues] == [1, 2]
    assert cues[1].end.total_seconds() == 3661.25


def test_vtt(tmp_path: Path) -> None:
    path = tmp_path / "a.vtt"
    path.write_text(vtt_text(CUES), "utf-8")
    captions = webvtt.read(path).captions
    assert path.read_text("utf-8").startswith("WEBVTT\n")
    assert captions[0].raw_text == "x &lt; 3 &amp; y &gt; 2"
    assert (captions[1].start, captions[1].end) == ("01:00:00.000", "01:01:01.250")


def test_no_captions_are_still_two_files() -> None:
    assert srt_text(()) == ""
    assert vtt_text(()).startswith("WEBVTT")


@pytest.mark.parametrize(
    ("seconds", "text"), [(0, "0:00.0"), (59.96, "1:00.0"), (83.46, "1:23.5"), (600, "10:00.0")]
)
def test_clock(seconds: float, text: str) -> None:
    assert clock(seconds) == text


@pytest.mark.parametrize(
    ("theme", "quality", "beats", "name"),
    [
        ("dark", "1080p60", (), "backward-ko"),
        ("light", "preview", (), "backward-ko-light-preview"),
        ("dark", "1080p60", ("graph", "chain"), "backward-ko-graph-chain"),
    ],
)
def test_film_names(theme: str, quality: str, beats: tuple[str, ...], name: str) -> None:
    assert film_name(FilmJob("backward", "ko", theme, Quality.parse(quality), "burned", beats)) == name


def test_every_planned_file_has_a_name_of_its_own() -> None:
    planned = plan(SCENES, Style.parse("both", "dark", "1080p60", "burned"), (), None)
    assert len({one.target for one in planned}) == 2 * len(SCENES)
    assert {one.target.parent for one in planned} == {Path("media")}


@given(
    st.one_of(st.floats(allow_nan=False, allow_infinity=False), st.integers(), st.booleans(), st.text()),
    st.text(st.characters(exclude_categories=["Cs"])),
)
def test_rows_keep_every_bit(tmp_path_factory: pytest.TempPathFactory, value: object, text: str) -> None:
    row = numbers.ShownNumber(
        time_s=0.1, beat="b", text=text, series="s", index=[1, 2], value=value, format="auto"
    )
    again = numbers.ShownNumber.model_validate_json(row.model_dump_json())
    assert (repr(again.value), again.text) == (repr(value), text)


def test_a_numbers_file_that_is_not_json(tmp_path: Path) -> None:
    path = tmp_path / "a.numbers.json"
    for content in ("", "{", "[" * 100_000, "[]", "3"):
        path.write_text(content)
        with pytest.raises(InputError, match=r"a\.numbers\.json"):
            numbers.read(path)


def test_the_numbers_file_of_a_clip() -> None:
    assert numbers.beside(Path("m/a.b.mp4")) == Path("m/a.b.numbers.json")
    assert numbers.beside(Path("m/a.numbers.json")) == Path("m/a.numbers.json")
