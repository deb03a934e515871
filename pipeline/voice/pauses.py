"""Where a voice rests: silence around a recording, and the pauses at which it can be parted into captions."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from pipeline.voice.samples import RATE, Samples

WINDOW_S = 0.02
QUIET_DB = 30.0  # below the loudest windows: a pause, or the silence around
PAUSE_S = 0.2  # a shorter rest is inside a word or between two
KEPT_S = 0.02  # of silence around a voice, so that no first consonant is cut
CLEAR_S = 0.35  # a rest that is meant
CLEARLY = 0.6  # a pause of less than this share of another is much shorter
REACH = 0.5  # a pause belongs to a boundary when it lies within this share of the shorter neighbour

Span = tuple[float, float]  # begin and end, in seconds


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


def pauses(samples: Samples) -> list[Span]:
    """Start and end, in seconds, of every rest of at least PAUSE_S between two sounds."""
    resting = quiet(samples)
    edges = np.flatnonzero(np.diff(np.concatenate(([0], resting.astype(np.int8), [0]))))
    spans = [(start * WINDOW_S, end * WINDOW_S) for start, end in zip(edges[::2], edges[1::2], strict=True)]
    inner = [span for span in spans if span[0] > 0 and span[1] < len(resting) * WINDOW_S]
    return [span for span in inner if _length(span) >= PAUSE_S - 1e-9]


def parted(samples: Samples, weights: Sequence[float]) -> list[Samples] | None:
    """`samples` cut at pauses into as many pieces as there are weights.

    The cuts are the pauses that stand out, when there are just as many as needed; else those near the places where the
    weights let expect them. None when there are none such: then the voice stays whole.
    """
    found = pauses(samples)
    spans = _standing_out(found, len(weights) - 1)
    if spans is None:
        spans = _near_their_places(found, weights, len(samples) / RATE)
    if spans is None:
        return None
    cuts = [int(sum(span) / 2 * RATE) for span in spans]
    return [trimmed(piece) for piece in np.split(samples, cuts)]


def _standing_out(found: Sequence[Span], count: int) -> list[Span] | None:
    """The `count` longest pauses, if every other one is much shorter: somebody rested between the captions only."""
    longest = sorted(found, key=_length, reverse=True)
    if len(longest) < count:
        return None
    if count and (
        _length(longest[count - 1]) < CLEAR_S
        or (len(longest) > count and _length(longest[count]) > CLEARLY * _length(longest[count - 1]))
    ):
        return None
    return sorted(longest[:count])


def _near_their_places(found: Sequence[Span], weights: Sequence[float], total_s: float) -> list[Span] | None:
    shares = np.asarray(weights, np.float64) / sum(weights) * total_s  # (piece,) seconds
    spans: list[Span] = []
    for number, place in enumerate(np.cumsum(shares)[:-1]):
        reach = REACH * min(shares[number], shares[number + 1])
        near = [span for span in found if abs(sum(span) / 2 - place) <= reach and span not in spans]
        if not near:
            return None
        spans.append(max(near, key=lambda span: _fitness(span, place, reach)))
    return spans if spans == sorted(spans) else None


def _length(span: Span) -> float:
    return span[1] - span[0]


def _fitness(span: Span, place: float, reach: float) -> float:
    """A longer pause is more likely the end of a sentence; one far from its place less so."""
    return _length(span) * (1 - abs(sum(span) / 2 - place) / (2 * reach))
