"""Packets that are written again must be those that x264 would have made, or a rest would show something else."""

from fractions import Fraction
from typing import Any

import av
import numpy as np
import pytest
from av.video.frame import PictureType
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.encoder import CODEC, FAST, OPTIONS
from pipeline.reel import CYCLE, Reel

WIDTH, HEIGHT = 320, 176
SLICES = 2
Shown = tuple[int, PictureType, int]  # which picture, as what, how often
Packets = list[tuple[int, int, bool, bytes]]


def encoder(options: dict[str, str], threads: int = 2) -> Any:
    out: Any = av.CodecContext.create(CODEC, "w")
    out.framerate, out.time_base = Fraction(60), Fraction(1, 60)
    out.options, out.thread_count = options | {"g": "600"}, threads
    out.width, out.height, out.pix_fmt = WIDTH, HEIGHT, "yuv420p"
    return out


def picture(number: int) -> av.VideoFrame:
    """Specks as of small texts, one more to the right each time; every third has noise beside them."""
    ink = np.where(np.random.default_rng(0).random((HEIGHT, WIDTH)) > 0.97, 220, 16).astype(np.uint8)
    luma = np.roll(ink, 3 * number, axis=1)
    if number % 3 == 2:
        luma[:64, :64] = np.random.default_rng(number).integers(16, 235, (64, 64))
    frame = av.VideoFrame.from_ndarray(
        np.vstack([luma, np.full((HEIGHT // 2, WIDTH), 128, np.uint8)]), format="yuv420p"
    )
    frame.time_base = Fraction(1, 60)
    return frame


def by_x264(shown: list[Shown], options: dict[str, str]) -> Packets:
    """Every frame told, one by one."""
    out, told = encoder(options), 0
    packets: list[Any] = []
    for number, kind, repeat in shown:
        frame = picture(number)
        for count in range(repeat):
            frame.pts, frame.pict_type = told, kind if count == 0 else PictureType.P
            packets += out.encode(frame)
            told += 1
    return [(p.pts, p.dts, p.is_keyframe, bytes(p)) for p in packets + out.encode()]


def decoded(packets: Packets) -> list[bytes]:
    """The pictures of a stream."""
    decoder: Any = av.CodecContext.create("h264", "r")
    frames = [frame for *_, packet in packets for frame in decoder.decode(av.Packet(packet))]
    return [frame.to_ndarray().tobytes() for frame in frames + decoder.decode(None)]


class Counted:
    """An encoder, and how many frames it was told."""

    def __init__(self, options: dict[str, str]) -> None:
        self.told, self._encoder = 0, encoder(options)

    def encode(self, *frame: Any) -> Any:
        self.told += len(frame)
        return self._encoder.encode(*frame)


def by_reel(shown: list[Shown], options: dict[str, str]) -> tuple[Packets, int]:
    counted = Counted(options)
    reel = Reel(counted, 1000)
    packets = [
        packet for number, kind, repeat in shown for packet in reel.show(picture(number), kind, repeat)
    ]
    packets += reel.finish()
    return [(p.pts - 1000, p.dts - 1000, p.is_keyframe, bytes(p)) for p in packets], counted.told


KINDS = st.sampled_from([PictureType.NONE, PictureType.P, PictureType.I])


@settings(max_examples=25, deadline=None)
@given(
    st.lists(
        st.tuples(st.integers(0, 20), KINDS, st.sampled_from([1, 1, 2, 17, 40, 100, 131])),
        min_size=1,
        max_size=9,
    ),
    st.sampled_from([OPTIONS, FAST]),
)
def test_packets_are_those_that_x264_makes_of_every_frame(
    shown: list[Shown], options: dict[str, str]
) -> None:
    shown = [
        (number, kind if repeat == 1 or kind == PictureType.I else PictureType.P, repeat)
        for number, kind, repeat in shown
    ]
    shown[0] = (shown[0][0], PictureType.I, shown[0][2])
    ours, theirs = by_reel(shown, options)[0], by_x264(shown, options)
    assert [one[:3] for one in ours] == [one[:3] for one in theirs]
    for (*_, our), (*_, their) in zip(ours, theirs, strict=True):
        # x264 fills up the last byte of a slice with a bit that depends on its count of frames; no decoder reads it.
        assert len(our) == len(their)
        differing = [a ^ b for a, b in zip(our, their, strict=True) if a != b]
        assert sum(byte.bit_count() for byte in differing) <= SLICES
    assert decoded(ours) == decoded(theirs)


@pytest.mark.parametrize("options", [OPTIONS, FAST])
def test_a_long_rest_is_not_told_to_the_end(options: dict[str, str]) -> None:
    """The whole point; with other settings packets may come again later, or never."""
    shown = [(0, PictureType.I, 1), (1, PictureType.NONE, 1), (2, PictureType.I, 400)]
    packets, told = by_reel(shown, options)
    assert len(packets) == 402
    assert told < 4 * CYCLE
