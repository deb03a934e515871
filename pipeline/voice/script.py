"""The text a teacher reads, beat by beat, and its Markdown."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from pipeline.clean import one_line

WORDS = {
    "ko": {
        "what": "녹음 대본",
        "how": (
            "비트마다 파일 하나씩 녹음합니다. 파일 이름은 아래에 적힌 대로이고, .wav 대신 .mp3나 .m4a도 됩니다.",
            "한 줄이 자막 하나입니다. 줄 사이에서 잠깐 쉬면 화면의 움직임과 목소리가 함께 갑니다.",
            "서두르지 않아도 됩니다. 영상이 목소리를 기다리고, 크기도 고르게 맞춥니다.",
        ),
        "seconds": "영상 {seconds}초",
        "optional": "화면에 쓰인 글, 녹음하지 않아도 됩니다",
    },
    "en": {
        "what": "Text to record",
        "how": (
            "Record one file for each beat, with the file name given below; .mp3 or .m4a will do instead of .wav.",
            "One line is one caption. Rest a moment between lines, and the picture moves in step with your voice.",
            "There is no hurry: the film waits for the voice, and the loudness is evened.",
        ),
        "seconds": "film: {seconds} s",
        "optional": "on the screen; recording it is optional",
    },
}


@dataclass(frozen=True)
class ReadBeat:
    """One beat: its recording's file name without suffix, its title, its captions, and how long it lasts by itself.

    `seconds` is None for what has no length of its own. A beat that needs no recording has only what stands on a card.
    """

    stem: str
    title: str
    lines: tuple[str, ...]
    seconds: float | None = None
    needed: bool = True


@dataclass(frozen=True)
class ReadPart:
    """A scene, card, picture or video of a lecture, or a scene by itself."""

    title: str
    beats: tuple[ReadBeat, ...]

    @property
    def is_one_beat(self) -> bool:
        """Whether its heading says all that its only beat's would."""
        return [beat.title for beat in self.beats] == [self.title]


@dataclass(frozen=True)
class Reading:
    """Everything to be read in one language."""

    title: str
    language: str
    parts: tuple[ReadPart, ...]
    author: str = ""


def markdown(readings: Sequence[Reading]) -> str:
    """The readings, one after the other."""
    return "\n".join(line for reading in readings for line in _markdown(reading))


def _markdown(reading: Reading) -> Iterator[str]:
    say: Any = WORDS[reading.language]
    yield from (f"# {_plain(reading.title)} · {say['what']}", "")
    if reading.author:
        yield from (_plain(reading.author), "")
    yield from (f"- {line}" for line in say["how"])
    for part in reading.parts:
        yield from ("", f"## {_plain(part.title)}")
        for beat in part.beats:
            if not part.is_one_beat:
                yield from ("", f"### {_plain(beat.title)}")
            yield from ("", f"`{beat.stem}.wav`{''.join(f' · {word}' for word in about(beat, say))}")
            if beat.lines:
                yield from ("", "  \n".join(f"> {_plain(line)}" for line in beat.lines))
    yield ""


def about(beat: ReadBeat, say: Any) -> list[str]:
    """What is to be known of a beat's recording besides its name, in the words `say` of a language."""
    words = []
    if beat.seconds is not None:
        words.append(str(say["seconds"]).format(seconds=f"{beat.seconds:.0f}"))
    if not beat.needed:
        words.append(say["optional"])
    return words


def _plain(text: str) -> str:
    """`text` with what Markdown would take for its own signs marked as text."""
    return "".join("\\" + letter if letter in "\\`*_[]<>#|" else letter for letter in one_line(text))
