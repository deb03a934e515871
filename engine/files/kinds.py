"""What a file is by its first bytes, whatever its name says: one table for pictures, films and sounds.

Nothing is tried out: a reader (one format of Pillow's, one demuxer of FFmpeg's) is chosen by name from this table, and
what is not in it is never handed to either library.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

START_BYTES = 2048  # of a file; enough for every test below
Use = Literal["picture", "film", "sound", "nothing"]
PICTURES_READ = "PNG, JPEG, WebP, GIF, TIFF, BMP or AVIF"
FILMS_READ = "MP4, MOV, WebM, MKV, AVI or GIF"
SOUNDS_READ = "WAV, MP3, M4A, FLAC or Ogg"


@dataclass(frozen=True)
class Kind:
    """A kind of file: what people call it, what it can be used as, and the name of the reader that opens it."""

    name: str
    use: Use
    reader: str = ""


Test = Callable[[bytes], bool]


def _begins(*magics: bytes) -> Test:
    return lambda start: start.startswith(magics)


def _brand(*brands: bytes) -> Test:
    """The major brand, or one of the first compatible ones, of an ISO base media file."""

    def test(start: bytes) -> bool:
        if start[4:8] != b"ftyp":
            return False
        length = min(int.from_bytes(start[:4], "big"), 64)
        listed = [start[8:12], *(start[at : at + 4] for at in range(16, length, 4))]
        return listed[0] in brands or (listed[0] in (b"mif1", b"msf1") and any(b in brands for b in listed))

    return test


def _riff(kind: bytes) -> Test:
    return lambda start: start[:4] in (b"RIFF", b"RF64") and start[8:12] == kind


def _transport(start: bytes) -> bool:
    """MPEG-TS: a sync byte every 188 bytes, or every 192 on cameras."""
    return any(len(start) > first + 4 * step and set(start[first::step][:4]) == {0x47}
               for first, step in ((0, 188), (4, 192)))  # fmt: skip


def _audio_frame(start: bytes) -> bool:
    """The head of a frame of MPEG audio, layers 1 to 3."""
    return len(start) > 3 and start[0] == 0xFF and start[1] & 0xE0 == 0xE0 and start[1] & 0x06 != 0


def _svg(start: bytes) -> bool:
    text = start.lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    return text.startswith((b"<svg", b"<?xml", b"<!doctype svg", b"<!--")) and b"<svg" in text


KINDS: tuple[tuple[Test, Kind], ...] = (
    (_begins(b"\x89PNG\r\n\x1a\n"), Kind("PNG", "picture", "PNG")),
    (_begins(b"\xff\xd8\xff"), Kind("JPEG", "picture", "JPEG")),
    (_riff(b"WEBP"), Kind("WebP", "picture", "WEBP")),
    (_begins(b"GIF87a", b"GIF89a"), Kind("GIF", "picture", "GIF")),
    (lambda start: start[:4] == b"II*\0" and start[8:10] == b"CR", Kind("a raw camera picture", "nothing")),
    (_begins(b"II*\0", b"MM\0*", b"II+\0", b"MM\0+"), Kind("TIFF", "picture", "TIFF")),
    (lambda start: start[:2] == b"BM" and start[6:10] == bytes(4), Kind("BMP", "picture", "BMP")),
    (_brand(b"avif", b"avis"), Kind("AVIF", "picture", "AVIF")),
    (
        _brand(b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1"),
        Kind("HEIC", "nothing"),
    ),
    (_begins(b"8BPS"), Kind("Photoshop (PSD)", "nothing")),
    (_begins(b"%PDF"), Kind("PDF", "nothing")),
    (_begins(b"%!PS", b"\xc5\xd0\xd3\xc6"), Kind("EPS or PostScript", "nothing")),
    (_svg, Kind("SVG", "nothing")),
    (_begins(b"\xff\x0a", b"\0\0\0\x0cJXL \r\n\x87\n"), Kind("JPEG XL", "nothing")),
    (_begins(b"\0\0\0\x0cjP  \r\n\x87\n", b"\xff\x4f\xff\x51"), Kind("JPEG 2000", "nothing")),
    (_begins(b"\x76\x2f\x31\x01"), Kind("OpenEXR", "nothing")),
    (_begins(b"\0\0\1\0"), Kind("an icon (ICO)", "nothing")),
    (lambda start: start[128:132] == b"DICM", Kind("DICOM", "nothing")),
    (
        lambda start: start[4:8] in (b"ftyp", b"moov", b"mdat", b"wide", b"free", b"skip", b"pnot"),
        Kind("MP4 or MOV", "film", "mov"),
    ),
    (_begins(b"\x1a\x45\xdf\xa3"), Kind("WebM or MKV", "film", "matroska")),
    (_riff(b"AVI "), Kind("AVI", "film", "avi")),
    (_begins(b"\x30\x26\xb2\x75\x8e\x66\xcf\x11"), Kind("WMV or WMA", "film", "asf")),
    (_begins(b"FLV\x01"), Kind("FLV", "film", "flv")),
    (_begins(b"\0\0\x01\xba"), Kind("MPEG", "film", "mpeg")),
    (_transport, Kind("MPEG-TS", "film", "mpegts")),
    (_riff(b"WAVE"), Kind("WAV", "sound", "wav")),
    (_begins(b"OggS"), Kind("Ogg", "film", "ogg")),
    (_begins(b"fLaC"), Kind("FLAC", "sound", "flac")),
    (
        lambda start: start[:4] == b"FORM" and start[8:12] in (b"AIFF", b"AIFC"),
        Kind("AIFF", "sound", "aiff"),
    ),
    (_begins(b"caff"), Kind("CAF", "sound", "caf")),
    (_begins(b"#!AMR"), Kind("AMR", "sound", "amr")),
    (_begins(b"ID3"), Kind("MP3", "sound", "mp3")),
    (lambda start: len(start) > 3 and start[0] == 0xFF and start[1] & 0xF6 == 0xF0, Kind("AAC", "sound", "aac")),
    (_audio_frame, Kind("MP3", "sound", "mp3")),
    (_begins(b"#EXTM3U"), Kind("a list of other files (M3U)", "nothing")),
    (_begins(b"ffconcat version", b"[playlist]"), Kind("a list of other files", "nothing")),
    (_begins(b"PK\3\4"), Kind("a ZIP or Office file", "nothing")),
)  # fmt: skip


def kind_of(start: bytes) -> Kind | None:
    """The kind of a file that begins with ``start`` (its first START_BYTES); None when it is none of those known."""
    return next((kind for test, kind in KINDS if test(start)), None)


def refusal(name: str, kind: Kind | None, wanted: str, remedy: str) -> str:
    """Why the file called ``name`` is no ``wanted``, by what it is; ``remedy`` says what to give."""
    if kind is None:
        return f"{name} is no {wanted} of a known kind: {remedy}."
    what = kind.name if kind.use in ("nothing", wanted) else f"{kind.name}, a {kind.use}"
    return f"{name} holds {what}, which cannot be used as a {wanted}: {remedy}."
