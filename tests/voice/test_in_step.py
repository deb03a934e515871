"""Voice, picture and subtitle of the last beat of a 20-minute lecture still begin together, in the finished file."""

from fractions import Fraction
from pathlib import Path
from typing import Any

import av
import numpy as np
import pytest

from pipeline.encoder import CODEC, OPTIONS
from pipeline.lecture.assemble import Around, Chapter, assemble
from pipeline.lecture.timeline import Beat, BeatVoice, Segment, Timeline, VoiceClip, sounds
from pipeline.voice.loudness import TARGET_LUFS, evened
from pipeline.voice.samples import RATE, write
from scenes.stage.captions import Cue
from tests.voice.sounds import ebur128, speech

FPS, WIDTH, HEIGHT = 3, 256, 144  # thirds of a second fall on no border between AAC's frames of 1024 samples
BEATS, FRAMES = 60, 61  # of 61/3 seconds each: 20 minutes and 20 seconds
CAPTION_AT = 2  # the frame with which a beat's caption begins, and so its voice
TOGETHER_S = 0.05


def film(path: Path) -> Path:
    """A dark film that becomes white at CAPTION_AT."""
    with av.open(str(path), "w", format="mp4") as container:
        stream: Any = container.add_stream(CODEC, rate=FPS, options=OPTIONS)
        stream.width, stream.height, stream.pix_fmt = WIDTH, HEIGHT, "yuv420p"
        for number in range(FRAMES):
            planes = np.full((HEIGHT * 3 // 2, WIDTH), 128, np.uint8)
            planes[:HEIGHT] = 235 if number >= CAPTION_AT else 16
            frame = av.VideoFrame.from_ndarray(planes, format="yuv420p")
            frame.pts, frame.time_base = number, Fraction(1, FPS)
            container.mux(stream.encode(frame))
        container.mux(stream.encode(None))
    return path


@pytest.fixture(scope="module")
def lecture(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Sixty beats of the same film and the same voice, which begins at once and loudly."""
    folder = tmp_path_factory.mktemp("lecture")
    picture = film(folder / "film.mp4")
    voice = evened(speech(2.0, 1.0))
    clip = VoiceClip(folder / "voice.wav", write(voice, folder / "voice.wav"))
    segments = []
    for number in range(BEATS):
        start_s = number * FRAMES / FPS
        cue = Cue(start_s + CAPTION_AT / FPS, start_s + FRAMES / FPS, (f"{number}",), "b")
        beat = Beat(f"s{number}-b", "b", "B", start_s, start_s + FRAMES / FPS, {"en": (cue,)})
        first = number * FRAMES
        segments.append(Segment(f"s{number}", "scene", "S", True, picture, first, FRAMES, FPS, (beat,)))
    timeline = Timeline("en", FPS, tuple(segments))
    voices = {beat.key: BeatVoice((clip,), by_caption=bool(i % 2)) for i, beat in enumerate(timeline.beats())}
    path = folder / "lecture.mp4"
    around = Around(sounds(timeline, voices), {"en": timeline.cues("en")}, [Chapter(0.0, "All of it")])
    assemble(timeline, around, path)
    return path


def heard_s(sound: np.ndarray) -> list[float]:
    """When a voice begins: each first loud sample after a second of silence."""
    loud = np.flatnonzero(np.abs(sound) > 0.05)
    begins = np.flatnonzero(np.diff(loud, prepend=-2 * RATE) > 1 * RATE)
    return [float(loud[at]) / RATE for at in begins]


def seen_s(container: Any) -> list[float]:
    """When the picture turns from dark to white."""
    times, bright = [], False
    for frame in container.decode(video=0):
        now = frame.to_ndarray(format="gray").mean() > 128
        if now and not bright:
            times.append(float(frame.time))
        bright = now
    return times


def written_s(container: Any) -> list[float]:
    """When each subtitle begins; empty ones only fill the gaps."""
    return [
        float(packet.pts * packet.time_base)
        for packet in container.demux(container.streams.subtitles[0])
        if packet.size > 2
    ]


@pytest.fixture(scope="module")
def sound(lecture: Path) -> np.ndarray:
    """The decoded sound track, (channel, sample)."""
    with av.open(str(lecture)) as container:
        return np.concatenate([frame.to_ndarray() for frame in container.decode(audio=0)], axis=1)


def test_voice_picture_and_subtitle_begin_together(lecture: Path, sound: np.ndarray) -> None:
    """A priming that players hear, a drift or a lost frame anywhere would part them at the end."""
    expected = [(number * FRAMES + CAPTION_AT) / FPS for number in range(BEATS)]
    with av.open(str(lecture)) as container:
        seen = seen_s(container)
    with av.open(str(lecture)) as container:
        written = written_s(container)
    heard = heard_s(sound[0])
    assert expected[-1] > 1200
    assert len(heard) == len(seen) == len(written) == BEATS
    for times in (heard, seen, written):
        assert np.abs(np.subtract(times, expected)).max() < TOGETHER_S / 2


def test_the_track_is_as_loud_as_was_asked_for(lecture: Path, sound: np.ndarray) -> None:
    """The mix to two channels or the codec would show here, and so would clipping."""
    loudness, peak = ebur128(sound[:, : 120 * RATE])
    assert loudness == pytest.approx(TARGET_LUFS, abs=1)
    assert peak < -1
    assert np.abs(sound[0] - sound[1]).max() < 0.002  # the voice stands in the middle


def test_the_sound_is_as_long_as_the_picture(lecture: Path, sound: np.ndarray) -> None:
    with av.open(str(lecture)) as container:
        (audio,) = container.streams.audio
        (video,) = container.streams.video
        assert (audio.codec_context.name, audio.rate, audio.layout.name) == ("aac", RATE, "stereo")
        assert float(video.duration * video.time_base) == pytest.approx(BEATS * FRAMES / FPS)
        assert float(audio.duration * audio.time_base) == pytest.approx(BEATS * FRAMES / FPS, abs=TOGETHER_S)
    assert sound.shape[1] / RATE == pytest.approx(BEATS * FRAMES / FPS, abs=TOGETHER_S)
