"""The captions of a film as SRT and WebVTT texts."""

from collections.abc import Callable, Mapping, Sequence
from datetime import timedelta
from pathlib import Path
from typing import Protocol

from pipeline.clean import one_line


class Cue(Protocol):
    """One caption: seconds from the start of the clip, and its lines."""

    @property
    def start_s(self) -> float: ...
    @property
    def end_s(self) -> float: ...
    @property
    def lines(self) -> tuple[str, ...]: ...


def srt_text(cues: Sequence[Cue]) -> str:
    """The cues as SubRip."""
    import srt

    entries = [
        srt.Subtitle(
            number,
            timedelta(seconds=cue.start_s),
            timedelta(seconds=cue.end_s),
            "\n".join(one_line(line) for line in cue.lines),
        )
        for number, cue in enumerate(cues, 1)
    ]
    return str(srt.compose(entries, reindex=False))


def vtt_text(cues: Sequence[Cue]) -> str:
    """The cues as WebVTT; ``&`` and ``<`` are escaped, as that format asks."""
    import webvtt

    captions = [
        webvtt.Caption(_stamp(cue.start_s), _stamp(cue.end_s), [_escaped(line) for line in cue.lines])
        for cue in cues
    ]
    return str(webvtt.WebVTT(captions=captions).content)


FORMATS: Mapping[str, Callable[[Sequence[Cue]], str]] = {".srt": srt_text, ".vtt": vtt_text}


def write(cues: Sequence[Cue], paths: Mapping[str, Path], before: str = "") -> None:
    """Write the cues in every format, each to the path of its suffix; ``before``: what stands before the suffixes."""
    for suffix, text in FORMATS.items():
        paths[f"{before}{suffix}"].write_text(text(cues), encoding="utf-8")


def _stamp(seconds: float) -> str:
    milliseconds = round(seconds * 1000)
    minutes, rest = divmod(milliseconds, 60_000)
    return f"{minutes // 60:02d}:{minutes % 60:02d}:{rest // 1000:02d}.{rest % 1000:03d}"


def _escaped(line: str) -> str:
    return one_line(line).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
