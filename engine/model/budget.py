"""Which numbers a trace keeps: small tensors whole, of large ones a slice that says which, all within a budget."""

import functools
import heapq
import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from torch import Tensor

from engine.model.statistics import dense
from engine.trace.header import AXES_MAX

SLICE_MAX = 2**12  # numbers of a slice
CHANNELS_MAX = 8  # of a slice of pictures or volumes
SHARE_MAX = 1 / 500  # of the budget, for one tensor that is not in focus


@dataclass
class Kept:
    """The kept numbers of a tensor of ``shape``; slice is "" when they are all, else as Python writes it."""

    values: NDArray[np.generic]
    shape: tuple[int, ...]
    slice: str = ""
    examples: bool = True
    finite: bool = True


class Keeper:
    """Copies numbers when they are made. Over the budget (bytes), the largest lose all but a slice.

    parts_max: how many tensors are kept at all; those in focus are kept whole as long as anything else can go.
    """

    def __init__(self, budget_bytes: float, parts_max: int) -> None:
        self.kept: dict[str, Kept] = {}
        self.left_out = 0
        self._budget, self._parts_max, self._used = budget_bytes, parts_max, 0
        self._largest: list[tuple[bool, int, str]] = []

    def keep(self, name: str, tensor: Tensor, focus: bool = False, *, examples: bool = True) -> None:
        """Copy ``tensor``, or a slice of it, as series ``name``."""
        plain = dense(tensor)
        if plain is None:
            return
        if len(self.kept) >= self._parts_max and not focus:
            self.left_out += 1
            return
        if plain.dim() > AXES_MAX:
            plain = plain.reshape(-1, *plain.shape[1 - AXES_MAX :])
        shape = tuple(plain.shape)
        size = plain.numel() * (plain.element_size() if plain.is_floating_point() else 8)
        if size <= self._budget * (1 if focus else SHARE_MAX):
            self._put(name, Kept(_copied(plain), shape, examples=examples), focus)
        else:
            cut = slices(shape, examples)
            self._put(name, Kept(_copied(plain[cut]), shape, written(cut, shape)), focus)
        self._shrink()

    def trim(self, parts_max: int) -> None:
        """Keep at most so many parts, of which numbers that are not all finite need two."""
        odd = [name for name, one in self.kept.items() if not one.finite]
        while odd and len(self.kept) + len(odd) > parts_max:
            del self.kept[odd.pop()]
            self.left_out += 1

    def _put(self, name: str, kept: Kept, focus: bool) -> None:
        kept.finite = bool(np.isfinite(kept.values).all())
        self.kept[name] = kept
        self._used += kept.values.nbytes
        if not kept.slice and kept.values.size > SLICE_MAX:
            heapq.heappush(self._largest, (focus, -kept.values.nbytes, name))

    def _shrink(self) -> None:
        while self._used > self._budget and self._largest:
            _, _, name = heapq.heappop(self._largest)
            whole = self.kept[name]
            cut = slices(whole.shape, whole.examples)
            part = np.ascontiguousarray(whole.values[cut])
            self._used += part.nbytes - whole.values.nbytes
            self.kept[name] = Kept(
                part, whole.shape, written(cut, whole.shape), finite=bool(np.isfinite(part).all())
            )


def _copied(plain: Tensor) -> NDArray[np.generic]:
    """float32, float64, bool, or int64 for every other kind."""
    array: NDArray[np.generic] = np.array(plain.cpu().numpy(), order="C", copy=True)
    return array if array.dtype.kind in "fb" else array.astype(np.int64)


@functools.lru_cache(maxsize=1000)  # layers of one size are many
def slices(shape: tuple[int, ...], examples: bool = True) -> tuple[slice, ...]:
    """A part of at most SLICE_MAX numbers: the first example, some channels evenly spread, then every n-th.

    examples: whether the first of three and more dimensions counts examples. Of weights, which have none, it is a
    corner: what lies side by side is quickly read.
    """
    if not examples:
        return _corner(shape)
    lengths, steps = list(shape), [1] * len(shape)
    if len(shape) > 2 and math.prod(lengths) > SLICE_MAX:
        lengths[0] = 1
    if len(shape) > 3 and math.prod(lengths) > SLICE_MAX and lengths[1] > CHANNELS_MAX:
        steps[1] = -(-lengths[1] // CHANNELS_MAX)
        lengths[1] = -(-lengths[1] // steps[1])
    places = range(2 if len(shape) > 3 else 0, len(shape))
    while math.prod(lengths) > SLICE_MAX:
        if max(lengths[axis] for axis in places) == 1:
            places = range(len(shape))
        widest = max(lengths[axis] for axis in places)
        for axis in places:  # height and width together
            if lengths[axis] > max(widest // 2, 1):
                steps[axis] *= 2
                lengths[axis] = -(-shape[axis] // steps[axis])
    first = [1 if length == 1 else whole for length, whole in zip(lengths, shape, strict=True)]
    return tuple(slice(0, end, step) for end, step in zip(first, steps, strict=True))


def _corner(shape: tuple[int, ...]) -> tuple[slice, ...]:
    lengths = list(shape)
    while math.prod(lengths) > SLICE_MAX:
        widest = lengths.index(max(lengths))
        lengths[widest] = -(-lengths[widest] // 2)
    return tuple(slice(0, length, 1) for length in lengths)


def written(cut: tuple[slice, ...], shape: tuple[int, ...]) -> str:
    """``[0:1, ::8, :, :]``."""

    def one(part: slice, length: int) -> str:
        end = "" if part.stop == length else f"0:{part.stop}"
        step = "" if part.step == 1 else f":{part.step}"
        return f"{end or ':'}{step}"

    return f"[{', '.join(map(one, cut, shape))}]"
