"""What is said of every tensor, kept whole or not. Loads no torch."""

from collections.abc import Callable
from dataclasses import dataclass

BINS = 32


@dataclass(frozen=True)
class Summary:
    """Of the finite numbers of a tensor. zeros is a share; nonfinite counts NaN and infinities, nan NaN alone.

    histogram: counts in BINS equal bins from low to high, of ``sampled`` evenly spread numbers.
    """

    low: float = 0.0
    high: float = 0.0
    mean: float = 0.0
    std: float = 0.0
    norm: float = 0.0
    zeros: float = 0.0
    nonfinite: int = 0
    nan: int = 0
    sampled: int = 0
    histogram: tuple[int, ...] = (0,) * BINS


EMPTY = Summary()
STATISTICS: dict[str, Callable[[Summary], float]] = {
    "min": lambda one: one.low,
    "max": lambda one: one.high,
    "mean": lambda one: one.mean,
    "std": lambda one: one.std,
    "norm": lambda one: one.norm,
    "zeros": lambda one: one.zeros,
}
COUNTS: dict[str, Callable[[Summary], int]] = {
    "nonfinite": lambda one: one.nonfinite,
    "nan": lambda one: one.nan,
    "sampled": lambda one: one.sampled,
}
