"""A lecture really made and decoded again: if these failed, players would not show what the script says."""

import json
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise
from pathlib import Path
from typing import Any

import av
import numpy as np
import pytest
import srt
import webvtt

from tests.lecture.own import film, picture

FPS = 5
SCRIPT = """
title = { ko = "시험 강의", en = "A test lecture" }
author = "Garam"
date = 2026-03-02
language = "both"

[[part]]
scene = "backward"
beats = ["chain"]
[part.captions.chain]
en = [["Start at the end,", "at 0.5."], "Go back.", "By {wrt} it is {gradient}.", "{turn}"]

[[part]]
card = "text"
seconds = 2
title = { ko = "쉬는 시간", en = "A break" }
text = { ko = ["차 한잔"], en = ["Some tea"] }

[[part]]
video = "own.mp4"
chapter = true
title = { ko = "나의 영상", en = "My film" }
caption = { ko = ["보세요."], en = ["Look."] }

[[part]]
picture = "own.png"
seconds = 1
"""


@dataclass(frozen=True)
class Made:
    """The folder with both films, and what the command said."""

    folder: Path
    said: str

    def path(self, language: str, suffix: str) -> Path:
        return self.folder / f"script-{language}-144p5{suffix}"

    def report(self, language: str) -> dict[str, Any]:
        read: dict[str, Any] = json.loads(self.path(language, ".lecture.json").read_text(encoding="utf-8"))
        return read


@pytest.fixture(scope="session")
def made(process: Callable[..., Any], tmp_path_factory: pytest.TempPathFactory) -> Made:
    folder = tmp_path_factory.mktemp("lecture")
    film(folder / "own.mp4")
    picture(folder / "own.png")
    (folder / "script.toml").write_text(SCRIPT, encoding="utf-8")
    done = process("lecture", folder / "script.toml", "-q", f"144p{FPS}", "-o", folder / "out")
    assert done.returncode == 0, done.stderr
    return Made(folder / "out", done.stdout + done.stderr)


@pytest.fixture(params=["ko", "en"])
def language(request: pytest.FixtureRequest) -> str:
    return str(request.param)


def pictures(path: Path) -> list[np.ndarray]:
    with av.open(str(path)) as container:
        return [frame.to_ndarray(format="rgb24") for frame in container.decode(container.streams.video[0])]


def test_the_folder_holds_what_was_promised(made: Made):
    suffixes = (".mp4", ".ko.srt", ".en.srt", ".ko.vtt", ".en.vtt", ".cover.png", ".lecture.json")
    names = {made.path(language, suffix).name for language in ("ko", "en") for suffix in suffixes}
    assert {path.name for path in made.folder.iterdir()} == names


def test_own_digits_are_told(made: Made):
    assert "script.toml:11: 0.5 in this caption is yours" in made.said


def test_every_frame_is_there_and_evenly_timed(made: Made, language: str):
    report = made.report(language)
    with av.open(str(made.path(language, ".mp4"))) as container:
        stream = container.streams.video[0]
        assert (stream.codec_context.name, stream.codec_context.pix_fmt) == ("h264", "yuv420p")
        times = [frame.pts * stream.time_base for frame in container.decode(stream)]
    assert times[0] == 0
    assert {later - earlier for earlier, later in pairwise(times)} == {Fraction(1, FPS)}
    assert len(times) == report["frames"] == sum(part["frames"] for part in report["parts"])
    assert len(times) / FPS == report["seconds"]


def test_every_part_can_be_reached_at_once(made: Made):
    """Parts are copied, not encoded again: each begins with a whole picture, and the place for it comes first."""
    path = made.path("ko", ".mp4")
    starts = [part["start_s"] for part in made.report("ko")["parts"]]
    with av.open(str(path)) as container:
        stream = container.streams.video[0]
        keys = [float(one.pts * stream.time_base) for one in container.demux(stream) if one.is_keyframe]
        for start in starts:
            container.seek(round(start / stream.time_base), stream=stream)
            assert float(next(container.decode(stream)).time) == pytest.approx(start)
    assert set(starts) <= set(keys)
    data = path.read_bytes()
    assert data.find(b"moov") < data.find(b"mdat")


def test_parts_show_what_they_are(made: Made):
    """The own film flashes white, the own picture is red with a green edge; both stand where they should."""
    frames = pictures(made.path("en", ".mp4"))
    parts = {part["key"]: part for part in made.report("en")["parts"]}
    flashes = [n for n, one in enumerate(frames) if one[60:70, 120:136].min() > 200]
    first = round(parts["video"]["start_s"] * FPS)
    assert [n for n in flashes if n >= first] == [first, first + FPS]
    still = frames[round(parts["picture"]["start_s"] * FPS) + 3]
    assert tuple(np.argmax(still[72, [40, 180]], axis=1)) == (1, 0)  # green on the left, red on the right
    letterbox = still[72, [2, 250]].astype(int)
    assert np.abs(letterbox - (14, 17, 22)).max() < 8


