"""Captions of one language fitted to the beats of a film that speaks another."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate

from scenes.stage.captions import Cue, reading_seconds, wrap


def retimed(
    here: Sequence[Cue],
    sizes_here: Sequence[int],
    there: Sequence[str],
    sizes_there: Sequence[int],
    language: str,
    span: tuple[float, float],
) -> tuple[Cue, ...]:
    """The texts `there`, in `language`, as cues of a beat that plays during `span` and has the cues `here`.

    Both languages say something at the same moments; `sizes_…` is how many captions each has at every moment. Those of
    one moment share its time by how long they take to read.
    """
    spans = _moments(here, sizes_here, span)
    if len(spans) != len(sizes_there) or sum(sizes_there) != len(there):
        whole = (here[0].start_s, here[-1].end_s) if here else span
        spans, sizes_there = [whole], [len(there)]
    cues: list[Cue] = []
    texts = iter(there)
    for (start_s, end_s), size in zip(spans, sizes_there, strict=True):
        cues += spread(
            [next(texts) for _ in range(size)], language, (start_s, end_s), here[0].beat if here else ""
        )
    return tuple(cues)


def spread(texts: Sequence[str], language: str, span: tuple[float, float], beat: str) -> tuple[Cue, ...]:
    """`texts` one after the other during `span`, each for its share of the time that all take to read."""
    start_s, end_s = span
    if not texts or end_s <= start_s:
        return ()
    needs = [reading_seconds(text, language) for text in texts]
    cuts = [start_s + (end_s - start_s) * done / sum(needs) for done in accumulate(needs[:-1])]
    starts, ends = [start_s, *cuts], [*cuts, end_s]
    return tuple(
        Cue(start, end, wrap(text, language), beat)
        for start, end, text in zip(starts, ends, texts, strict=True)
    )


def _moments(
    cues: Sequence[Cue], sizes: Sequence[int], span: tuple[float, float]
) -> list[tuple[float, float]]:
    """From when to when each moment lasts; one without a caption fills the time between its neighbours."""
    if sum(sizes) != len(cues):
        return []
    moments: list[tuple[float, float]] = []
    first = 0
    for size in sizes:
        before = moments[-1][1] if moments else span[0]
        if size:
            moments.append((cues[first].start_s, cues[first + size - 1].end_s))
            first += size
        else:
            moments.append((before, cues[first].start_s if first < len(cues) else span[1]))
    return moments
