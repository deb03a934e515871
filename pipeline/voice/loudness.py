"""Loudness after ITU-R BS.1770: every voice comes out at the same loudness, and no peak goes through the roof."""

from __future__ import annotations

import numpy as np

from pipeline.voice.samples import RATE, Samples

TARGET_LUFS = -16.0  # of the finished track, which carries the voice on two channels
TWO_CHANNELS_LU = 3.01  # the same signal on two channels measures this much louder than on one
PEAK_DBTP = -1.5  # AAC adds a little; the track itself stays under -1
SILENT_LUFS = -60.0  # what is quieter is no speech but the noise of a room
OVERSAMPLED = 4 * RATE  # BS.1770 measures true peaks at 192 kHz
BLOCK_S = 0.4  # of the measurement; a shorter sound is repeated until it is as long
ROUNDS = 3  # limiting takes a little loudness away, which another round gives back
CLOSE_LU = 0.3


def measured(samples: Samples) -> float:
    """Integrated loudness on two channels, in LUFS; -inf for silence."""
    from pyloudnorm import Meter

    if not samples.any():
        return float("-inf")
    long_enough = np.resize(samples, max(len(samples), int(BLOCK_S * RATE) + 1)).astype(np.float64)
    return float(Meter(RATE, block_size=BLOCK_S).integrated_loudness(long_enough)) + TWO_CHANNELS_LU


def is_silent(samples: Samples) -> bool:
    """Whether nothing can be heard."""
    return measured(samples) < SILENT_LUFS


def evened(samples: Samples) -> Samples:
    """The same sound at TARGET_LUFS, its true peaks limited to PEAK_DBTP; silence stays what it is."""
    if is_silent(samples):
        return samples
    result = samples
    for _ in range(ROUNDS):
        missing_lu = TARGET_LUFS - measured(result)
        if result is not samples and abs(missing_lu) < CLOSE_LU:
            break
        result = _limited(result * np.float32(10 ** (missing_lu / 20)))
    return result


def _limited(samples: Samples) -> Samples:
    """FFmpeg's look-ahead limiter at four times the rate, so that it sees the peaks between the samples."""
    import av
    from av.filter import Graph

    ceiling = 10 ** (PEAK_DBTP / 20)
    if float(np.abs(samples).max()) < ceiling / 2:  # between samples there is never 6 dB more in a voice
        return samples
    frame = av.AudioFrame.from_ndarray(samples[None], format="fltp", layout="mono")
    frame.sample_rate = RATE
    frame.pts = 0
    graph = Graph()
    chain = [
        graph.add_abuffer(sample_rate=RATE, format="fltp", layout="mono"),
        graph.add("aresample", str(OVERSAMPLED)),
        graph.add("alimiter", f"limit={ceiling}:attack=5:release=50:level=false:latency=true"),
        graph.add("aresample", str(RATE)),
        graph.add("aformat", "sample_fmts=fltp"),
        graph.add("abuffersink"),
    ]
    graph.link_nodes(*chain).configure()
    graph.push(frame)
    graph.push(None)
    pieces = []
    while True:
        try:
            pieces.append(graph.pull().to_ndarray()[0])
        except (av.error.BlockingIOError, av.error.EOFError):
            break
    limited = np.concatenate(pieces)
    return np.pad(limited, (0, max(0, len(samples) - len(limited))))[: len(samples)]
