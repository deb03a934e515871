"""What plays when in a lecture: segments one after the other, in whole frames, and the beats inside them.

Nothing here draws or encodes. A *beat* is what one recording speaks over: a beat of a scene, or a whole card, picture
or video. Its key (`forward-softmax`, `opening`) names the recording's file and its place in every report.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from scenes.stage.captions import Cue

Kind = Literal["card", "scene", "picture", "video"]

LEAD_S, TAIL_S = 0.6, 0.4  # of a recording over a whole beat; the title changes in the first half second
GAP_S = 0.35  # between the voices of two captions, as between two sentences


@dataclass(frozen=True)
class Beat:
    """One beat: its key, its own name (of the scene's beat, else the part's), title, and seconds in the lecture.

    `cues` are what it says, by language, in seconds of the lecture.
    """

    key: str
    name: str
    title: str
    start_s: float
    end_s: float
    cues: Mapping[str, tuple[Cue, ...]]


@dataclass(frozen=True)
class Segment:
    """One film in the lecture: where it lies, in frames, and its beats.

    `chapter` is whether players show a chapter that begins here. `sound` is the file whose own sound plays here, of a
    teacher's video, and `sound_from_s` the moment of that file with which it begins.
    """

    key: str
    kind: Kind
    title: str
    chapter: bool
    path: Path
    first_frame: int
    frames: int
    fps: int
    beats: tuple[Beat, ...]
    sound: Path | None = None
    sound_from_s: float = 0.0

    @property
    def start_s(self) -> float:
        """Where it begins, in seconds of the lecture."""
        return self.first_frame / self.fps

    @property
    def end_s(self) -> float:
        """Where it ends, in seconds of the lecture."""
        return (self.first_frame + self.frames) / self.fps


@dataclass(frozen=True)
class Timeline:
    """A whole lecture in one language."""

    language: str
    fps: int
    segments: tuple[Segment, ...]

    @property
    def frames(self) -> int:
        """Frames in all."""
        return sum(segment.frames for segment in self.segments)

    @property
    def seconds(self) -> float:
        """The lecture's length."""
        return self.frames / self.fps

    def beats(self) -> Iterator[Beat]:
        """Every beat in order."""
        for segment in self.segments:
            yield from segment.beats

    def cues(self, language: str) -> tuple[Cue, ...]:
        """Everything said in `language`, in order."""
        return tuple(cue for beat in self.beats() for cue in beat.cues.get(language, ()))


# -- voice: what it is given, what it gives back ------------------------------------------------------------------


@dataclass(frozen=True)
class Spoken:
    """What one beat says, to be read aloud or shown to the teacher: captions with this run's numbers filled in.

    `written` is what stands on a card; a card without captions may have that read.
    """

    key: str
    title: str
    lines: tuple[str, ...]
    written: tuple[str, ...] = ()


@dataclass(frozen=True)
class VoiceClip:
    """A sound file that PyAV decodes, already evened out, and its length."""

    path: Path
    seconds: float


@dataclass(frozen=True)
class BeatVoice:
    """The voice of one beat: one recording over the whole of it, or one clip for each line of its `Spoken`.

    A recording begins with the beat's first caption, or `LEAD_S` after the beat when it says nothing, and the beat
    lasts until `TAIL_S` after it; `spread_s` is how its seconds are shared out among the captions. A clip of a caption
    begins with the caption, which stays at least `GAP_S` longer than it.
    """

    clips: tuple[VoiceClip, ...]
    by_caption: bool = False
    spread_s: tuple[float, ...] = ()

    @property
    def least_s(self) -> float:
        """How long the beat must be for a recording over the whole of it."""
        return 0.0 if self.by_caption else LEAD_S + self.clips[0].seconds + TAIL_S

    @property
    def captions_s(self) -> tuple[float, ...]:
        """How long each caption must stay for the voice."""
        return tuple(clip.seconds + GAP_S for clip in self.clips) if self.by_caption else self.spread_s

    def placed(self, beat: Beat, language: str) -> tuple[Sound, ...]:
        """Where the clips are heard in the lecture."""
        cues = beat.cues.get(language, ())
        if not self.by_caption:
            start_s = cues[0].start_s if cues else beat.start_s + LEAD_S
            return (Sound(self.clips[0].path, start_s, beat.end_s),)
        return tuple(
            Sound(clip.path, cue.start_s, cue.end_s) for clip, cue in zip(self.clips, cues, strict=True)
        )


@dataclass(frozen=True)
class Sound:
    """A piece of sound at its place in the lecture; it is cut at `end_s`. Pieces do not overlap.

    `from_s` is the moment of the file that is heard first; None for its very first sample.
    """

    path: Path
    start_s: float
    end_s: float
    from_s: float | None = None


def sounds(timeline: Timeline, voices: Mapping[str, BeatVoice]) -> tuple[Sound, ...]:
    """The pieces of sound in order: each beat's voice; a video's own sound where no voice speaks over it."""
    pieces: list[Sound] = []
    for segment in timeline.segments:
        for beat in segment.beats:
            if beat.key in voices:
                pieces += voices[beat.key].placed(beat, timeline.language)
            elif segment.sound is not None:
                pieces.append(Sound(segment.sound, segment.start_s, segment.end_s, segment.sound_from_s))
    return tuple(pieces)


Voice = Callable[
    [str, Sequence[Spoken]], Mapping[str, BeatVoice]
]  # a language and what it says, to voices by key
