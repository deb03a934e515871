"""A lecture spoken by a teacher: recordings of a folder, one a beat."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from engine.errors import InputError
from engine.text.echo import echo
from pipeline.console import say
from pipeline.lecture.timeline import BeatVoice, Spoken
from pipeline.make import stoppable
from pipeline.plan import VOICE_MISSING
from pipeline.voice import names
from pipeline.voice.clips import kept
from pipeline.voice.pauses import parted
from pipeline.voice.recordings import Found, find, load, missing_sentence, others_words, unusable_sentence
from pipeline.voice.samples import Samples, Unusable
from pipeline.voice.spoken import spoken
from pipeline.voice.synthetic import SyntheticVoice


@dataclass(frozen=True)
class RecordedVoice:
    """Recordings in `folders` by language; `stand_in` speaks where one is missing, if `missing` allows that."""

    folders: Mapping[str, Path]
    missing: str
    stand_in: SyntheticVoice | None
    folder: Path

    def __call__(self, language: str, beats: Sequence[Spoken]) -> dict[str, BeatVoice]:
        """The voices of the beats. InputError names every recording that is missing, or every one that is unusable."""
        made: dict[str, BeatVoice] = {}
        with stoppable(f"recordings ({language})") as reached:
            found = self._found(language, beats)
            for number, beat in enumerate(beats):
                reached.steps(number, len(beats))
                path = found.files.get(beat.key)
                if path is not None:
                    made[beat.key] = self._recorded(load(path), beat, language)
                elif self.stand_in is not None and (voice := self.stand_in.beat(language, beat)) is not None:
                    made[beat.key] = voice
        return made

    def _found(self, language: str, beats: Sequence[Spoken]) -> Found:
        place = self.folders[language]
        keys = [beat.key for beat in beats]
        found = find(place, keys, [beat.key for beat in beats if beat.lines])
        stems = names.stems(keys)
        if found.missing and (self.missing == VOICE_MISSING[0] or found.probably_meant()):
            raise InputError(missing_sentence(place, found, stems))
        if found.others:  # recordings of a longer lecture do no harm
            say(f"Note: in {echo(place)}{others_words(found, stems).replace(';', ',', 1)}.", err=True)
        problems = {}
        for path in found.files.values():
            try:
                load(path)
            except Unusable as problem:
                problems[path] = problem
        if problems:
            raise InputError(unusable_sentence(place, problems))
        return found

    def _recorded(self, sound: Samples, beat: Spoken, language: str) -> BeatVoice:
        """Parted among the captions where the voice rests between them, else as a whole over the beat."""
        weights = [len(spoken(line, language)) + 1 for line in beat.lines]
        name = f"{language}-{beat.key}"
        pieces = parted(sound, weights) if weights else None
        if pieces is not None:
            return BeatVoice(kept(pieces, self.folder, name), by_caption=True)
        (clip,) = kept([sound], self.folder, name)
        spread_s = tuple(clip.seconds * weight / sum(weights) for weight in weights)
        return BeatVoice((clip,), spread_s=spread_s)
