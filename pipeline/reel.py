"""One encoder: pictures in, packets at their places in the film out.

A picture that stands is told to x264 only until its packets come again. Each then says "as before" and differs from the
one before in two counters of its header, which begin anew after CYCLE frames: what x264 would write next is what it
wrote then. So those packets are written again and again, and x264 goes on where the rest has less than a cycle left.
(What follows may differ from a film of which it was told every frame in one bit behind the end of a slice, which x264
draws from its count of frames and no decoder reads.)
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

import av
from av.video.frame import PictureType

# frame_num has 4 bits, and pic_order_cnt_lsb counts two a frame with 5 bits (H.264, 7.4.3), which x264 chooses as long
# as at most five B-frames may follow one another.
CYCLE = 16
KEPT = 4 * CYCLE  # more than a cycle and what the encoder holds back


class Reel:
    """Packets of `encoder`, whose first picture is frame `first_frame` of the film."""

    def __init__(self, encoder: Any, first_frame: int) -> None:
        self._encoder = encoder
        self._told = 0  # pictures that the encoder was told
        self._shift = first_frame  # from the encoder's count to the film's
        self._written: dict[int, bytes] = {}  # the newest packets, by the encoder's count
        self._newest = -1
        self._empty: set[int] = set()  # lengths of packets that change nothing
        self._again: dict[int, int] = {}  # after which packet how many follow that were there before

    def show(self, frame: av.VideoFrame, kind: PictureType, repeat: int) -> Iterator[Any]:
        """What is to be written once `frame` is there `repeat` times, first as a picture of `kind`."""
        first, left = self._told, repeat
        while left:
            frame.pts = self._told
            frame.pict_type = kind if self._told == first else PictureType.P
            self._told += 1
            left -= 1
            yield from self._placed(self._encoder.encode(frame))
            if left >= CYCLE and self._comes_again(first):
                whole = left // CYCLE * CYCLE
                self._again[self._told - 1] = whole
                left -= whole

    def finish(self) -> Iterator[Any]:
        """What the encoder held back."""
        yield from self._placed(self._encoder.encode())

    def _comes_again(self, first: int) -> bool:
        """Whether the picture that stands since `first` changes nothing any more, and has a cycle of such packets.

        Once a packet changes nothing, all that follow do not. One is known by its length, which anything else would add
        to, after a whole cycle has been seen to come again.
        """
        settled = first + 2
        if self._told >= settled + CYCLE and len(self._written.get(settled, b"")) in self._empty:
            return True
        last, before = self._newest, self._newest - CYCLE
        if before < settled or any(
            self._written.get(last - back) != self._written[before - back] for back in range(2)
        ):
            return False
        self._empty.update(len(self._written[last - back]) for back in range(CYCLE))
        return True

    def _placed(self, packets: Iterable[Any]) -> Iterator[Any]:
        for packet in packets:
            told, due, time_base = packet.pts, packet.dts, packet.time_base
            self._keep(told, packet)
            packet.pts, packet.dts, packet.duration = told + self._shift, due + self._shift, 1
            yield packet
            for count in range(1, self._again.pop(told, 0) + 1):
                copy = av.Packet(self._written[told - CYCLE + 1 + (count - 1) % CYCLE])
                self._shift += 1
                copy.pts, copy.dts, copy.duration = told + self._shift, due + self._shift, 1
                copy.time_base = time_base
                yield copy

    def _keep(self, told: int, packet: Any) -> None:
        self._written[told] = bytes(packet)
        self._written.pop(told - KEPT, None)
        self._newest = max(self._newest, told)
