"""Small films and pictures as phones, browsers and programs write them, made anew for each test."""

import struct
from collections.abc import Sequence
from fractions import Fraction
from pathlib import Path
from typing import Any

import av
import numpy as np
from av.stream import Disposition
from numpy.typing import NDArray
from PIL import Image

RATE = 48_000
UPRIGHT_MATRIX = struct.pack(">9i", 0x10000, 0, 0, 0, 0x10000, 0, 0, 0, 0x40000000)
CLOCKWISE_MATRIX = struct.pack(">9i", 0, 0x10000, 0, -0x10000, 0, 0, 0, 0, 0x40000000)


def halves(width: int = 64, height: int = 48) -> NDArray[np.uint8]:
    """Left half white, right half black, RGB (height, width, 3)."""
    pixels = np.zeros((height, width, 3), np.uint8)
    pixels[:, : width // 2] = 255
    return pixels


def film(
    path: Path,
    pictures: Sequence[NDArray[np.uint8]] = (),
    *,
    codec: str = "libx264",
    layout: str = "yuv420p",
    rate: int = 10,
    times: Sequence[Fraction] | None = None,
    sounds: int = 0,
    muxer: dict[str, str] | None = None,
    coding: dict[str, str] | None = None,
    aspect: Fraction | None = None,
    colours: tuple[int, int, int] | None = None,
    fmt: str | None = None,
) -> Path:
    """A film of RGB pictures (by default ten of ``halves``), with as many tracks of a 440 Hz tone as ``sounds``.

    colours: primaries, transfer and matrix by ITU-T H.273.
    """
    pictures = pictures or [halves()] * 10
    with av.open(str(path), "w", format=fmt, options=muxer or {}) as out:
        stream: Any = out.add_stream(codec, rate=rate, options=coding or {})
        stream.height, stream.width = pictures[0].shape[:2]
        stream.pix_fmt = layout
        context = stream.codec_context
        if times is not None:
            context.time_base = Fraction(1, 1000)
        if aspect is not None:
            context.sample_aspect_ratio = aspect
        if colours is not None:
            context.color_primaries, context.color_trc, context.colorspace = colours
        tracks = [out.add_stream("aac", rate=RATE, layout="mono") for _ in range(sounds)]
        for number, pixels in enumerate(pictures):
            frame = av.VideoFrame.from_ndarray(pixels, format="rgb24").reformat(format=layout)
            at = times[number] if times is not None else Fraction(number, rate)
            frame.time_base = Fraction(1, 1000) if times is not None else Fraction(1, rate)
            frame.pts = round(at / frame.time_base)
            out.mux(stream.encode(frame))
        out.mux(stream.encode())
        for track in tracks:
            tone(out, track, len(pictures) / rate)
    return path


def tone(out: Any, track: Any, seconds: float) -> None:
    """Encode and mux 440 Hz."""
    for start in range(0, int(seconds * RATE), 1024):
        wave = 0.5 * np.sin(2 * np.pi * 440 * (start + np.arange(1024)) / RATE)
        layout = "fltp" if track.codec_context.name == "aac" else "s16p"
        samples = wave.astype(np.float32) if layout == "fltp" else (wave * 32767).astype(np.int16)
        frame = av.AudioFrame.from_ndarray(samples[None], format=layout, layout="mono")
        frame.sample_rate, frame.pts, frame.time_base = RATE, start, Fraction(1, RATE)
        out.mux(track.encode(frame))
    out.mux(track.encode())


def sound_with_cover(path: Path) -> Path:
    """A second of sound as podcasts come: with a cover, which FFmpeg takes for a film of one picture."""
    with av.open(str(path), "w", format="mp3" if path.suffix == ".mp3" else "mp4") as out:
        track = out.add_stream("libmp3lame" if path.suffix == ".mp3" else "aac", rate=RATE, layout="mono")
        cover: Any = out.add_stream("png", rate=1)
        cover.width, cover.height, cover.pix_fmt = 32, 32, "rgb24"
        cover.disposition = Disposition.attached_pic.value
        frame = av.VideoFrame.from_ndarray(np.full((32, 32, 3), 99, np.uint8), format="rgb24")
        out.mux(cover.encode(frame))
        out.mux(cover.encode())
        tone(out, track, 1)
    return path


def with_unknown_second_sound(path: Path) -> Path:
    """A phone's film: its second track of sound is in a code that nobody can decode."""
    data = film(path, sounds=2).read_bytes()
    second = data.rindex(b"mp4a")
    path.write_bytes(data[:second] + unknown(data[second:]))
    return path


def unknown(data: bytes) -> bytes:
    """The sound's description in a film's bytes, made one of a code that nobody knows."""
    return data.replace(b"mp4a", b"qqqq").replace(b"esds", b"qqqs")


def hlg(path: Path, signal: float) -> Path:
    """A phone's HDR film, all of it grey at ``signal`` (0 to 1) of HLG: 10 bits, BT.2020."""
    level = round(255 * signal)
    flat = np.full((48, 64, 3), level, np.uint8)
    return film(path, [flat] * 4, layout="yuv420p10le", colours=(9, 18, 9))


def turned(path: Path) -> Path:
    """``halves`` as a phone held upright writes it: lying in the file, to be turned a quarter clockwise."""
    data = film(path).read_bytes()
    assert data.count(UPRIGHT_MATRIX) == 2  # of the film, and of its track
    head, mark, tail = data.rpartition(UPRIGHT_MATRIX)
    assert mark
    path.write_bytes(head + CLOCKWISE_MATRIX + tail)
    return path


def animated(path: Path, colours: Sequence[str] = ("red", "lime", "blue")) -> Path:
    """A GIF, APNG or WebP that moves: a picture of each colour, 100 ms each."""
    first, *others = [Image.new("RGB", (16, 12), colour) for colour in colours]
    first.save(path, save_all=True, append_images=others, duration=100, loop=0)
    return path


def profile(name: str) -> bytes:
    """An ICC profile with the primaries of Display P3 or Adobe RGB and a gamma of 2.2, as ICC.1:2010 lays it out."""
    # XYZ of red, green and blue, adapted to D50: the columns of each space's matrix.
    primaries = {
        "P3": ((0.51512, 0.24120, -0.00105), (0.29198, 0.69225, 0.04189), (0.15710, 0.06657, 0.78407)),
        "Adobe": ((0.60974, 0.31111, 0.01947), (0.20528, 0.62567, 0.06087), (0.14919, 0.06322, 0.74457)),
    }[name]

    def fixed(*values: float) -> bytes:
        return struct.pack(f">{len(values)}i", *(round(value * 65536) for value in values))

    def xyz(values: Sequence[float]) -> bytes:
        return b"XYZ \0\0\0\0" + fixed(*values)

    text = f"{name} of a test".encode() + b"\0"
    tags = {
        b"desc": b"desc\0\0\0\0" + struct.pack(">I", len(text)) + text + bytes(78),
        b"cprt": b"text\0\0\0\0none\0",
        b"wtpt": xyz((0.9642, 1.0, 0.8249)),
        b"rXYZ": xyz(primaries[0]),
        b"gXYZ": xyz(primaries[1]),
        b"bXYZ": xyz(primaries[2]),
    }
    curve = b"curv\0\0\0\0" + struct.pack(">IH", 1, round(2.2 * 256)) + b"\0\0"
    tags |= {b"rTRC": curve, b"gTRC": curve, b"bTRC": curve}
    table, body = struct.pack(">I", len(tags)), b""
    start = 128 + 4 + 12 * len(tags)
    for tag, data in tags.items():
        data += bytes(-len(data) % 4)
        table += tag + struct.pack(">II", start + len(body), len(data))
        body += data
    head = struct.pack(">I", start + len(body)) + bytes(4) + b"\x02\x10\0\0mntrRGB XYZ " + bytes(12) + b"acsp"
    head = head.ljust(68, b"\0") + fixed(0.9642, 1.0, 0.8249)
    return head.ljust(128, b"\0") + table + body
