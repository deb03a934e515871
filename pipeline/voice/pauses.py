"""Where a voice rests: silence around a recording, and the pauses at which it can be parted into captions."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from pipeline.voice.samples import RATE, Samples

WINDOW_S = 0.02
QUIET_DB = 30.0  # below the loudest windows: a pause, or the silence around
PAUSE_S = 0.2  # a shorter rest is inside a word or between two
KEPT_S = 0.04  # of silence around a voice, so that no first consonant is cut
REACH = 0.5  # a pause belongs to a boundary when it lies within this share of the shorter neighbour


def quiet(samples: Samples) -> NDArray[np.bool_]:
    """For each window of WINDOW_S whether the voice rests in it."""
    step = int(WINDOW_S * RATE)
    count = -(-len(samples) // step)
    padded = np.pad(samples, (0, count * step - len(samples))).reshape(count, step)  # (window, sample)
    power = np.square(padded, dtype=np.float64).mean(axis=1)
    loud = float(np.quantile(power, 0.95)) if count >= 20 else float(power.max(initial=0.0))
    loud = loud or float(power.max(initial=0.0))
    return np.asarray(power <= loud * 10 ** (-QUIET_DB / 10))


def trimmed(samples: Samples) -> Samples:
    """`samples` without the silence before and after the voice."""
    heard = np.flatnonzero(~quiet(samples))
    if heard.size == 0:
        return samples
    start = int((heard[0] * WINDOW_S - KEPT_S) * RATE)
    end = int(((heard[-1] + 1) * WINDOW_S + KEPT_S) * RATE)
    return samples[max(0, start) : end]


def pauses(samples: Samples) -> list[tuple[float, float]]:
    """Start and end, in seconds, of every rest of at least PAUSE_S between two sounds."""
    resting = quiet(samples)
    edges = np.flatnonzero(np.diff(np.concatenate(([0], resting.astype(np.int8), [0]))))
    spans = [(start * WINDOW_S, end * WINDOW_S) for start, end in zip(edges[::2], edges[1::2], strict=True)]
    inner = [span for span in spans if span[0] > 0 and span[1] < len(resting) * WINDOW_S]
    return [span for span in inner if span[1] - span[0] >= PAUSE_S - 1e-9]


def parted(samples: Samples, weights: Sequence[float]) -> list[Samples] | None:
    """`samples` cut at pauses into as many pieces as there are weights, each about as long as its weight says.

    None when some boundary has no pause near the place where it must be: then the voice stays whole.
    """
    if len(weights) < 2:
        return [samples]
    total_s = len(samples) / RATE
    shares = np.asarray(weights, np.float64) / sum(weights) * total_s  # (piece,) seconds
    found = pauses(samples)
    cuts = []
    for number, place in enumerate(np.cumsum(shares)[:-1]):
        reach = REACH * min(shares[number], shares[number + 1])
        near = [span for span in found if abs(sum(span) / 2 - place) <= reach]
        if not near:
            return None
        start, end = max(near, key=lambda span: _fitness(span, place, reach))
        cuts.append(int((start + end) / 2 * RATE))
    if any(second - first < PAUSE_S * RATE for first, second in pairwise(cuts)):
        return None
    return [trimmed(piece) for piece in np.split(samples, cuts)]


def _fitness(span: tuple[float, float], place: float, reach: float) -> float:
    """A longer pause is more likely the end of a sentence; one far from its place less so."""
    return (span[1] - span[0]) * (1 - abs(sum(span) / 2 - place) / (2 * reach))
