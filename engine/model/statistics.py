"""The summary of a tensor: its extremes, its mean, how far it spreads, a histogram; in little time."""

import math
from collections.abc import Iterator
from contextlib import contextmanager

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from engine.model.summary import BINS, EMPTY, Summary

SMALL = 2**14  # up to here numpy is quicker than torch's own threads
PART = 2**17  # numbers that are looked at together
SAMPLE = 2**11  # numbers that a histogram is made of, at most: evenly spread ones


def dense(tensor: Tensor) -> Tensor | None:
    """``tensor`` as real numbers or whole ones on its device; None when its layout has no such form.

    Half precision becomes float32, complex numbers get a last dimension of real and imaginary part.
    """
    plain = tensor.detach()
    if plain.layout != torch.strided or plain.is_nested or plain.is_meta:
        return None
    if plain.is_quantized:
        plain = plain.dequantize()
    if plain.is_complex():
        plain = torch.view_as_real(plain.resolve_conj())
    if plain.is_floating_point() and plain.dtype not in (torch.float32, torch.float64):
        plain = plain.float()
    return plain


def summary(tensor: Tensor) -> Summary:
    """Its statistics; EMPTY for one without numbers."""
    plain = dense(tensor)
    if plain is None or plain.numel() == 0:
        return EMPTY
    if plain.is_cuda and plain.numel() > SMALL and plain.is_floating_point():
        return _on_device(plain.reshape(-1))
    flat = plain.reshape(-1).cpu()
    values = flat.numpy()
    if values.size <= SMALL or values.dtype.kind != "f":
        return _of_array(values, values.size if values.size <= SMALL else SAMPLE)
    with _one_thread():  # for these short sums, waking the others takes longer than it saves
        lows, highs, sums, squares, filled = zip(*map(_part, torch.split(flat, PART)), strict=True)
    square = sum(squares)
    norm = math.sqrt(square) if square >= 0 else math.nan
    extremes = np.array([lows, highs])  # numpy's, because Python's min overlooks NaN
    return _from_sums(values, (float(extremes.min()), float(extremes.max()), sum(sums), norm), sum(filled))


def _part(flat: Tensor) -> tuple[float, float, float, float, int]:
    """Least, largest, sum, sum of squares, how many are not 0; of so few that the cache holds them for all five."""
    values = flat.numpy()
    filled = np.count_nonzero(values != 0)
    return (
        float(values.min()),
        float(values.max()),
        float(flat.sum()),
        float(torch.dot(flat, flat)),
        int(filled),
    )


@contextmanager
def _one_thread() -> Iterator[None]:
    threads = torch.get_num_threads()
    torch.set_num_threads(1)
    try:
        yield
    finally:
        torch.set_num_threads(threads)


def _on_device(flat: Tensor) -> Summary:
    """The same with torch, and one look at the device."""
    low, high = flat.aminmax()
    parts = (low, high, flat.sum(), torch.linalg.vector_norm(flat), flat.count_nonzero())
    least, most, total, norm, filled = torch.stack([part.double() for part in parts]).tolist()
    if not all(map(math.isfinite, (least, most, total, norm))):
        return _of_array(flat.cpu().numpy(), SAMPLE)
    sample = flat[:: -(-flat.numel() // SAMPLE)].cpu().numpy()
    return _from_sums(sample, (least, most, total, norm), int(filled), flat.numel())


def _from_sums(
    values: NDArray[np.generic], sums: tuple[float, float, float, float], filled: int, count: int = 0
) -> Summary:
    """sums: least, largest, sum, norm. values: all numbers, or a sample of ``count``."""
    low, high, total, norm = sums
    if not all(map(math.isfinite, sums)):  # rare, so it may take longer
        return _of_array(values, SAMPLE)
    count = count or len(values)
    mean = total / count
    spread = norm**2 / count - mean**2
    if spread < 1e-4 * mean**2:  # the difference has lost its digits
        spread = float(values.astype(np.float64).var())
    sample = values[:: -(-len(values) // SAMPLE)]
    counts = _histogram(sample, low, high)
    return Summary(low, high, mean, math.sqrt(spread), norm, 1 - filled / count, 0, 0, len(sample), counts)


def _of_array(values: NDArray[np.generic], sample_max: int) -> Summary:
    exact = values.astype(np.float64)
    finite = np.isfinite(exact)
    nonfinite = int(exact.size - np.count_nonzero(finite))
    nan = int(np.count_nonzero(np.isnan(exact))) if nonfinite else 0
    if nonfinite:
        exact = exact[finite]
    if not exact.size:
        return Summary(nonfinite=nonfinite, nan=nan)
    low, high, mean = float(exact.min()), float(exact.max()), _mean(exact)
    largest = max(abs(low), abs(high)) or 1.0  # the squares of what is beyond 1e154 are no numbers
    scaled = exact / largest
    deviation = scaled - mean / largest
    std = math.sqrt(float(deviation @ deviation) / exact.size) * largest
    norm = math.sqrt(float(scaled @ scaled)) * largest
    zeros = 1 - np.count_nonzero(exact) / exact.size
    sample = exact[:: -(-exact.size // sample_max)]
    counts = _histogram(sample, low, high)
    return Summary(low, high, mean, std, _finite(norm), float(zeros), nonfinite, nan, len(sample), counts)


def _mean(values: NDArray[np.float64]) -> float:
    with np.errstate(over="ignore"):
        mean = float(values.mean())
    return mean if math.isfinite(mean) else float((values / values.size).sum())


def _finite(value: float) -> float:
    return min(value, float(np.finfo(np.float64).max))


def _histogram(values: NDArray[np.generic], low: float, high: float) -> tuple[int, ...]:
    extent = high - low
    if not extent or not math.isfinite(extent):
        return (len(values), *(0,) * (BINS - 1))
    places = ((values.astype(np.float64) - low) * (BINS / extent)).astype(np.int64).clip(0, BINS - 1)
    return tuple(np.bincount(places, minlength=BINS).tolist())
