"""A lecture spoken by a speech program."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from pipeline.lecture.timeline import BeatVoice, Spoken
from pipeline.make import stoppable
from pipeline.voice.clips import kept
from pipeline.voice.keeping import said
from pipeline.voice.samples import RATE
from pipeline.voice.speaker import Speaker

REST_S = 0.5  # between the paragraphs of a card that is read


@dataclass(frozen=True)
class SyntheticVoice:
    """Speaks caption by caption, so that each begins with its caption; cards without captions are read."""

    speaker: Speaker
    folder: Path
    use_cache: bool = True

    def __call__(self, language: str, beats: Sequence[Spoken]) -> dict[str, BeatVoice]:
        """The voices of the beats that say something."""
        made: dict[str, BeatVoice] = {}
        with stoppable(f"speaking ({language})") as reached:
            for number, beat in enumerate(beats):
                reached.steps(number, len(beats))
                voice = self.beat(language, beat)
                if voice is not None:
                    made[beat.key] = voice
        return made

    def beat(self, language: str, beat: Spoken) -> BeatVoice | None:
        """The voice of one beat; None when there is nothing to hear."""
        pieces = [said(self.speaker, line, language, self.use_cache) for line in beat.lines or beat.written]
        if not any(piece.size for piece in pieces):
            return None
        name = f"{language}-{beat.key}"
        if beat.lines:
            return BeatVoice(kept(pieces, self.folder, name), by_caption=True)
        rest = np.zeros(int(REST_S * RATE), np.float32)
        whole = np.concatenate([part for piece in pieces for part in (piece, rest)][:-1])
        return BeatVoice(kept([whole], self.folder, name))
