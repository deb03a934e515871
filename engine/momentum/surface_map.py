"""The map of a loss surface: its formula, its values on a grid, contour levels, and round numbers for axes.

Series (axes): see docs/trace.md. Torch is imported inside functions only.
"""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import numpy as np

from engine.formula.naming import name_nodes
from engine.momentum.descent import Descent
from engine.momentum.descent_series import SHARES_SHOWN
from engine.momentum.surfaces import SURFACES, Named, Surface
from engine.trace.series import Node, Series

if TYPE_CHECKING:
    from numpy.typing import NDArray

GRID = (161, 121)  # points along x and y
LEVELS = 14
DECADES = 1.5  # a surface that spans more than this many decades gets levels that grow by a factor
LEVEL_BOUNDS = (0.004, 0.97)  # quantiles of the surface between which the levels lie
EVEN_SHARES = (0.03, 0.97)  # of the map's area below the lowest and the highest level
FLAT = 1e-6  # what differs by less than this share of the range is flat
PAD = 0.12  # room around what is shown, as a share of it
STILL = 2.0  # size of the map, in sizes of the start, where nothing moves
SMALLEST = 1e-100  # of a range that is shown; of what is smaller, float64 has no digits to write at an axis
RACING = ("plain", "momentum")  # whose losses are compared step by step
NEARBY = 2.0  # a run that diverges is followed for so many sizes of its start


def graph_series(chosen: Surface, at: tuple[float, float]) -> tuple[dict[str, Series], tuple[Node, ...]]:
    """The formula's operations, so that a scene can set it as mathematics."""
    graph = chosen.graph(at)
    labels = name_nodes(chosen.root, graph.terms, "")
    inputs = {target: sources for target, _, sources in graph.calls}
    nodes = tuple(
        Node(
            f"n{i}",
            labels[i],
            term.operation,
            tuple(f"n{source}" for source in inputs.get(i, ())),
            ((),) * len(inputs.get(i, ())),
        )
        for i, term in enumerate(graph.terms)
    )
    series = {
        "surface/name": Series(chosen.name or "own"),
        "surface/formula": Series(chosen.formula.text),
        "surface/node_value": Series(graph.values, ("node",), source="torch forward at the start"),
    }
    return series, nodes


def view_series(chosen: Surface, at: tuple[float, float], runs: Mapping[str, Descent]) -> dict[str, Series]:
    """The surface on a grid that shows start and paths, with contour levels."""
    import torch

    (left, right), (low, high) = _view(chosen, at, runs)
    x = torch.linspace(left, right, GRID[0], dtype=torch.float64)
    y = torch.linspace(low, high, GRID[1], dtype=torch.float64)
    grid_y, grid_x = torch.meshgrid(y, x, indexing="ij")  # (y, x)
    z = chosen(grid_x, grid_y)  # (y, x)
    defined = torch.isfinite(z)
    levels = _levels(np.ma.masked_array(z.numpy(), ~defined.numpy()))
    named = SURFACES.get(chosen.name)
    minima = np.array(named.minima if named else (), dtype=np.float64).reshape(-1, 2)
    return {
        "surface/x": Series(x, ("x",)),
        "surface/y": Series(y, ("y",)),
        "surface/z": Series(torch.where(defined, z, 0.0), ("y", "x"), source="f(x, y)"),
        "surface/defined": Series(defined, ("y", "x")),
        "surface/levels": Series(levels, ("level",)),
        "surface/minima": Series(minima, ("minimum", "axis"), source="known minima of the surface"),
    }


def _view(
    chosen: Surface, at: tuple[float, float], runs: Mapping[str, Descent]
) -> tuple[tuple[float, float], tuple[float, float]]:
    """x and y range that hold the start, and a named surface's own view or else the paths."""
    named = SURFACES.get(chosen.name)
    points = [list(at)]
    if named is not None:
        points += [list(corner) for corner in zip(*named.view, strict=True)]
        points += _overhanging(named, runs)
    else:
        for run in runs.values():
            points += run.positions if run.diverged is None else _before_leaving(run)
    low, high = np.min(points, axis=0), np.max(points, axis=0)
    extent = float((high - low).max())
    if extent < SMALLEST:
        extent = STILL * max(1.0, *(abs(one) for one in at))
    size = np.maximum(high - low, extent / 4)
    pad = 0 if named is not None and bool(((low < at) & (high > at)).all()) else PAD
    middle, half = (low + high) / 2, size * (0.5 + pad)
    (left, bottom), (right, top) = middle - half, middle + half
    return (float(left), float(right)), (float(bottom), float(top))


def _overhanging(named: Named, runs: Mapping[str, Descent]) -> list[list[float]]:
    """The positions of runs that end well and leave a named surface's own view by less than its size."""
    low, high = np.array(named.view).T
    room = (high - low) / 2
    points = []
    for run in runs.values():
        places = np.array(run.positions)
        if run.diverged is None and ((places >= low - room) & (places <= high + room)).all():
            points += run.positions
    return points


