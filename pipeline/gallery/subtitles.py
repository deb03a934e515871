"""Subtitles of a film, read from the files beside it."""

from __future__ import annotations

import html
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any


@dataclass(frozen=True)
class Said:
    """One subtitle: seconds, and its text as WebVTT writes it, with ``&lt;`` for ``<``."""

    start_s: float
    end_s: float
    text: str


def read_subtitles(path: Path) -> list[Said]:
    """The cues of a WebVTT or SubRip file.

    Raises ValueError when it is neither, OSError when it cannot be read.
    """
    import srt
    import webvtt

    text = path.read_text(encoding="utf-8-sig")
    if path.suffix.lower() == ".srt":
        try:
            cues = list(srt.parse(text))
        except (srt.SRTParseError, srt.TimestampParseError) as error:
            raise ValueError("no SubRip") from error
        return [Said(_s(one.start), _s(one.end), html.escape(one.content, quote=False)) for one in cues]
    try:
        captions = webvtt.from_string(text).captions
    except (webvtt.errors.MalformedFileError, webvtt.errors.MalformedCaptionError) as error:
        raise ValueError("no WebVTT") from error
    return [
        Said(_s(_delta(one.start_time)), _s(_delta(one.end_time)), one.raw_text.strip()) for one in captions
    ]


def _s(time: timedelta) -> float:
    return time.total_seconds()


def _delta(stamp: Any) -> timedelta:
    hours, minutes, seconds, milliseconds = stamp.to_tuple()
    return timedelta(hours=hours, minutes=minutes, seconds=seconds, milliseconds=milliseconds)
