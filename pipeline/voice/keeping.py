"""What a speech program said once is kept, so that a second run has the same sound, and the same lengths, at once."""

from __future__ import annotations

import hashlib
import os
import secrets
from pathlib import Path

from pipeline import cache
from pipeline.voice.pauses import trimmed
from pipeline.voice.samples import Samples, Unusable, read, write
from pipeline.voice.speaker import LONGEST_S, Speaker
from pipeline.voice.spoken import spoken


def said(speaker: Speaker, line: str, language: str, use_cache: bool = True) -> Samples:
    """`line` as `speaker` says it, without the silence around; without the cache it is spoken anew and not kept."""
    text = spoken(line, language)
    name = hashlib.sha256("\0".join((speaker.identity, language, text)).encode()).hexdigest()[:32]
    path = cache.folder().parent / "voices" / f"{name}.wav"
    kept = _load(path) if use_cache else None
    if kept is None:
        kept = speaker.say(text, language)
        kept = trimmed(kept) if kept.any() else kept[:0]
        if use_cache:
            _store(kept, path)
    return kept


def _load(path: Path) -> Samples | None:
    if not path.is_file():
        return None
    try:
        return read(path, LONGEST_S)
    except (Unusable, OSError):
        return None


def _store(samples: Samples, path: Path) -> None:
    """Keep the sound if it can be kept; a cache never fails."""
    if samples.size == 0:
        return
    part = path.with_name(f".{secrets.token_hex(4)}.wav")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        write(samples, part)
        os.replace(part, path)
    except OSError:
        part.unlink(missing_ok=True)
