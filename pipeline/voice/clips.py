"""Sound files of one beat's voice, evened."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np

from engine.errors import RunError
from pipeline.lecture.timeline import VoiceClip
from pipeline.voice.loudness import evened
from pipeline.voice.samples import RATE, Samples, write

BREATH_S = 0.05  # what stands for a line in which there is nothing to say


def kept(pieces: Sequence[Samples], folder: Path, name: str) -> tuple[VoiceClip, ...]:
    """One beat's pieces, evened together so that none stands out, each in a file of its own."""
    breath = np.zeros(int(BREATH_S * RATE), np.float32)
    ends = np.cumsum([len(piece) or len(breath) for piece in pieces])[:-1]
    whole = evened(np.concatenate([piece if piece.size else breath for piece in pieces]))
    clips = []
    for number, piece in enumerate(np.split(whole, ends), 1):
        path = folder / f"{name}-{number}.wav"
        try:
            clips.append(VoiceClip(path, write(piece, path)))
        except OSError as error:
            raise RunError(
                f"The voices cannot be kept in {folder.parent} while the lecture is made ({error.strerror or error}): "
                "make room there, or set TMPDIR to another folder."
            ) from error
    return tuple(clips)
