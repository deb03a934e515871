"""Films, sound, subtitles, chapters and cover to one MP4. Films are copied packet by packet, not encoded again."""

from __future__ import annotations

import heapq
import struct
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING, Any

import av
import numpy as np
from av.stream import Disposition

from pipeline import joining
from pipeline.lecture import sound
from pipeline.lecture.timeline import Sound, Timeline
from pipeline.voice.samples import RATE
from scenes.stage.captions import Cue

if TYPE_CHECKING:
    from PIL import Image

MILLISECOND = Fraction(1, 1000)
TRACK = {"ko": ("kor", "한국어"), "en": ("eng", "English")}  # ISO 639-2 code and name of a subtitle track
AAC_BITS_PER_S = 160_000
# Of FFmpeg's two searches this one takes half the time and, on a voice, leaves a far smaller error (-55 dB, not -29).
AAC_OPTIONS = {"aac_coder": "fast"}
# The subtitle encoder wants a style sheet; players use their own.
STYLE = b"""[Script Info]
ScriptType: v4.00+

[V4+ Styles]
Format: Name, Fontname, Fontsize, PrimaryColour, Bold, Italic, Underline, Alignment
Style: Default,Noto Sans KR,18,&Hffffff,0,0,0,2

[Events]
Format: Layer, Start, End, Style, Name, MarginL, MarginR, MarginV, Effect, Text
"""

Timed = tuple[
    float, int, Any
]  # when a packet is due, in seconds; a number that keeps packets in order; the packet


@dataclass(frozen=True)
class Chapter:
    """From when on, in seconds, and what players call it."""

    start_s: float
    title: str


@dataclass(frozen=True)
class Around:
    """What a lecture has besides pictures: sound, subtitles by language, chapters, tags and a cover."""

    sounds: tuple[Sound, ...] = ()
    subtitles: Mapping[str, Sequence[Cue]] = field(default_factory=dict)
    chapters: Sequence[Chapter] = ()
    tags: Mapping[str, str] = field(default_factory=dict)
    cover: Image.Image | None = None


def assemble(timeline: Timeline, around: Around, path: Path) -> None:
    """Write the lecture to `path`. Raises RunError when a film in it is not what the timeline says."""
    with av.open(str(path), "w", format="mp4", options={"movflags": "+faststart"}) as out:
        packets = [_video(out, timeline)]
        if around.sounds:
            packets.append(audio(out, around.sounds, timeline.seconds))
        for language, cues in around.subtitles.items():
            if cues:
                packets.append(_subtitles(out, language, cues))
        out.metadata.update(around.tags)
        out.set_chapters(_chapters(around.chapters, timeline.seconds))
        if around.cover is not None:
            _add_cover(out, around.cover)
        for _, _, packet in heapq.merge(*packets):
            out.mux(packet)


def _video(out: Any, timeline: Timeline) -> Iterator[Timed]:
    stream, extradata = joining.stream_like(out, timeline.segments[0].path)
    stream.metadata["handler_name"] = "gradreel"
    stream.metadata["language"] = "und"
    packets = joining.packets(timeline.segments, stream, extradata)
    return ((float(packet.dts * packet.time_base), 0, packet) for packet in packets)


def audio(out: Any, pieces: Sequence[Sound], seconds: float) -> Iterator[Timed]:
    """A stream of AAC with the pieces at their places is added to `out`; its packets."""
    stream = out.add_stream("aac", rate=RATE, layout="stereo", bit_rate=AAC_BITS_PER_S, options=AAC_OPTIONS)
    return _encoded(stream, pieces, seconds)


def _encoded(stream: Any, pieces: Sequence[Sound], seconds: float) -> Iterator[Timed]:
    due = 0.0
    for number, samples in enumerate(sound.blocks(pieces, seconds)):
        frame = av.AudioFrame.from_ndarray(np.ascontiguousarray(samples), format="fltp", layout="stereo")
        frame.sample_rate, frame.time_base = RATE, Fraction(1, RATE)
        frame.pts = number * sound.BLOCK
        due = number * sound.BLOCK / RATE
        for packet in stream.encode(frame):
            yield due, 1, packet
    for packet in stream.encode(None):
        yield due, 1, packet


def _subtitles(out: Any, language: str, cues: Sequence[Cue]) -> Iterator[Timed]:
    stream = out.add_stream("mov_text")
    stream.codec_context.subtitle_header = STYLE
    stream.codec_context.time_base = stream.time_base = MILLISECOND
    stream.metadata["language"], stream.metadata["handler_name"] = TRACK[language]
    return _texts(stream, cues)


def _texts(stream: Any, cues: Sequence[Cue]) -> Iterator[Timed]:
    """Each cue as the 3GPP timed text that MP4 has: its length in two bytes, then UTF-8."""
    for cue in cues:
        text = "\n".join(cue.lines).encode()
        packet = av.Packet(struct.pack(">H", len(text)) + text)
        start, end = round(cue.start_s * 1000), round(cue.end_s * 1000)
        packet.stream, packet.time_base = stream, MILLISECOND
        packet.pts = packet.dts = start
        packet.duration = end - start
        yield cue.start_s, 2 + stream.index, packet


def _chapters(chapters: Sequence[Chapter], seconds: float) -> Any:
    ends = [*(chapter.start_s for chapter in chapters[1:]), seconds]
    return [
        {
            "id": number,
            "start": round(chapter.start_s * 1000),
            "end": round(end_s * 1000),
            "time_base": MILLISECOND,
            "metadata": {"title": chapter.title},
        }
        for number, (chapter, end_s) in enumerate(zip(chapters, ends, strict=True))
    ]


def _add_cover(out: Any, cover: Image.Image) -> None:
    stream = out.add_stream("png", rate=1)
    stream.width, stream.height = cover.size
    stream.pix_fmt = "rgb24"
    stream.disposition = Disposition.attached_pic.value
    out.mux(stream.encode(av.VideoFrame.from_ndarray(np.asarray(cover), format="rgb24")))
    out.mux(stream.encode(None))
