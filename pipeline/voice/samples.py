"""Sound as samples: read from any file PyAV decodes, brought to one rate, written as WAV."""

from __future__ import annotations

import wave
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from engine.errors import GradreelError, InputError
from engine.files.regular import is_regular
from pipeline.media import films

RATE = 48_000  # samples a second, everywhere
FULL_SCALE = 32767

Samples = NDArray[np.float32]  # one channel at RATE, 1.0 is full scale


class Unusable(GradreelError):
    """A recording that cannot be used; the message says what it is, as the end of "<file> …"."""


def read(path: Path, longest_s: float) -> Samples:
    """The first sound stream of the file at `path`, both channels mixed into one.

    Raises Unusable when there is no sound in it, it is damaged, or it lasts longer than `longest_s` seconds.
    """
    try:
        with films.opened(path, "sound") as container:
            stream = films.sound(container)
            if stream is None:
                film = bool(container.streams.video)
                raise Unusable(
                    "has no sound that can be decoded here"
                    if container.streams.audio
                    else "is a film without sound"
                    if film
                    else "is no sound file"
                )
            return _joined(_decoded(container, stream, longest_s))
    except InputError as error:
        raise Unusable(_reason(path, error)) from error


def _reason(path: Path, error: InputError) -> str:
    """The sentence about the file as the end of "<file> …"."""
    if not is_regular(path):
        return "is no ordinary file"
    return "is empty" if path.stat().st_size == 0 else "cannot be read as sound"


def _decoded(container: Any, stream: Any, longest_s: float) -> Iterator[Samples]:
    from av.audio.resampler import AudioResampler

    resampler = AudioResampler(format="flt", layout="mono", rate=RATE)
    taken = 0
    for frame in container.decode(stream):
        for piece in resampler.resample(frame):
            taken += piece.samples
            if taken > longest_s * RATE:
                raise Unusable(f"is longer than the {longest_s / 60:g} minutes that one beat may last")
            yield piece.to_ndarray()[0]
    if taken:
        for piece in resampler.resample(None):
            yield piece.to_ndarray()[0]


def _joined(pieces: Iterator[Samples]) -> Samples:
    kept = list(pieces)
    return np.concatenate(kept) if kept else np.zeros(0, np.float32)


def resampled(samples: NDArray[Any], rate: int) -> Samples:
    """One channel of floats or 16-bit integers at `rate` samples a second, as floats at RATE."""
    import av
    from av.audio.resampler import AudioResampler

    if samples.dtype == np.int16:
        samples = samples.astype(np.float32) / (FULL_SCALE + 1)
    if samples.size == 0:
        return np.zeros(0, np.float32)
    frame = av.AudioFrame.from_ndarray(samples.astype(np.float32)[None], format="flt", layout="mono")
    frame.sample_rate = rate
    resampler = AudioResampler(format="flt", layout="mono", rate=RATE)
    return _joined(piece.to_ndarray()[0] for part in (frame, None) for piece in resampler.resample(part))


def write(samples: Samples, path: Path) -> float:
    """Write 16-bit WAV and return its length in seconds."""
    whole = np.clip(np.rint(samples * FULL_SCALE), -FULL_SCALE, FULL_SCALE).astype("<i2")
    with wave.open(str(path), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(RATE)
        file.writeframes(whole.tobytes())
    return len(samples) / RATE
