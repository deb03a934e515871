"""256 colours chosen for one clip, and its pictures in these colours.

FFmpeg's median cut over all pictures keeps thin coloured lines better than Pillow's, and without dithering still areas
stay equal from frame to frame, which is what makes a GIF of a drawing small.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

import av
import numpy as np
from av.filter import Graph
from av.filter.context import FilterContext
from PIL import Image

from pipeline.clips.footage import Colour, Footage, over

TICK = Fraction(1, 100)
SEEN = 128  # alpha from which a pixel of a GIF is there


def in_palette(footage: Footage) -> Iterator[tuple[av.VideoFrame, int]]:
    """Each picture as a frame with a palette (pal8), and how many frames it stands.

    The footage's ground is mixed into the soft edges of transparent pictures, which become hard.
    """
    palette = _palette(footage)
    graph = Graph()
    pictures = _buffer(graph, footage.width, footage.height, _layout(footage))
    colours = _buffer(graph, palette.width, palette.height, palette.format.name)
    use = graph.add("paletteuse", f"dither=none:alpha_threshold={SEEN}")
    sink = graph.add("buffersink")
    pictures.link_to(use, 0, 0)
    colours.link_to(use, 0, 1)
    use.link_to(sink)
    graph.configure()
    palette.pts, palette.time_base = 0, TICK
    colours.push(palette)
    colours.push(None)
    counts = []
    for number, (frame, count) in enumerate(_frames(footage)):
        counts.append(count)
        frame.pts = number
        pictures.push(frame)
        yield from _pulled(sink, counts)
    pictures.push(None)
    yield from _pulled(sink, counts)


def _palette(footage: Footage) -> av.VideoFrame:
    graph = Graph()
    source = _buffer(graph, footage.width, footage.height, _layout(footage))
    reserve = int(footage.master.transparent)
    make = graph.add("palettegen", f"max_colors=256:reserve_transparent={reserve}:stats_mode=full")
    sink = graph.add("buffersink")
    source.link_to(make)
    make.link_to(sink)
    graph.configure()
    for number, (frame, _) in enumerate(_frames(footage)):
        frame.pts = number
        source.push(frame)
    source.push(None)
    palette = sink.pull()
    assert isinstance(palette, av.VideoFrame)
    return palette


def _buffer(graph: Graph, width: int, height: int, layout: str) -> FilterContext:
    return graph.add_buffer(width=width, height=height, format=av.VideoFormat(layout), time_base=TICK)


def _layout(footage: Footage) -> str:
    return "rgba" if footage.master.transparent else "rgb24"


def _frames(footage: Footage) -> Iterator[tuple[av.VideoFrame, int]]:
    for shot in footage.shots():
        picture = shot.picture
        pixels = _hard(picture, footage.ground) if footage.master.transparent else np.array(picture)
        frame = av.VideoFrame.from_ndarray(pixels, format=_layout(footage))
        frame.time_base = TICK
        yield frame, shot.frames


def _hard(picture: Image.Image, ground: Colour) -> np.ndarray:
    """RGBA with alpha 0 or 255; what is there stands on `ground`."""
    alpha = np.array(picture.getchannel("a"))
    there = np.where(alpha >= SEEN, np.uint8(255), np.uint8(0))
    return np.dstack([np.array(over(picture, ground)), there])


def _pulled(sink: FilterContext, counts: list[int]) -> Iterator[tuple[av.VideoFrame, int]]:
    while True:
        try:
            frame = sink.pull()
        except (av.BlockingIOError, av.EOFError):
            return
        assert isinstance(frame, av.VideoFrame)
        assert frame.pts is not None
        yield frame, counts[frame.pts]
