"""What a speech program said once is kept, so that a second run has the same sound, and the same lengths, at once."""

from __future__ import annotations

import hashlib
from contextlib import suppress
from functools import partial
from pathlib import Path

from pipeline import cache, kept
from pipeline.voice.pauses import trimmed
from pipeline.voice.samples import Samples, Unusable, read, write
from pipeline.voice.speaker import LONGEST_S, Speaker
from pipeline.voice.spoken import spoken

SOUND = "said.wav"


def said(speaker: Speaker, line: str, language: str, use_cache: bool = True) -> Samples:
    """`line` as `speaker` says it, without the silence around; without the cache it is spoken anew and not kept."""
    text = spoken(line, language)
    name = hashlib.sha256("\0".join((speaker.identity, language, text)).encode()).hexdigest()[:32]
    place = cache.folder().parent / "voices" / name
    sound = _load(place) if use_cache else None
    if sound is None:
        sound = speaker.say(text, language)
        sound = trimmed(sound) if sound.any() else sound[:0]
        if use_cache:
            _store(sound, place)
    return sound


def _load(place: Path) -> Samples | None:
    path = kept.take(place, SOUND)
    try:
        return read(path, LONGEST_S) if path is not None else None
    except (Unusable, OSError):
        return None


def _store(samples: Samples, place: Path) -> None:
    """Keep the sound if it can be kept; a cache never fails."""
    if samples.size == 0:
        return
    with suppress(OSError):
        kept.put(place, {SOUND: partial(write, samples)})
