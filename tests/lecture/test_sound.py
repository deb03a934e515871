"""The sound track: if these failed, voices would drift away from the picture or be cut."""

import wave
from pathlib import Path

import numpy as np
import pytest

from engine.errors import InputError
from pipeline.lecture.sound import BLOCK, RATE, blocks
from pipeline.lecture.timeline import Sound
from tests.lecture.own import film


def tone(path: Path, seconds: float) -> Path:
    """A constant sound, so that its edges can be found to the sample."""
    with wave.open(str(path), "wb") as file:
        file.setnchannels(2)
        file.setsampwidth(2)
        file.setframerate(RATE)
        file.writeframes(np.full(2 * round(seconds * RATE), 16384, np.int16).tobytes())
    return path


def track(pieces: list[Sound], seconds: float) -> np.ndarray:
    parts = list(blocks(pieces, seconds))
    assert all(part.shape == (2, BLOCK) and part.dtype == np.float32 for part in parts)
    return np.concatenate(parts, axis=1)[0]


def test_pieces_lie_at_their_samples_and_are_cut_at_their_ends(tmp_path: Path):
    """The third piece is longer than its place, the second ends where the third begins."""
    path = tone(tmp_path / "t.wav", 0.5)
    pieces = [Sound(path, 0.1, 2.0), Sound(path, 1.0, 1.3), Sound(path, 1.25, 1.5)]
    samples = track(pieces, 3.0)
    assert len(samples) == -(-3 * RATE // BLOCK) * BLOCK
    loud = np.flatnonzero(samples)
    edges = [loud[0], *loud[np.flatnonzero(np.diff(loud) > 1) + 1]]
    assert edges == [round(0.1 * RATE), RATE]
    assert loud[-1] + 1 == round(1.5 * RATE)
    assert len(loud) == round(0.5 * RATE) + round(0.5 * RATE)


def test_nothing_drifts_over_twenty_minutes(tmp_path: Path):
    """Beats of a third of a second each begin at their own sample to the end."""
    path = tone(tmp_path / "t.wav", 0.01)
    starts = [number * 20 / 3 for number in range(180)]
    samples = np.concatenate([part[0] for part in blocks([Sound(path, s, s + 1) for s in starts], 1200)])
    loud = np.flatnonzero(samples)
    edges = [loud[0], *loud[np.flatnonzero(np.diff(loud) > 1) + 1]]
    assert edges == [round(start * RATE) for start in starts]


def test_a_film_is_heard_from_its_first_picture(tmp_path: Path):
    own = film(tmp_path / "own.mp4")
    early = track([Sound(own, 0, 2, from_s=0.0)], 2)
    late = track([Sound(own, 0, 2, from_s=0.5)], 2)
    first = [int(np.argmax(np.abs(samples) > 0.1)) for samples in (early, late)]
    assert first[0] < 0.03 * RATE
    assert first[1] == pytest.approx(0.5 * RATE, abs=0.03 * RATE)


def test_what_is_no_sound_is_said(tmp_path: Path):
    silent = film(tmp_path / "silent.mp4", sound=False)
    (tmp_path / "words.wav").write_text("words")
    for path, said in ((silent, "has no sound"), (tmp_path / "words.wav", "no sound of a known kind")):
        with pytest.raises(InputError, match=said):
            track([Sound(path, 0, 1)], 1)
