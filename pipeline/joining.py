"""Films one after the other in one stream, packet by packet: nothing is encoded again."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from pathlib import Path
from typing import Any, Protocol

import av

from engine.errors import RunError
from pipeline.media import films

MP4 = {"movflags": "+faststart", "write_btrt": "0"}  # a bit rate would be that of the first piece


class Piece(Protocol):
    """A film that is to be joined: its name for people, its file, and where it lies, in frames."""

    @property
    def key(self) -> str: ...
    @property
    def path(self) -> Path: ...
    @property
    def first_frame(self) -> int: ...
    @property
    def frames(self) -> int: ...
    @property
    def fps(self) -> int: ...


def stream_like(out: Any, path: Path) -> tuple[Any, bytes | None]:
    """A stream of `out` that takes packets of the film at `path`, and what its encoder said first."""
    with films.opened(path) as first:
        template = first.streams.video[0]
        return out.add_stream_from_template(template), template.codec_context.extradata


def packets(pieces: Sequence[Piece], stream: Any, extradata: bytes | None) -> Iterator[Any]:
    """The packets of `pieces` at their places in `stream`; RunError when they do not follow one another."""
    for piece in pieces:
        with films.opened(piece.path) as film:
            source = film.streams.video[0]
            if source.codec_context.extradata != extradata:
                raise RunError(f"{piece.key} was encoded in another way: make it with --no-cache.")
            count = 0
            for packet in film.demux(source):
                if packet.size == 0:
                    continue
                shown, due = _frames(packet, piece.fps)
                if count == 0:
                    lead = due  # of decoding before showing: as many frames, below zero, as B-frames need
                if (count == 0 and (shown or not packet.is_keyframe)) or due != lead + count or shown < due:
                    raise RunError(
                        f"{piece.key} cannot be joined picture by picture: make it with --no-cache."
                    )
                packet.stream, packet.time_base = stream, Fraction(1, piece.fps)
                packet.pts, packet.dts = piece.first_frame + shown, piece.first_frame + due
                packet.duration = 1
                count += 1
                yield packet
            if count != piece.frames:
                raise RunError(
                    f"{piece.key} has {count} frames instead of {piece.frames}: make it with --no-cache."
                )


def _frames(packet: Any, fps: int) -> tuple[int, int]:
    """Which frame of its film a packet holds, and when it is to be decoded, both counted in frames."""
    return round(packet.pts * packet.time_base * fps), round(packet.dts * packet.time_base * fps)


def join(pieces: Sequence[Piece], path: Path) -> None:
    """Write `pieces` as one film to `path`. It is the same film, byte for byte, however it was cut into pieces."""
    with av.open(str(path), "w", format="mp4", options=MP4) as out:
        stream, extradata = stream_like(out, pieces[0].path)
        for packet in packets(pieces, stream, extradata):
            out.mux(packet)
