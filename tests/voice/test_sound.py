"""Recordings become samples at one rate and one loudness, and are parted where the voice rests."""

from pathlib import Path

import numpy as np
import pytest

from pipeline.voice.loudness import PEAK_DBTP, TARGET_LUFS, evened, is_silent, measured
from pipeline.voice.pauses import parted, pauses, trimmed
from pipeline.voice.samples import RATE, Unusable, read, resampled, write
from tests.voice.sounds import ebur128, save, speech


@pytest.mark.parametrize("suffix", [".wav", ".mp3", ".m4a"])
@pytest.mark.parametrize(("channels", "rate"), [(1, 48_000), (2, 44_100)])
def test_every_kind_of_file_is_read_at_its_true_length(
    tmp_path: Path, suffix: str, channels: int, rate: int
) -> None:
    """A wrong rate or a codec's padding would move the click."""
    tone = np.zeros(rate, np.float32)
    tone[rate // 2 : rate // 2 + rate // 50] = np.sin(np.arange(rate // 50) * 0.3) * 0.5
    sound = read(save(tmp_path / f"a{suffix}", tone, channels, rate), 60)
    click_s = np.flatnonzero(np.abs(sound) > 0.2)[0] / RATE
    assert click_s == pytest.approx(0.5, abs=0.005)
    assert len(sound) / RATE == pytest.approx(1.0, abs=0.06)


def test_what_was_written_is_read_back(tmp_path: Path) -> None:
    sound = speech(0.5)
    assert write(sound, tmp_path / "a.wav") == 0.5
    assert np.abs(read(tmp_path / "a.wav", 60) - sound).max() < 1e-4


def test_resampling_keeps_the_tone() -> None:
    """A tone of 1 kHz at 22.05 kHz is one of 1 kHz at 48 kHz, also from 16-bit integers."""
    tone = (np.sin(2 * np.pi * 1000 * np.arange(22_050) / 22_050) * 16_000).astype(np.int16)
    sound = resampled(tone, 22_050)
    assert len(sound) == pytest.approx(RATE, abs=50)
    spectrum = np.abs(np.fft.rfft(sound[:RATE], RATE))
    assert int(spectrum.argmax()) == 1000
    assert np.abs(sound).max() == pytest.approx(16_000 / 32_768, abs=0.02)


@pytest.mark.parametrize("level", [0.002, 0.05, 0.6])
def test_every_voice_comes_out_equally_loud(level: float) -> None:
    """FFmpeg's ebur128 measures; the voice goes on two channels, as in the finished track."""
    quiet = speech(2.0, 1.5, 3.0, level=level)
    loud = evened(quiet)
    loudness, peak = ebur128(np.stack([loud, loud]))
    assert loudness == pytest.approx(TARGET_LUFS, abs=0.5)
    assert peak <= PEAK_DBTP + 0.3
    assert len(loud) == len(quiet)
    assert measured(loud) == pytest.approx(loudness, abs=0.2)


def test_peaks_are_limited_and_nothing_is_moved() -> None:
    """A voice with bangs in it would clip at the target loudness; the limiter must not delay it either."""
    sound = speech(3.0, level=0.02)
    bangs = np.arange(RATE // 2, len(sound), RATE)
    sound[bangs] = 0.9
    loud = evened(sound)
    loudness, peak = ebur128(np.stack([loud, loud]))
    assert peak <= PEAK_DBTP + 0.3
    assert loudness == pytest.approx(TARGET_LUFS, abs=1)
    for bang in bangs:
        around = np.abs(loud[bang - 500 : bang + 500])
        assert abs(int(around.argmax()) - 500) <= 2


def test_very_short_sounds_and_silence() -> None:
    short = evened(speech(0.1))
    assert np.isfinite(short).all()
    assert measured(short) == pytest.approx(TARGET_LUFS, abs=1)
    silence = np.zeros(RATE, np.float32)
    assert is_silent(silence)
    assert is_silent(silence[:0])
    assert is_silent(silence + np.float32(1e-5))
    assert not is_silent(speech(1.0, level=0.01))
    assert (evened(silence) == 0).all()


def test_silence_around_a_voice_goes_and_the_voice_stays() -> None:
    voice = speech(1.0)
    padded = np.concatenate([np.zeros(RATE, np.float32), voice, np.zeros(2 * RATE, np.float32)])
    cut = trimmed(padded)
    assert 1.0 <= len(cut) / RATE <= 1.0 + 0.14
    assert np.abs(np.correlate(cut, voice[:2000], "valid")).max() > 0
    assert np.square(cut).sum() == pytest.approx(float(np.square(voice).sum()))
    noise = np.random.default_rng(0).normal(0, 3e-4, len(padded)).astype(np.float32)
    assert len(trimmed(padded + noise)) / RATE <= 1.0 + 0.14


def test_a_recording_is_parted_at_its_pauses() -> None:
    sound = speech(2.0, 3.0, 1.0)
    assert [round((a + b) / 2, 1) for a, b in pauses(sound)] == [2.2, 5.6]
    pieces = parted(sound, [20, 30, 10])
    assert pieces is not None
    assert [len(piece) / RATE for piece in pieces] == pytest.approx([2.0, 3.0, 1.0], abs=0.15)


def test_pauses_that_stand_out_count_wherever_they_are() -> None:
    """Somebody who rests between the captions only may read at any pace."""
    pieces = parted(speech(1.0, 5.0), [5, 1])
    assert pieces is not None
    assert [len(piece) / RATE for piece in pieces] == pytest.approx([1.0, 5.0], abs=0.15)


def test_among_many_pauses_those_near_their_places_count() -> None:
    """Four phrases of two captions: the second pause lies where the first caption must end."""
    pieces = parted(speech(1.0, 2.0, 1.5, 1.5), [3, 3])
    assert pieces is not None
    assert [len(piece) / RATE for piece in pieces] == pytest.approx([3.4, 3.4], abs=0.15)


def test_a_recording_without_the_pauses_it_needs_stays_whole() -> None:
    assert parted(speech(6.0), [1, 1]) is None
    assert parted(speech(0.5, 0.5, 5.0), [1, 1]) is None
    whole = parted(speech(6.0), [1])
    assert whole is not None
    assert len(whole) == 1


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("text.wav", b"hello, this is no sound at all" * 100, "cannot be read as sound"),
        ("empty.mp3", b"", "is empty"),
        ("noise.m4a", bytes(range(256)) * 40, "cannot be read as sound"),
    ],
)
def test_files_that_are_no_sound(tmp_path: Path, name: str, content: bytes, said: str) -> None:
    (tmp_path / name).write_bytes(content)
    with pytest.raises(Unusable, match=said):
        read(tmp_path / name, 60)


def test_a_file_that_breaks_off_or_is_too_long(tmp_path: Path) -> None:
    path = save(tmp_path / "a.m4a", speech(2.0))
    (tmp_path / "cut.m4a").write_bytes(path.read_bytes()[:4000])
    with pytest.raises(Unusable, match="cannot be read"):
        read(tmp_path / "cut.m4a", 60)
    with pytest.raises(Unusable, match=r"longer than the 0\.02 minutes"):
        read(path, 1.2)
