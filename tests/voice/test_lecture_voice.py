"""`lecture --voice`: the finished file has the voice where its captions are, as long and as loud as it must be."""

import json
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path
from typing import Any

import av
import numpy as np
import pytest
from click.testing import Result

from pipeline.voice import espeak
from pipeline.voice.loudness import TARGET_LUFS
from tests import needs
from tests.conftest import TINY
from tests.voice.sounds import RATE, ebur128, save, silent_film, speech

Run = Callable[..., Result]
SCRIPT = """
title = "Spoken"
language = "en"
title_card = false
captions = "sidecar"

[[part]]
scene = "backward"
beats = ["graph", "local"]
[part.parameters]
expression = "w*x"
at = "x=3,w=5"
wrt = "w"

[[part]]
card = "text"
name = "end"
text = "That was all."
caption = { en = ["First this.", "Then that."] }
"""
VOICES_S = {"backward-graph": (12.0,), "backward-local": (3.0, 1.5, 1.8), "end": (2.0, 2.5)}


@pytest.fixture(scope="module")
def script(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("script") / "spoken.toml"
    path.write_text(SCRIPT, encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def recordings(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One recording in one breath, much longer than its beat; two with pauses between their captions."""
    folder = tmp_path_factory.mktemp("recordings")
    kinds = iter((".wav", ".mp3", ".m4a"))
    for number, (key, phrases_s) in enumerate(VOICES_S.items(), 1):
        level = 0.02 * 4**number
        save(folder / f"{number:02d}-{key}{next(kinds)}", speech(*phrases_s, pause_s=0.6, level=level / 4))
    return folder


@pytest.fixture(scope="module")
def lecture(
    script: Path, recordings: Path, process: Callable[..., Any], tmp_path_factory: pytest.TempPathFactory
) -> Path:
    path = tmp_path_factory.mktemp("lecture") / "spoken.mp4"
    done = process("lecture", script, "-q", TINY, "--voice", recordings, "-o", path)
    assert (done.returncode, done.stderr) == (0, "")
    assert "with voice" in done.stdout
    return path


def sound_of(path: Path) -> np.ndarray:
    with av.open(str(path)) as container:
        return np.concatenate([frame.to_ndarray() for frame in container.decode(audio=0)], axis=1)


def phrases_s(sound: np.ndarray) -> list[tuple[float, float]]:
    """Begin and end of what is heard between silences of a quarter of a second."""
    loud = np.flatnonzero(np.abs(sound) > 0.01)
    parts = np.split(loud, np.flatnonzero(np.diff(loud) > RATE // 4) + 1)
    return [(float(part[0]) / RATE, float(part[-1]) / RATE) for part in parts]


def subtitles_s(path: Path) -> list[float]:
    with av.open(str(path)) as container:
        track = next(one for one in container.streams.subtitles if one.language == "eng")
        return [float(packet.pts * packet.time_base) for packet in container.demux(track) if packet.size > 2]


def test_every_phrase_begins_with_its_caption_and_is_heard_to_its_end(lecture: Path) -> None:
    heard = phrases_s(sound_of(lecture)[0])
    captions = subtitles_s(lecture)
    assert [end - start for start, end in heard] == pytest.approx([12.0, 3.0, 1.5, 1.8, 2.0, 2.5], abs=0.1)
    with_voice = [captions[0], *captions[3:]]  # the first recording speaks over three captions
    assert [start for start, _ in heard] == pytest.approx(with_voice, abs=0.05 + 0.04)


def test_beats_hold_as_long_as_their_voice(lecture: Path) -> None:
    """And a caption under a voice in one breath gets its share of it."""
    heard = phrases_s(sound_of(lecture)[0])
    captions = subtitles_s(lecture)
    assert heard[0][1] < captions[3]
    assert all(2 < later - earlier < 8 for earlier, later in pairwise(captions[:3]))
    with av.open(str(lecture)) as container:
        (video,) = [one for one in container.streams.video if one.codec_context.name == "h264"]
        assert heard[-1][1] < float(video.duration * video.time_base)


def test_the_whole_is_as_loud_as_asked_for_whatever_the_recordings_were(lecture: Path) -> None:
    sound = sound_of(lecture)
    loudness, peak = ebur128(sound)
    assert loudness == pytest.approx(TARGET_LUFS, abs=1)
    assert peak < -1
    for start, end in phrases_s(sound[0]):
        assert ebur128(sound[:, int(start * RATE) : int(end * RATE)])[0] == pytest.approx(
            TARGET_LUFS, abs=1.5
        )


def test_without_a_voice_there_is_no_sound_track(
    script: Path, process: Callable[..., Any], lecture: Path, tmp_path: Path
) -> None:
    path = tmp_path / "mute.mp4"
    done = process("lecture", script, "-q", TINY, "-o", path)
    assert (done.returncode, done.stderr) == (0, "")
    with av.open(str(path)) as mute, av.open(str(lecture)) as spoken:
        assert not mute.streams.audio
        assert len(spoken.streams.audio) == 1
        assert mute.duration < spoken.duration


@pytest.mark.skipif(espeak.found() is None, reason=needs.ESPEAK.missing)
def test_espeak_fills_in_for_a_missing_recording(
    script: Path, recordings: Path, run: Run, tmp_path: Path
) -> None:
    for file in recordings.iterdir():
        if "local" not in file.name:
            (tmp_path / file.name).write_bytes(file.read_bytes())
    path = tmp_path / "filled.mp4"
    result = run("lecture", script, "-q", TINY, "--voice", tmp_path, "--voice-missing", "espeak", "-o", path)
    assert result.exit_code == 0, result.stderr
    assert len(phrases_s(sound_of(path)[0])) >= 5


@pytest.mark.parametrize(
    ("who", "said"),
    [
        ("nowhere", "There is no folder nowhere"),
        ("piper:nothing.onnx", "There is no voice model nothing.onnx"),
        ("{empty}", "3 recordings are missing"),
        ("{film}", "is a film without sound"),
    ],
)
def test_voices_that_cannot_be_used(run: Run, script: Path, tmp_path: Path, who: str, said: str) -> None:
    """Nothing is drawn and nothing is left behind."""
    empty, films, out = tmp_path / "empty", tmp_path / "films", tmp_path / "out"
    empty.mkdir()
    films.mkdir()
    for key in VOICES_S:
        silent_film(films / f"{key}.m4a")
    who = who.format(empty=empty, film=films)
    result = run("lecture", script, "-q", TINY, "--voice", who, "-o", out / "a.mp4")
    assert result.exit_code == 2
    assert said in result.stderr
    assert not list(out.glob("**/*.*"))


def test_the_report_says_what_was_heard(lecture: Path) -> None:
    report = json.loads(lecture.with_suffix(".lecture.json").read_text(encoding="utf-8"))
    assert "sound" in json.dumps(report)
