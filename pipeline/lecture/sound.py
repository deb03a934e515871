"""The sound of a lecture: pieces of sound at their places, silence between, as blocks of samples of one size.

Places are counted in samples from the lecture's beginning, so that nothing drifts; a piece is decoded as it is needed.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import numpy as np

from engine.errors import InputError
from pipeline.lecture.timeline import Sound
from pipeline.media import films
from pipeline.voice.samples import RATE

CHANNELS = 2
BLOCK = 1024  # samples in a frame of AAC


def blocks(pieces: Sequence[Sound], seconds: float) -> Iterator[np.ndarray]:
    """The whole track, float32 of (CHANNELS, BLOCK) each; the last one is filled up with silence.

    Raises InputError when a file cannot be decoded.
    """
    rest = np.empty((CHANNELS, 0), dtype=np.float32)
    for samples in _track(pieces, round(seconds * RATE)):
        rest = np.concatenate([rest, samples], axis=1)
        whole = rest.shape[1] // BLOCK * BLOCK
        for start in range(0, whole, BLOCK):
            yield rest[:, start : start + BLOCK]
        rest = rest[:, whole:]
    if rest.shape[1]:
        yield np.pad(rest, ((0, 0), (0, BLOCK - rest.shape[1])))


def _track(pieces: Sequence[Sound], total: int) -> Iterator[np.ndarray]:
    at = 0
    for number, piece in enumerate(pieces):
        start = round(piece.start_s * RATE)
        later = round(pieces[number + 1].start_s * RATE) if number + 1 < len(pieces) else total
        end = min(round(piece.end_s * RATE), later, total)
        yield from _silence(start - at)
        at = max(start, at)
        for samples in _decoded(piece):
            samples = samples[:, : max(end - at, 0)]
            at += samples.shape[1]
            yield samples
            if at >= end:
                break
    yield from _silence(total - at)


def _silence(count: int) -> Iterator[np.ndarray]:
    for start in range(0, count, RATE):
        yield np.zeros((CHANNELS, min(RATE, count - start)), dtype=np.float32)


def _decoded(piece: Sound) -> Iterator[np.ndarray]:
    """The samples of a piece, from the moment of the file at which it begins."""
    import av

    with films.opened(piece.path, "sound") as container:
        stream = films.sound(container)
        if stream is None:
            raise InputError(f"{piece.path} has no sound that can be decoded: give a sound file.")
        # One channel goes to both as it is; the resampler would take half its power away.
        layout = "mono" if stream.layout.nb_channels == 1 else "stereo"
        yield from _from(piece.from_s, _frames(container, stream, av.AudioResampler("fltp", layout, RATE)))


def _frames(container: Any, stream: Any, resampler: Any) -> Iterator[tuple[float, np.ndarray]]:
    """Each decoded piece with its time in the file, in seconds."""
    for frame in container.decode(stream):
        time_s = float(frame.time or 0.0)
        for even in resampler.resample(frame):
            yield time_s, _both(even.to_ndarray())
    for even in resampler.resample(None):
        yield 0.0, _both(even.to_ndarray())


def _both(samples: np.ndarray) -> np.ndarray:
    """(1 or CHANNELS, samples) on CHANNELS channels."""
    return np.broadcast_to(samples, (CHANNELS, samples.shape[1]))


def _from(from_s: float | None, frames: Iterable[tuple[float, np.ndarray]]) -> Iterator[np.ndarray]:
    """Without what lies before `from_s`, or with silence when the sound begins later; None takes all as it comes."""
    ahead: int | None = (
        None if from_s is not None else 0
    )  # samples still to be left out; below 0: silence first
    for time_s, samples in frames:
        if ahead is None:
            assert from_s is not None
            ahead = round((from_s - time_s) * RATE)
            yield from _silence(-ahead)
        left_out = min(max(ahead, 0), samples.shape[1])
        ahead -= left_out
        yield samples[:, left_out:]