def test_the_sound_of_an_own_film_is_with_its_picture(made: Made):
    start = next(part for part in made.report("ko")["parts"] if part["key"] == "video")["start_s"]
    with av.open(str(made.path("ko", ".mp4"))) as container:
        audio = container.streams.audio[0]
        assert audio.codec_context.name == "aac"
        samples = np.concatenate([frame.to_ndarray()[0] for frame in container.decode(audio)])
    loud = np.flatnonzero(np.abs(samples) > 0.1) / audio.rate
    beeps = [loud[0], *loud[np.flatnonzero(np.diff(loud) > 0.5) + 1]]
    assert beeps == pytest.approx([start, start + 1], abs=0.05)


def test_players_show_chapters_title_and_cover(made: Made, language: str):
    korean = language == "ko"
    with av.open(str(made.path(language, ".mp4"))) as container:
        chapters = [
            (float(c["start"] * c["time_base"]), c["metadata"]["title"]) for c in container.chapters()
        ]
        cover = next(one for one in container.streams.video if one.codec_context.name == "png")
        tags = container.metadata
        assert cover.disposition & av.stream.Disposition.attached_pic
    starts = [part["start_s"] for part in made.report(language)["parts"]]
    titles = (
        ["시험 강의", "역전파", "나의 영상"] if korean else ["A test lecture", "Backward pass", "My film"]
    )
    assert chapters == [
        (pytest.approx(starts[n], abs=1e-3), title) for n, title in zip((0, 1, 3), titles, strict=True)
    ]
    assert (tags["title"], tags["artist"], tags["date"]) == (titles[0], "Garam", "2026-03-02")


def subtitles(path: Path) -> dict[str, list[tuple[int, int, str]]]:
    """Start and end in ms and text of every cue, by language."""
    with av.open(str(path)) as container:
        streams = {one.index: one.metadata["language"] for one in container.streams.subtitles}
        found = {language: [] for language in streams.values()}
        for packet in container.demux(container.streams.subtitles):
            if packet.size > 2:
                one = (packet.pts, packet.pts + packet.duration, bytes(packet)[2:].decode())
                found[streams[packet.stream.index]].append(one)
    return found


def test_subtitles_inside_are_those_beside(made: Made, language: str):
    inside = subtitles(made.path(language, ".mp4"))
    assert list(inside) == (["kor", "eng"] if language == "ko" else ["eng", "kor"])
    for code, other in (("kor", "ko"), ("eng", "en")):
        text = made.path(language, f".{other}.srt").read_text(encoding="utf-8")
        beside = [
            (one.start.total_seconds(), one.end.total_seconds(), one.content) for one in srt.parse(text)
        ]
        assert [(s / 1000, e / 1000, t) for s, e, t in inside[code]] == [
            (pytest.approx(s, abs=0.002), pytest.approx(e, abs=0.002), t) for s, e, t in beside
        ]
        assert len(webvtt.read(made.path(language, f".{other}.vtt"))) == len(beside)


def test_both_languages_speak_at_the_same_moments(made: Made):
    """In the Korean film the English subtitles are the author's: two of them share the first moment."""
    beat = next(part for part in made.report("ko")["parts"] if part["key"] == "backward")["beats"][0]
    korean, english = beat["captions"]["ko"], beat["captions"]["en"]
    assert [" ".join(one["lines"]) for one in english] == [
        "Start at the end,",
        "at 0.5.",
        "Go back.",
        "By w it is 12.",
        "Positive: a larger w, a larger L. So w must go down.",
    ]
    assert english[0]["start_s"] == korean[0]["start_s"]
    assert english[1]["end_s"] == pytest.approx(korean[0]["end_s"])
    assert [one["start_s"] for one in english[2:]] == [one["start_s"] for one in korean[1:]]
    assert not beat["own_words"]
    drawn = next(part for part in made.report("en")["parts"] if part["key"] == "backward")["beats"][0]
    assert (drawn["own_words"], drawn["own_digits"]) == (True, ["0.5"])


def test_a_card_is_read_to_those_who_follow_the_other_language(made: Made):
    parts = {part["key"]: part["beats"][0] for part in made.report("ko")["parts"]}
    assert [" ".join(one["lines"]) for one in parts["text"]["captions"]["en"]] == ["A break", "Some tea"]
    assert parts["text"]["captions"]["ko"] == []
    assert parts["video"]["captions"]["ko"][0]["lines"] == ["보세요."]


def test_verify_repeats_the_runs_and_notices_a_changed_number(
    made: Made, run: Callable[..., Any], tmp_path: Path
):
    folder = tmp_path / "copy"
    shutil.copytree(made.folder, folder)
    lecture = folder / made.path("en", ".mp4").name
    good = run("verify", lecture)
    assert good.exit_code == 0, good.output
    report = folder / made.path("en", ".lecture.json").name
    data = json.loads(report.read_text(encoding="utf-8"))
    row = next(
        row for part in data["parts"] if part["run"] for row in part["run"]["rows"] if row["text"] == "1"
    )
    row["text"] = "2"
    report.write_text(json.dumps(data), encoding="utf-8")
    (folder / made.path("en", ".en.srt").name).write_text("", encoding="utf-8")
    bad = run("verify", lecture)
    assert bad.exit_code == 1
    assert "the text '2' should be '1'" in bad.output
    assert "was changed after it was rendered" in bad.output
