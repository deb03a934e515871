"""How a JPEG is stored, by its markers: what decoding it will cost, before anything is decoded.

A progressive JPEG comes in scans, and each goes over the whole picture, however few bytes it has: 841 KB can hold
2,000 scans of 119 million pixels, which keep a decoder busy for minutes.
"""

from __future__ import annotations

import re
from io import BufferedReader
from typing import NamedTuple

from engine.errors import InputError

SCANS_MAX = 100  # encoders write about 10, of CMYK 18
SCANNED_PIXELS_MAX = 4_000_000_000  # scans × pixels: some seconds
WHOLE_CMYK_PIXELS_MAX = 100_000_000  # each takes 8 bytes of coefficients beside its 4 of colours
CMYK = 4  # components
MARKERS_MAX = 4_000  # metadata of 64 KiB each, tables and scans; photographs have tens
READ_BYTES = 1 << 16
BARE = frozenset((0x01, *range(0x02, 0xC0), 0xD8))  # markers without a segment, and what is no marker
FRAMES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}  # a segment that says size and components
PROGRESSIVE = frozenset((0xC2, 0xC6, 0xCA, 0xCE))
START_OF_SCAN, END = 0xDA, 0xD9
# Coded data write 0xFF as FF 00, restart markers are part of them, and FF may be repeated before a marker.
MARKER = re.compile(rb"\xff([^\x00\xff\xd0-\xd7])", re.DOTALL)


class Stored(NamedTuple):
    """What decides what a JPEG costs.

    whole: whether its coefficients are held for the whole picture at once, because they come in several scans.
    """

    scans: int
    components: int
    whole: bool


def stored(handle: BufferedReader, name: str) -> Stored:
    """How the first JPEG of an open file is stored. InputError when it has more scans or markers than pictures have.

    ``handle`` is left somewhere; no more than the file is read, and a damaged one is left for the decoder to refuse.
    """
    scans = components = in_scan = 0
    progressive = False
    handle.seek(0)
    for _ in range(MARKERS_MAX):
        marker = _next_marker(handle)
        if marker is None or marker == END:
            break
        if marker in BARE:
            continue
        at = handle.tell()
        segment = handle.read(8)
        if marker in FRAMES:
            components, progressive = segment[7] if len(segment) > 7 else 0, marker in PROGRESSIVE
        if marker == START_OF_SCAN:
            scans += 1
            in_scan = in_scan or (segment[2] if len(segment) > 2 else 0)
        if scans > SCANS_MAX:
            raise InputError(
                f"{name} is a JPEG of more than {SCANS_MAX} scans: save it again, not as a progressive JPEG."
            )
        handle.seek(at + max(int.from_bytes(segment[:2], "big"), 2))
    else:
        raise InputError(f"{name} is a JPEG of more than {MARKERS_MAX:,} segments: save it again.")
    return Stored(scans, components, progressive or scans > 1 or in_scan < components)


def check_cost(found: Stored, name: str, height: int, width: int) -> None:
    """InputError when a picture of this size, stored like that, would take long or much memory."""
    if found.scans * height * width > SCANNED_PIXELS_MAX:
        raise InputError(
            f"{name} has {height} × {width} pixels in {found.scans} scans: save it again, not as a progressive JPEG."
        )
    if found.whole and found.components == CMYK and height * width > WHOLE_CMYK_PIXELS_MAX:
        raise InputError(
            f"{name} is a progressive JPEG in CMYK of {height} × {width} pixels and may have "
            f"{WHOLE_CMYK_PIXELS_MAX:,}: save it again in RGB, or not as a progressive one."
        )


def _next_marker(handle: BufferedReader) -> int | None:
    """The next marker's number, with ``handle`` behind it; None when there is none up to the end of the file."""
    while len(part := handle.read(READ_BYTES)) > 1:
        found = MARKER.search(part)
        if found is not None:
            handle.seek(found.end() - len(part), 1)
            return found[1][0]
        handle.seek(-1, 1)  # it may be the first byte of a marker
    return None
