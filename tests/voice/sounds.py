"""Sounds for tests: something like speech, files of every kind, and a second opinion on loudness (FFmpeg's ebur128)."""

from fractions import Fraction
from pathlib import Path
from typing import Any

import av
import numpy as np
from av.filter import Graph
from numpy.typing import NDArray

RATE = 48_000
CODECS = {".wav": "pcm_s16le", ".mp3": "libmp3lame", ".m4a": "aac"}


def speech(*phrases_s: float, pause_s: float = 0.4, level: float = 0.1) -> NDArray[np.float32]:
    """Phrases of these lengths: a buzz in syllables, with pauses of silence between the phrases."""
    parts: list[NDArray[Any]] = []
    for length_s in phrases_s:
        t = np.arange(round(length_s * RATE)) / RATE
        buzz = sum(np.sin(2 * np.pi * 140 * k * t + k) / k for k in range(1, 12))
        syllables = 0.25 + 0.75 * np.sin(np.pi * 4 * t) ** 2
        parts += [level * buzz * syllables, np.zeros(round(pause_s * RATE))]
    return np.concatenate(parts[:-1]).astype(np.float32)


def save(path: Path, samples: NDArray[np.float32], channels: int = 1, rate: int = RATE) -> Path:
    """Write the samples with the codec that the suffix stands for."""
    with av.open(str(path), "w", format="ipod" if path.suffix == ".m4a" else None) as container:
        layout = "mono" if channels == 1 else "stereo"
        stream: Any = container.add_stream(CODECS[path.suffix.lower()], rate=rate, layout=layout)
        frame = av.AudioFrame.from_ndarray(np.tile(samples, (channels, 1)), format="fltp", layout=layout)
        frame.sample_rate, frame.pts, frame.time_base = (
            rate,
            0,
            Fraction(1, rate),
        )  # else AAC's priming is heard
        resampler = av.AudioResampler(
            format=stream.format, layout=layout, rate=rate, frame_size=stream.frame_size
        )
        for piece in (*resampler.resample(frame), *resampler.resample(None)):
            container.mux(stream.encode(piece))
        container.mux(stream.encode(None))
    return path


def ebur128(samples: NDArray[np.float32]) -> tuple[float, float]:
    """Integrated loudness in LUFS and true peak in dBTP of one (samples,) or several (channel, samples) channels."""
    channels = np.atleast_2d(samples)
    layout = "mono" if len(channels) == 1 else "stereo"
    frame = av.AudioFrame.from_ndarray(np.ascontiguousarray(channels), format="fltp", layout=layout)
    frame.sample_rate = RATE
    frame.pts = 0
    graph = Graph()
    source = graph.add_abuffer(sample_rate=RATE, format="fltp", layout=layout)
    graph.link_nodes(
        source, graph.add("ebur128", "metadata=1:peak=true"), graph.add("abuffersink")
    ).configure()
    graph.push(frame)
    graph.push(None)
    said: dict[str, str] = {}
    while True:
        try:
            said |= dict(graph.pull().metadata)  # not every piece carries all of it
        except (av.error.BlockingIOError, av.error.EOFError):
            break
    peak = max(float(value) for key, value in said.items() if key.startswith("lavfi.r128.true_peaks_ch"))
    return float(said["lavfi.r128.I"]), 20 * np.log10(peak)


def silent_film(path: Path) -> Path:
    """A second of grey pictures without a sound track."""
    with av.open(str(path), "w", format="mp4") as container:
        stream: Any = container.add_stream("mpeg4", rate=5)
        stream.width, stream.height, stream.pix_fmt = 64, 36, "yuv420p"
        for _ in range(5):
            frame = av.VideoFrame.from_ndarray(np.full((54, 64), 128, np.uint8), format="yuv420p")
            container.mux(stream.encode(frame))
        container.mux(stream.encode(None))
    return path
