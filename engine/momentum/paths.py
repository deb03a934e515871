"""What the path of each further optimiser does on its way: sign changes, a way past the minimum, one beside another."""

from collections.abc import Mapping

import numpy as np

from engine.momentum.descent import Descent
from engine.momentum.descent_series import sign_changes
from engine.trace.series import Series

PAST = 1.1  # times the way to a minimum: further is beyond it
BESIDE = 0.01  # of the map's shorter side: paths so near to each other look like one


def overshoots(start: tuple[float, float], minima: np.ndarray, run: Descent) -> bool:
    """Whether a run goes past the minimum nearest to its end by more than a tenth of the way there."""
    if not len(minima):
        return False
    gone, whole, _ = _along(start, minima, run)
    return bool(gone.max() > PAST * whole)


def carried_past(start: tuple[float, float], minima: np.ndarray, run: Descent) -> bool:
    """Whether it does so, and there goes on although its gradient already points back."""
    if not overshoots(start, minima, run):
        return False
    gone, whole, way = _along(start, minima, run)
    uphill = np.array(run.gradients)[:-1] @ way > 0
    return bool(((gone[:-1] > whole) & (np.diff(gone) > 0) & uphill).any())


def turn_series(runs: Mapping[str, Descent], series: Mapping[str, Series]) -> dict[str, Series]:
    """How often the slope along each axis changes its sign until a run arrives, or in all of it."""
    turns = {}
    for name, run in runs.items():
        reached = series[f"{name}/reached"].values.item()
        slopes = np.array(run.gradients)[: reached + 1 if reached >= 0 else None]  # (step, axis)
        source = "sign changes of the slope until the run arrives"
        turns[f"{name}/turns"] = Series(sign_changes(slopes).sum(axis=0), ("axis",), source=source)
    return turns


def beside(one: Descent, other: Descent, series: Mapping[str, Series]) -> bool:
    """Whether two paths lie so near to each other, all along, that they look like one on the map."""
    paths = np.array(one.positions), np.array(other.positions)
    shorter = min(float(np.ptp(series[f"surface/{axis}"].values)) for axis in "xy")
    return max(_distance(*paths), _distance(*paths[::-1])) <= BESIDE * shorter


def _along(
    start: tuple[float, float], minima: np.ndarray, run: Descent
) -> tuple[np.ndarray, float, np.ndarray]:
    """How far a run has gone (step,) towards the minimum nearest to its end, in the unit of the whole; and the way."""
    places = np.array(run.positions)  # (step, axis)
    way = minima[np.argmin(np.linalg.norm(minima - places[-1], axis=1))] - start
    return (places - start) @ way, float(way @ way), way


def _distance(points: np.ndarray, path: np.ndarray) -> float:
    """How far the point (point, axis) that is furthest from a path (step, axis) is from it."""
    if len(path) < 2:
        path = np.repeat(path, 2, axis=0)
    ways = np.diff(path, axis=0)  # (piece, axis)
    squares = np.maximum((ways**2).sum(axis=1), 1e-300)
    from_start = points[:, None] - path[:-1]  # (point, piece, axis)
    share = np.clip((from_start * ways).sum(axis=2) / squares, 0, 1)
    apart = np.linalg.norm(from_start - share[..., None] * ways, axis=2)
    return float(apart.min(axis=1).max())
