"""Recorder of torch's optimisers on one loss surface from one start. Series (axes): see docs/trace.md."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import numpy as np

from engine.descent import ADAPTIVE, OPTIMISERS, Descent, descend, make
from engine.errors import InputError, nearest
from engine.naming import name_nodes
from engine.parameters import (
    Alpha,
    Beta1,
    Beta2,
    FirstRate,
    Momentum,
    Others,
    OwnSurface,
    Rates,
    Seed,
    Start,
    Steps,
    SurfaceName,
    Tolerance,
    WeightDecay,
)
from engine.progress import report
from engine.recording import Recording, recorder
from engine.series import Node, Series
from engine.surfaces import SURFACES, Surface, start_of, surface

if TYPE_CHECKING:
    from numpy.typing import NDArray

GRID = (161, 121)  # points along x and y
LEVELS = 14
DECADES = 1.5  # a surface that spans more than this many decades gets levels that grow by a factor
LEVEL_BOUNDS = (0.004, 0.97)  # quantiles of the surface between which the levels lie
PAD = 0.12  # room around what is shown, as a share of it
OWN_RATES = {"adagrad": 0.5, "rmsprop": 0.05, "adam": 0.1, "adamw": 0.1}
OWN_RATE = 0.01
PROFILE_POINTS = 241
BUMP_STEPS = 120
FLIPS_WITHIN = 20


@recorder
def record(
    *,
    seed: Seed = 0,
    surface: SurfaceName = "ravine",
    formula: OwnSurface = "",
    start: Start = {},  # noqa: B006 - never changed; a recorder's default is what is written down
    lr: FirstRate = None,
    momentum: Momentum = 0.7,
    others: Others = "adagrad,rmsprop,adam",
    rates: Rates = {},  # noqa: B006
    alpha: Alpha = 0.99,
    beta1: Beta1 = 0.9,
    beta2: Beta2 = 0.999,
    weight_decay: WeightDecay = 0.01,
    steps: Steps = 120,
    tolerance: Tolerance = 0.001,
) -> Recording:
    """Run SGD, SGD with momentum and ``others`` on one surface, each ``steps`` updates from the same start.

    All float64. Nothing here is random: ``seed`` is only written down. Raises InputError for a surface that cannot
    be read or has no gradient at the start, and for optimisers that are not known.
    """
    values = dict(locals())
    chosen = _surface(surface, formula)
    at = start_of(chosen, start)
    graph = _graph_series(chosen, at)
    names = ("sgd", "momentum", *_others(others))
    used = _rates(chosen, names, lr, rates)
    runs = {}
    for done, name in enumerate(names):
        report(done, len(names))
        runs[name] = descend(chosen, at, make(name, values, used[name]), steps)
    _check_start(runs["sgd"], at)
    report(len(names), len(names))
    floor = _floor(chosen, runs)
    series = {
        **graph[0],
        **_view_series(chosen, at, runs),
        "start": Series(at, ("axis",)),
        "optimisers": Series(names, ("optimiser",)),
        "momentum": Series(momentum),
        "tolerance": Series(tolerance),
        "steps": Series(steps),
        "floor": Series(
            floor, source="the smallest loss of the surface, or of these runs where that is not known"
        ),
    }
    flags = {}
    for name, run in runs.items():
        series |= _run_series(name, run, used[name], floor, tolerance)
        flags[f"{name}/diverged"] = run.diverged is not None
    series |= _velocity_series(runs["momentum"], momentum, used["momentum"])
    series |= _axis_series(series, runs, tolerance)
    within = min(FLIPS_WITHIN, len(runs["sgd"].losses) - 1)
    series["sgd/flips_within"] = Series(within, source="steps in which the sign changes are counted")
    series["sgd/flips"] = Series(
        _flips(runs["sgd"], within), source="sign changes of ∂f/∂y from step to step"
    )
    bump, escapes = _bump(values)
    return Recording(series | bump, graph[1], flags | escapes)


def _surface(name: str, formula: str) -> Surface:
    return surface(name, formula.strip())


def _others(text: str) -> tuple[str, ...]:
    names = tuple(dict.fromkeys(filter(None, (one.strip().lower() for one in text.split(",")))))
    extra = tuple(one for one in OPTIMISERS if one not in ("sgd", "momentum"))
    for name in names:
        if name not in OPTIMISERS:
            raise InputError(f"others names {name}, which is no optimiser here. {nearest(name, extra)}")
    return tuple(one for one in names if one in extra)


def _rates(
    chosen: Surface, names: tuple[str, ...], lr: float | None, rates: Mapping[str, float]
) -> dict[str, float]:
    """Every optimiser's learning rate: its own when given, else the shared or the surface's one."""
    named = SURFACES.get(chosen.name)
    first = lr if lr is not None else named.lr if named else OWN_RATE
    adaptive = named.adaptive if named else OWN_RATES
    used = {name: adaptive[name] if name in ADAPTIVE else first for name in names}
    for name, rate in rates.items():
        if name not in names:
            raise InputError(f"rates has a value for {name}, which does not run. {nearest(name, names)}")
        if not 0 < rate <= 1000:
            raise InputError(
                f"The learning rate of {name} is {rate:g}: give a number above 0 and at most 1000."
            )
        used[name] = rate
    return used


def _check_start(run: Descent, at: tuple[float, float]) -> None:
    if not run.losses:
        where = f"x = {at[0]:g}, y = {at[1]:g}"
        raise InputError(f"The surface has no finite gradient at {where}: choose another start.")


def _floor(chosen: Surface, runs: Mapping[str, Descent]) -> float:
    named = SURFACES.get(chosen.name)
    if named is not None and named.minimum is not None:
        return named.minimum
    return min(min(run.losses) for run in runs.values())


def _graph_series(chosen: Surface, at: tuple[float, float]) -> tuple[dict[str, Series], tuple[Node, ...]]:
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


def _view_series(chosen: Surface, at: tuple[float, float], runs: Mapping[str, Descent]) -> dict[str, Series]:
    """The surface on a grid that shows start and paths, with contour levels."""
    import torch

    (left, right), (low, high) = _view(chosen, at, runs)
    x = torch.linspace(left, right, GRID[0], dtype=torch.float64)
    y = torch.linspace(low, high, GRID[1], dtype=torch.float64)
    grid_y, grid_x = torch.meshgrid(y, x, indexing="ij")  # (y, x)
    z = chosen(grid_x, grid_y)  # (y, x)
    defined = torch.isfinite(z)
    levels = _levels(z[defined].numpy())
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
    named = SURFACES.get(chosen.name)
    points = [list(at)]
    if named is not None:
        points += [list(corner) for corner in zip(*named.view, strict=True)]
    else:
        for run in runs.values():
            points += run.positions if run.diverged is None else run.positions[:1]
    low, high = np.min(points, axis=0), np.max(points, axis=0)
    size = np.maximum(high - low, max(float((high - low).max()) / 4, 1e-3))
    pad = 0 if named is not None and bool(((low < at) & (high > at)).all()) else PAD
    middle, half = (low + high) / 2, size * (0.5 + pad)
    (left, bottom), (right, top) = middle - half, middle + half
    return (float(left), float(right)), (float(bottom), float(top))


def _levels(z: "NDArray[np.float64]") -> "NDArray[np.float64]":
    """Contour levels: they grow by a factor above the lowest point when the surface spans decades."""
    base = float(z.min())
    low, high = (float(one) for one in np.quantile(z - base, LEVEL_BOUNDS))
    if high <= 0:
        return np.array([base])
    if low > 0 and np.log10(high / low) <= DECADES:
        return base + np.linspace(low, high, LEVELS)
    return base + np.geomspace(max(low, high * 1e-6), high, LEVELS)


def _run_series(name: str, run: Descent, rate: float, floor: float, tolerance: float) -> dict[str, Series]:
    gap = np.array(run.losses) - floor
    reached = np.flatnonzero(gap < tolerance)
    series = {
        "position": Series(run.positions, ("step", "axis"), source="before each update"),
        "gradient": Series(run.gradients, ("step", "axis"), source="autograd at the position"),
        "loss": Series(run.losses, ("step",), source="f at the position"),
        "gap": Series(gap, ("step",), source="loss − floor"),
        "lr": Series(rate),
        "updates": Series(len(run.losses) - 1),
        "reached": Series(
            int(reached[0]) if len(reached) and run.diverged is None else -1,
            source="first step with gap below tolerance",
        ),
        "diverged_at": Series(-1 if run.diverged is None else run.diverged),
    }
    for state, rows in run.states.items():
        series[f"state/{state}"] = Series(
            rows, ("update", "axis"), source="torch's optimiser state after the update"
        )
    return {f"{name}/{key}": one for key, one in series.items()}


def _velocity_series(run: Descent, beta: float, rate: float) -> dict[str, Series]:
    """Each momentum update taken apart: β·v of the update before, plus the gradient, is the new velocity."""
    velocity = np.array(run.states["momentum_buffer"])
    carried = np.vstack([np.zeros(2), beta * velocity[:-1]])
    return {
        "momentum/velocity": Series(velocity, ("update", "axis"), source="momentum_buffer after the update"),
        "momentum/carried": Series(
            carried, ("update", "axis"), source="momentum · velocity of the update before"
        ),
        "momentum/move": Series(-rate * velocity, ("update", "axis"), source="−lr · velocity"),
    }


def _axis_series(
    series: Mapping[str, Series], runs: Mapping[str, Descent], tolerance: float
) -> dict[str, Series]:
    """Round numbers for the axes: of the map, of the race's steps, and its powers of ten."""
    x, y = (series[f"surface/{axis}"].values for axis in "xy")
    longest = max(len(run.losses) for run in runs.values()) - 1
    gaps = np.concatenate([series[f"{name}/gap"].values for name in ("sgd", "momentum")])
    high = int(np.ceil(np.log10(max(float(gaps.max()), tolerance * 10))))
    low = int(np.floor(np.log10(tolerance))) - 1
    stride = max(1, (high - low + 1) // 5)
    return {
        "step": Series(np.arange(longest + 1), ("step",)),
        "axis/x": Series(_round_numbers(float(x[0]), float(x[-1])), ("tick",)),
        "axis/y": Series(_round_numbers(float(y[0]), float(y[-1]), 4), ("tick",)),
        "axis/step": Series(_round_numbers(0, longest), ("tick",)),
        "axis/gap": Series(10.0 ** np.arange(high, low - 1, -stride), ("tick",)),
    }


def _round_numbers(low: float, high: float, count: int = 5) -> "NDArray[np.float64]":
    """About ``count`` multiples of 1, 2 or 5 times a power of ten between ``low`` and ``high``."""
    rough = (high - low) / count
    power = 10.0 ** np.floor(np.log10(rough))
    pitch = next(power * one for one in (1, 2, 5, 10) if power * one >= rough)
    ticks = np.arange(np.ceil(low / pitch - 1e-9), np.floor(high / pitch + 1e-9) + 1) * pitch
    rounded: NDArray[np.float64] = np.round(ticks, 12)
    return rounded


def _flips(run: Descent, within: int) -> int:
    slope = np.array(run.gradients)[: within + 1, 1]
    return int((slope[1:] * slope[:-1] < 0).sum())


def _bump(values: Mapping[str, Any]) -> tuple[dict[str, Series], dict[str, bool]]:
    """SGD and momentum along the valley of the surface `bump`, y = 0: who gets over the bump."""
    import torch

    named, chosen = SURFACES["bump"], surface("bump", "")
    (left, right), _ = named.view
    x = torch.linspace(left, right, PROFILE_POINTS, dtype=torch.float64)
    profile = chosen(x, torch.zeros_like(x))
    series = {
        "bump/x": Series(x, ("point",)),
        "bump/profile": Series(profile, ("point",), source="f(x, y) at y = 0"),
        "bump/lr": Series(named.lr),
    }
    flags = {}
    top = float(x[(x > -3) & (x < 0)][profile[(x > -3) & (x < 0)].argmax()])
    for name in ("sgd", "momentum"):
        run = descend(chosen, named.start, make(name, values, named.lr), BUMP_STEPS)
        series[f"bump/{name}/position"] = Series(run.positions, ("step", "axis"))
        series[f"bump/{name}/loss"] = Series(run.losses, ("step",))
        series[f"bump/{name}/end"] = Series(run.losses[-1], source="loss after the last update")
        flags[f"bump/{name}/escapes"] = run.positions[-1][0] > top
    series["bump/top"] = Series(top, source="where the profile is highest between the two minima")
    return series, flags
