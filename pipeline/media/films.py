"""The one place where films and sounds are opened: by what their bytes are, with that one demuxer of FFmpeg's.

FFmpeg gets an open file and the name of a container format. It sees no path, so nothing in a path or in the file can
make it open a list of other files, a device, an address or a file beside; and texts are never drawn as films.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from io import BufferedReader
from pathlib import PurePath
from typing import TYPE_CHECKING, Any

from engine.data.pictures import images
from engine.errors import InputError
from engine.files import regular
from engine.files.kinds import FILMS_READ, SOUNDS_READ, START_BYTES, Kind, kind_of, refusal
from engine.text.echo import echo

if TYPE_CHECKING:
    from av.container import InputContainer

BYTES_MAX = 64 * regular.GIB
READ_BYTES = 1 << 18  # at a time
PIXELS_MAX = 8192 * 8192  # of a film's frame: 8K and a little more
# Nothing but the open file: no protocol has this name.
ALONE = {"protocol_whitelist": "none", "enable_drefs": "0", "use_absolute_path": "0"}
ANIMATED = {"GIF": "gif", "PNG": "apng"}  # pictures that may move
REMEDY = {
    "film": f"give a film as {FILMS_READ}",
    "sound": f"give a sound as {SOUNDS_READ}",
}


@contextmanager
def opened(path: str | os.PathLike[str], wanted: str = "film") -> Iterator[InputContainer]:
    """The film or sound at ``path`` as PyAV's container. ``wanted``, "film" or "sound", is for messages.

    Raises InputError when the file cannot be read, holds no film or sound of a known kind, or is damaged, which may
    turn out only while it is used inside ``with``.
    """
    import av
    from av.container import InputContainer

    name = echo(PurePath(path).name)
    with regular.opened(path, bytes_max=BYTES_MAX) as handle:
        start = handle.read(START_BYTES)
        reader = _reader(handle, start, name, wanted)
        handle.seek(0)
        try:
            options = {
                key: value for key, value in ALONE.items() if reader == "mov" or key == "protocol_whitelist"
            }
            with av.open(
                handle,
                format=reader,
                container_options=options,
                buffer_size=READ_BYTES,
                metadata_errors="replace",
            ) as container:
                assert isinstance(container, InputContainer)
                yield container
        except (av.error.FFmpegError, ValueError, EOFError, UnicodeDecodeError) as error:
            raise InputError(
                f"{name} cannot be played ({_reason(error)}): convert it to {'MP4' if wanted == 'film' else 'WAV'}, or "
                f"give one that plays elsewhere too."
            ) from error


def _reader(handle: BufferedReader, start: bytes, name: str, wanted: str) -> str:
    """FFmpeg's name of the container format. InputError when the bytes are those of nothing that plays."""
    kind: Kind | None = kind_of(start)
    after_tag = _after_tag(handle, start)
    if after_tag is not None:
        kind = kind_of(after_tag) or kind
        if (
            kind is not None and kind.use != "sound"
        ):  # a tag stands before sound only; whatever else says so lies
            kind = kind_of(start)
    if kind is not None and kind.use in ("film", "sound"):
        return kind.reader
    if kind is not None and kind.name in ANIMATED and wanted == "film":
        handle.seek(0)
        with images.of_handle(handle, name) as image:
            if images.is_played(image):
                return ANIMATED[kind.name]
    raise InputError(refusal(name, kind, wanted, REMEDY[wanted]))


def _after_tag(handle: BufferedReader, start: bytes) -> bytes | None:
    """What follows an ID3v2 tag, which holds titles and covers before the sound; None when there is no tag."""
    if not start.startswith(b"ID3") or len(start) < 10:
        return None
    size = 0
    for part in start[6:10]:
        size = size << 7 | part & 0x7F
    handle.seek(10 + size)
    return handle.read(START_BYTES)


def pictures(container: InputContainer) -> Any | None:
    """The stream of a film's moving pictures; None when there is none, or only a cover."""
    from av.stream import Disposition

    for stream in container.streams.video:
        if not stream.disposition & Disposition.attached_pic and stream.codec_context is not None:
            context: Any = stream.codec_context
            if context.width * context.height > PIXELS_MAX:
                raise InputError(
                    f"The film has {context.width} × {context.height} pixels: give one of at most 8192 × 8192."
                )
            context.options = {"max_pixels": str(PIXELS_MAX)}  # a frame may claim more than the file
            return stream
    return None


def sound(container: InputContainer) -> Any | None:
    """The first stream of sound that can be decoded; phones put ones beside it that nobody else can."""
    return next((stream for stream in container.streams.audio if stream.codec_context is not None), None)


def _reason(error: BaseException) -> str:
    text = getattr(error, "strerror", None) or str(error)
    return (text.splitlines() or ["damaged"])[0].rstrip(".")
