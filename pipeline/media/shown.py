"""The pictures of a film as they are shown: upright, of square pixels, in BT.709, at a size and, if wanted, a rate."""

from __future__ import annotations

import os
from collections.abc import Generator, Iterator
from pathlib import Path, PurePath
from typing import TYPE_CHECKING, Any

from engine.errors import InputError
from engine.text.echo import echo
from pipeline import scratch
from pipeline.media import films, hdr
from pipeline.media.facts import Facts

if TYPE_CHECKING:
    import av

# By the quarter turns that make a film stand upright.
UPRIGHT = ((), (("transpose", "cclock"),), (("hflip", None), ("vflip", None)), (("transpose", "clock"),))
LATE_S = 60.0  # a picture this long after the end that the header claims is an error of the file
HD_LINES = 720  # from here on, films that do not say in which matrix they are coded mean BT.709
UNTOLD = 2  # a matrix that a film does not name


def frames(
    path: str | os.PathLike[str], facts: Facts, size: tuple[int, int], fps: int | None, from_s: float = 0.0
) -> Generator[av.VideoFrame]:
    """The film's pictures, yuv420p of ``size``, ``fps`` a second; in the film's own rhythm when that is None.

    A film that has a picture gives one, however short it is. ``from_s``: what lies before may be left out.
    Raises InputError when the film cannot be decoded.
    """
    with films.opened(path) as container, scratch.folder() as folder:
        stream = films.pictures(container)
        assert stream is not None
        stream.thread_type = "AUTO"
        if from_s > 0:
            container.seek(round((facts.start_s + from_s) * 1_000_000))
        graph = _graph(stream, facts, size, fps, folder)
        frame: av.VideoFrame | None = None
        too_short = True  # for the rate: less than half a picture
        for frame in _decoded(container, stream, facts, path):
            if frame.time is not None and frame.time - facts.start_s > facts.seconds + LATE_S:
                raise InputError(
                    f"{echo(PurePath(path).name)} says that it lasts {facts.seconds:.0f} s and has pictures for "
                    f"{frame.time - facts.start_s:.0f} s: convert it to MP4 again."
                )
            graph.push(frame)
            for one in _pulled(graph):
                too_short = False
                yield one
        graph.push(None)
        for one in _pulled(graph):
            too_short = False
            yield one
        if too_short and frame is not None:
            graph = _graph(stream, facts, size, None, folder)
            graph.push(frame)
            graph.push(None)
            yield from _pulled(graph)


def _decoded(
    container: av.container.InputContainer, stream: Any, facts: Facts, path: str | os.PathLike[str]
) -> Iterator[av.VideoFrame]:
    """The film's pictures as they are stored. InputError, with the time, when it cannot be decoded to its end."""
    import av

    reached_s = 0.0
    try:
        for frame in container.decode(stream):
            if frame.time is not None:
                reached_s = frame.time - facts.start_s
            yield frame
    except av.error.FFmpegError as error:
        where = f"{echo(PurePath(path).name)} breaks off after {reached_s:.1f} s"
        raise InputError(f"{where} ({error.strerror}): convert it to MP4 again.") from error


def _graph(stream: Any, facts: Facts, size: tuple[int, int], fps: int | None, folder: Path) -> Any:
    import av

    graph = av.filter.Graph()
    matrix = _matrix(stream)
    chain = [graph.add_buffer(template=stream)]
    if facts.interlaced:
        chain.append(graph.add("bwdif", "mode=send_frame:deint=interlaced"))
    if fps is not None:
        chain.append(graph.add("fps", f"fps={fps}"))
    if hdr.needed(facts):
        table = hdr.write_table(facts, folder / "colours.cube")
        chain += [
            graph.add("scale", f"flags=bicubic+accurate_rnd:in_color_matrix={matrix}"),
            graph.add("format", "gbrp16le"),
            graph.add("lut3d", file=str(table)),
        ]
        matrix = "auto"
    chain += [graph.add(name, value) for name, value in UPRIGHT[facts.turns]]
    scale = (
        f"{size[0]}:{size[1]}:flags=bicubic:in_color_matrix={matrix}:out_color_matrix=bt709:out_range=limited"
    )
    chain += [
        graph.add("scale", scale),
        graph.add("format", "yuv420p"),
        graph.add("setsar", "1"),
        graph.add("buffersink"),
    ]
    graph.link_nodes(*chain).configure()
    return graph


def _matrix(stream: Any) -> str:
    context = stream.codec_context
    untold = context.colorspace == UNTOLD and not context.format.is_rgb
    return "bt709" if untold and context.height >= HD_LINES else "auto"


def _pulled(graph: Any) -> Iterator[av.VideoFrame]:
    import av

    while True:
        try:
            frame = graph.pull()
        except (av.error.BlockingIOError, av.error.EOFError):
            return
        assert isinstance(frame, av.VideoFrame)
        yield frame