def _before_leaving(run: Descent) -> list[list[float]]:
    """The first positions of a run that diverges: as long as it stays about where it started."""
    start = np.array(run.positions[0])
    reach = NEARBY * max(1.0, float(np.abs(start).max()))
    away = np.flatnonzero(np.abs(np.array(run.positions) - start).max(axis=1) > reach)
    return run.positions[: int(away[0])] if len(away) else run.positions


def _levels(z: "np.ma.MaskedArray[Any, np.dtype[np.float64]]") -> "NDArray[np.float64]":
    """Contour levels above the lowest point: they grow by a factor when the surface spans decades.

    z: (y, x), masked where it is not defined. None where all values are the same. Where the lowest point is on the
    rim of the map, or of what is defined, the surface goes on falling: equal shares of the map lie between the levels.
    """
    values = z.compressed()  # (value,)
    if len(values) == 0 or values.min() == values.max():
        return np.empty(0)
    base = float(values.min())
    row, column = np.unravel_index(int(z.argmin()), z.shape)
    around = z[max(row - 1, 0) : row + 2, max(column - 1, 0) : column + 2]
    if around.count() < 9:
        return np.unique(np.quantile(values, np.linspace(*EVEN_SHARES, LEVELS)))
    above = values - base
    low, high = (float(one) for one in np.quantile(above, LEVEL_BOUNDS))
    if low <= high * FLAT:  # a flat bottom: the levels lie on what rises from it
        rising = above[above > above.max() * FLAT]
        return base + np.unique(np.quantile(rising, np.linspace(*EVEN_SHARES, LEVELS)))
    flat_top = np.mean(above >= high * (1 - FLAT)) > 2 * (1 - LEVEL_BOUNDS[1])
    count = LEVELS + 1 if flat_top else LEVELS  # a level as high as a plateau would be a scribble on it
    spaced = np.linspace if low > 0 and np.log10(high / low) <= DECADES else np.geomspace
    return base + spaced(max(low, high * FLAT), high, count)[:LEVELS]


def axis_series(
    series: Mapping[str, Series], runs: Mapping[str, Descent], tolerance: float
) -> dict[str, Series]:
    """Round numbers for the axes: of the map, of the steps and losses of what is compared, and its powers of ten."""
    x, y = (series[f"surface/{axis}"].values for axis in "xy")
    longest = max(1, len(series["plain/loss"]) - 1, *(len(run.losses) - 1 for run in runs.values()))
    losses = np.concatenate([series[f"{name}/loss"].values for name in RACING])
    shown = series["surface/z"].values[series["surface/defined"].values]
    gaps = np.concatenate([series[f"{name}/gap"].values for name in RACING])
    high = int(np.ceil(np.log10(max(float(gaps.max()), tolerance * 10))))
    low = int(np.floor(np.log10(tolerance))) - 1
    stride = max(1, (high - low + 1) // 5)
    return {
        "step": Series(np.arange(longest + 1), ("step",)),
        "axis/x": Series(round_numbers(float(x[0]), float(x[-1])), ("tick",)),
        "axis/y": Series(round_numbers(float(y[0]), float(y[-1]), 4), ("tick",)),
        "axis/step": Series(round_numbers(0, longest, min(5, longest)), ("tick",)),
        "axis/loss": Series(
            _loss_ticks(losses, shown), ("tick",), source="losses as far as the map shows them"
        ),
        "axis/gap": Series(10.0 ** np.arange(high, low - 1, -stride), ("tick",)),
    }


def move_ticks(series: Mapping[str, Series]) -> dict[str, Series]:
    """Round numbers around what makes up momentum's first steps, along each axis; 0 is among them."""
    parts = [
        series[f"momentum/{key}"].values[:SHARES_SHOWN] for key in ("downhill", "kept", "move")
    ]  # (update, axis)
    ticks = {}
    for axis, name in enumerate("xy"):
        low, high = (float(end([0.0, *(end(part[:, axis]) for part in parts)])) for end in (min, max))
        size = high - low if high - low >= SMALLEST else 1.0
        ticks[f"axis/move_{name}"] = Series(round_numbers(low, low + size), ("tick",))
    return ticks


def _loss_ticks(losses: "NDArray[np.float64]", shown: "NDArray[np.float64]") -> "NDArray[np.float64]":
    """Round numbers around these losses, no further down than the map goes."""
    top = float(losses.max())
    bottom = min(max(float(losses.min()), float(shown.min(initial=top))), top)
    size = top - bottom if top - bottom >= SMALLEST else max(1.0, abs(top))
    return round_numbers(bottom - size / 10, top + size / 10)


def round_numbers(low: float, high: float, count: int = 5) -> "NDArray[np.float64]":
    """About ``count`` multiples of 1, 2 or 5 times a power of ten between ``low`` and ``high``."""
    rough = (high - low) / count
    power = 10.0 ** np.floor(np.log10(rough))
    pitch = next(power * one for one in (1, 2, 5, 10) if power * one >= rough)
    ticks = np.arange(np.ceil(low / pitch - 1e-9), np.floor(high / pitch + 1e-9) + 1) * pitch
    rounded: NDArray[np.float64] = np.round(ticks, int(-np.floor(np.log10(power)))) + 0.0  # no −0
    return rounded
