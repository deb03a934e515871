"""Subtitles of a film, read from the files beside it: line by line, so that no text takes long or much memory."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from engine.files.regular import content
from engine.text.echo import echo

BYTES_MAX = 4 * 2**20
CUES_MAX = 20_000
TEXT_CHARS_MAX = 2_000  # of one cue
STAMP = r"(?:([0-9]{1,4}):)?([0-9]{1,2}):([0-9]{1,2})[.,]([0-9]{1,3})"
TIMES = re.compile(rf"{STAMP}\s+-->\s+{STAMP}(?:\s.*)?")  # behind the times WebVTT says where the text stands
ARROW = "-->"
# Blocks of WebVTT that are said to nobody.
SILENT = re.compile(r"(?:NOTE|STYLE|REGION)(?:\s|$)")


@dataclass(frozen=True)
class Said:
    """One subtitle: seconds, and its text as WebVTT writes it, with ``&lt;`` for ``<``."""

    start_s: float
    end_s: float
    text: str


def read_subtitles(path: Path) -> list[Said]:
    """The cues of a WebVTT or SubRip file.

    Raises ValueError, whose message says what is wrong, when it is neither, InputError when it cannot be read.
    """
    srt = path.suffix.lower() == ".srt"
    try:
        text = content(path, bytes_max=BYTES_MAX).decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise ValueError("it is not UTF-8 text") from error
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    if not srt and not lines[0].startswith("WEBVTT"):
        raise ValueError("it does not begin with WEBVTT")
    cues = []
    for cue in _cues(lines, plain=srt):
        cues.append(cue)
        if len(cues) > CUES_MAX:
            raise ValueError(f"it has more than {CUES_MAX} subtitles")
    if srt and not cues:
        raise ValueError("it has no subtitle with its times")
    return cues


def _cues(lines: list[str], *, plain: bool) -> Iterator[Said]:
    """Every block with a line of times; ``plain``: its text is no markup yet."""
    number = 0
    while number < len(lines):
        if SILENT.match(lines[number]):
            while number < len(lines) and lines[number].strip():
                number += 1
        elif ARROW in lines[number]:
            start_s, end_s = _times(lines[number], number + 1)
            first = number = number + 1
            while number < len(lines) and lines[number].strip() and ARROW not in lines[number]:
                number += 1
            text = "\n".join(lines[first:number]).strip()
            if len(text) > TEXT_CHARS_MAX:
                raise ValueError(f"the subtitle in line {first} has {len(text)} characters")
            yield Said(start_s, end_s, html.escape(text, quote=False) if plain else text)
        else:
            number += 1


def _times(line: str, number: int) -> tuple[float, float]:
    match = TIMES.fullmatch(line.strip()) if len(line) <= TEXT_CHARS_MAX else None
    if match is None:
        raise ValueError(f"line {number} holds no times of a subtitle: {echo(line.strip())}")
    return _s(match.group(1, 2, 3, 4)), _s(match.group(5, 6, 7, 8))


def _s(parts: tuple[str, ...]) -> float:
    hours, minutes, seconds, fraction = parts
    return int(hours or 0) * 3600 + int(minutes) * 60 + int(seconds) + int(fraction.ljust(3, "0")) / 1000
