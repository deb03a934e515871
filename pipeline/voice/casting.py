"""Who speaks: what `--voice` says, and the voice of every beat made from it."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from engine.errors import InputError
from pipeline.plan import VOICE_MISSING

if TYPE_CHECKING:
    from pipeline.lecture.timeline import BeatVoice, Spoken, VoiceClip
    from pipeline.voice.samples import Samples
    from pipeline.voice.speaker import Speaker

Voice = Callable[[str, "Sequence[Spoken]"], "Mapping[str, BeatVoice]"]

NONE, ESPEAK, PIPER = "none", "espeak", "piper:"
STOP = VOICE_MISSING[0]
BREATH_S = 0.05  # what stands for a line in which there is nothing to say


@contextmanager
def voices(source: str, languages: Sequence[str], missing: str = STOP) -> Iterator[Voice | None]:
    """What `--voice SOURCE` means, as a function from a language and its beats to their voices; None for no voice.

    The sound files it makes are there until the context ends. Raises InputError at once for what cannot speak.
    """
    if source == NONE:
        yield None
        return
    with tempfile.TemporaryDirectory(prefix="gradreel-voice-") as folder:
        yield _chosen(source, languages, missing, Path(folder))


def _chosen(source: str, languages: Sequence[str], missing: str, folder: Path) -> Voice:
    from pipeline.voice import espeak
    from pipeline.voice.recordings import folder_for

    if source == ESPEAK:
        return SpokenVoice(espeak.espeak(), folder)
    if source.startswith(PIPER):
        from pipeline.voice.piper import Piper

        piper = Piper(Path(source.removeprefix(PIPER)).expanduser())
        for language in languages:
            piper.check(language)
        return SpokenVoice(piper, folder)
    place = Path(source).expanduser()
    folders = {language: folder_for(place, language, languages) for language in languages}
    return RecordedVoice(folders, missing, espeak.espeak() if missing == ESPEAK else None, folder)


@dataclass(frozen=True)
class SpokenVoice:
    """A speech program speaks caption by caption, so that each begins with its caption."""

    speaker: Speaker
    folder: Path

    def __call__(self, language: str, beats: Sequence[Spoken]) -> dict[str, BeatVoice]:
        """The voices of the beats that say something."""
        made = {}
        for beat in beats:
            voice = self.beat(language, beat)
            if voice is not None:
                made[beat.key] = voice
        return made

    def beat(self, language: str, beat: Spoken) -> BeatVoice | None:
        """The voice of one beat; None when there is nothing to hear."""
        from pipeline.lecture.timeline import BeatVoice
        from pipeline.voice.keeping import said

        pieces = [said(self.speaker, line, language) for line in beat.lines]
        if not any(piece.size for piece in pieces):
            return None
        return BeatVoice(_kept(pieces, self.folder, f"{language}-{beat.key}"), by_caption=True)


@dataclass(frozen=True)
class RecordedVoice:
    """A teacher's recordings, one a beat; where one is missing, what `--voice-missing` says."""

    folders: Mapping[str, Path]
    missing: str
    speaker: Speaker | None
    folder: Path

    def __call__(self, language: str, beats: Sequence[Spoken]) -> dict[str, BeatVoice]:
        """The voices of the beats, all recordings checked first."""
        from pipeline.voice import names
        from pipeline.voice.recordings import find, load, missing_sentence

        place = self.folders[language]
        keys = [beat.key for beat in beats]
        found = find(place, keys, [beat.key for beat in beats if beat.lines])
        if found.missing and self.missing == STOP:
            raise InputError(missing_sentence(place, found.missing, names.stems(keys)))
        sounds = load(found)
        made = {}
        for beat in beats:
            if beat.key in sounds:
                made[beat.key] = self._recorded(sounds.pop(beat.key), beat, language)
            elif self.speaker is not None:
                spoken = SpokenVoice(self.speaker, self.folder).beat(language, beat)
                if spoken is not None:
                    made[beat.key] = spoken
        return made

    def _recorded(self, sound: Samples, beat: Spoken, language: str) -> BeatVoice:
        from pipeline.lecture.timeline import BeatVoice
        from pipeline.voice.pauses import parted
        from pipeline.voice.spoken import spoken

        weights = [len(spoken(line, language)) + 1 for line in beat.lines]
        name = f"{language}-{beat.key}"
        pieces = parted(sound, weights) if weights else None
        if pieces is not None:
            return BeatVoice(_kept(pieces, self.folder, name), by_caption=True)
        (clip,) = _kept([sound], self.folder, name)
        spread_s = tuple(clip.seconds * weight / sum(weights) for weight in weights)
        return BeatVoice((clip,), spread_s=spread_s)


def _kept(pieces: Sequence[Samples], folder: Path, name: str) -> tuple[VoiceClip, ...]:
    """One beat's pieces, evened together so that none stands out, each in a file of its own."""
    from pipeline.lecture.timeline import VoiceClip
    from pipeline.voice.loudness import evened
    from pipeline.voice.samples import RATE, write

    breath = np.zeros(int(BREATH_S * RATE), np.float32)
    ends = np.cumsum([len(piece) or len(breath) for piece in pieces])[:-1]
    whole = evened(np.concatenate([piece if piece.size else breath for piece in pieces]))
    clips = []
    for number, piece in enumerate(np.split(whole, ends), 1):
        path = folder / f"{name}-{number}.wav"
        clips.append(VoiceClip(path, write(piece, path)))
    return tuple(clips)
