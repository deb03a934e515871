"""Recorder of torch's optimisers on one loss surface from one start. Series (axes): see docs/trace.md."""

from collections.abc import Mapping
from typing import Any

import numpy as np

from engine.errors import InputError, nearest
from engine.momentum.bump import bump_series
from engine.momentum.curving import bouncing, curvature_series
from engine.momentum.descent import ADAPTIVE, OPTIMISERS, Descent, descend, make
from engine.momentum.descent_series import (
    always_flips,
    apart_series,
    falling,
    first_parts,
    flip_series,
    floor_of,
    meeting_series,
    pace_series,
    run_series,
    square_places,
    square_sums,
    velocity_series,
)
from engine.momentum.other_settings import is_kept, other_settings
from engine.momentum.parameters import (
    Alpha,
    Beta1,
    Beta2,
    FirstRate,
    Momentum,
    Others,
    OwnSurface,
    Rates,
    Smaller,
    Start,
    Steps,
    SurfaceName,
    Tolerance,
    WeightDecay,
)
from engine.momentum.paths import beside, carried_past, overshoots, turn_series
from engine.momentum.rates import HEAVY
from engine.momentum.surface_map import axis_series, graph_series, move_ticks, view_series
from engine.momentum.surfaces import SURFACES, Surface, start_of
from engine.momentum.surfaces import surface as read_surface
from engine.parameters import Seed
from engine.text.echo import echo
from engine.trace.progress import report
from engine.trace.recording import Recording, recorder
from engine.trace.series import Series

OWN_RATES = {"adagrad": 0.5, "rmsprop": 0.05, "adam": 0.1, "adamw": 0.1}
OWN_RATE = 0.01


@recorder("momentum")
def record(
    *,
    seed: Seed = 0,
    surface: SurfaceName = "ravine",
    formula: OwnSurface = "",
    start: Start = {},  # noqa: B006 - never changed; a recorder's default is what is written down
    lr: FirstRate = None,
    smaller: Smaller = 0.5,
    momentum: Momentum = 0.65,
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

    Plain SGD runs again at a smaller rate and at several others, and momentum with other β, where they may take more
    updates; of these, the plain run that arrives first and one that carries more are kept step by step.
    All float64. Nothing here is random: ``seed`` is only written down. Raises InputError for a surface that cannot
    be read or has no gradient at the start, and for optimisers that are not known.
    """
    values = dict(locals())
    chosen = read_surface(surface, formula.strip())
    at = start_of(chosen, start)
    graph, nodes = graph_series(chosen, at)
    names = ("sgd", "momentum", *_others(others))
    used = _rates(chosen, names, lr, rates)
    runs = _run(chosen, at, {name: make(name, values, used[name]) for name in names}, steps)
    floor, known = floor_of(chosen, runs)
    swept, extra = other_settings(chosen, at, values, used, (floor, tolerance))
    curved = curvature_series(chosen, at)
    bounce = bouncing(chosen, at, values, curved)
    further = {"heavy": extra["heavy"][1], **({"limit": bounce} if bounce.positions else {})}
    series = {
        **graph,
        **view_series(chosen, at, runs | further),
        "start": Series(at, ("axis",)),
        "optimisers": Series(names, ("optimiser",)),
        "momentum": Series(momentum),
        "momentum/limit": Series(
            1 / (1 - momentum), source="1 / (1 − momentum): velocity over a steady gradient"
        ),
        **{key: Series(values[key]) for key in ("alpha", "beta1", "beta2", "weight_decay")},
        "tolerance": Series(tolerance),
        "steps": Series(steps),
        "floor": Series(
            floor, source="the smallest loss of the surface, or of these runs where that is not known"
        ),
        **swept,
        **curved,
        "limit/position": Series(
            np.reshape(bounce.positions, (-1, 2)),
            ("step", "axis"),
            source="before each update, at curvature/limit",
        ),
    }
    flags = {"floor_known": known, "falling": not known and falling(runs, tolerance)}
    for name, (rate, run) in ({one: (used[one], runs[one]) for one in names} | extra).items():
        own = run_series(name, run, rate, floor, tolerance)
        series |= own if name not in extra else {key: one for key, one in own.items() if is_kept(key)}
        flags |= {f"{name}/diverged": run.diverged is not None, f"{name}/undefined": run.undefined}
    minima = series["surface/minima"].values
    flags["sgd/always_flips"] = always_flips(runs["sgd"])
    flags["heavy/usual"] = series["heavy/beta"].values.item() == HEAVY
    flags["heavy/overshoots"] = known and overshoots(at, minima, extra["heavy"][1])
    series |= velocity_series("momentum", runs["momentum"], momentum, used["momentum"])
    series |= apart_series(series, len(runs["momentum"].losses) - 1)
    series |= axis_series(series, runs, tolerance) | move_ticks(series)
    series |= flip_series({"sgd": runs["sgd"], "smaller": extra["smaller"][1], "momentum": runs["momentum"]})
    series |= meeting_series(series, len(runs["momentum"].losses) - 1)
    series |= turn_series(runs, series)
    flags |= {f"{one}/carried_past": known and carried_past(at, minima, run) for one, run in runs.items()}
    flags["rmsprop/beside"] = {"adagrad", "rmsprop"} <= set(names) and beside(
        runs["rmsprop"], runs["adagrad"], series
    )
    series |= {f"{one}/first": first_parts(one, runs[one], values) for one in names[2:]}
    if "rmsprop" in names:
        both = "adagrad" in names and "sum" in runs["adagrad"].states and any(runs["rmsprop"].gradients[0])
        within = min(len(runs["adagrad"].states["sum"]) if both else steps, _arrival(series, steps))
        series["rmsprop/shown"] = shown = square_places(runs["rmsprop"], within)
        series["rmsprop/sum"] = square_sums(runs["rmsprop"], shown)
        series |= pace_series(runs, used, shown) if both else {}
    valley, escapes = bump_series(values)
    return Recording(series | valley, nodes, flags | escapes)


def _run(
    chosen: Surface, at: tuple[float, float], optimisers: Mapping[str, Any], steps: int
) -> dict[str, Descent]:
    """Every optimiser's run from ``at``, in order. InputError when there is nothing to follow at the start."""
    runs = {}
    for done, (name, optimiser) in enumerate(optimisers.items()):
        report(done, len(optimisers))
        runs[name] = descend(chosen, at, optimiser, steps)
        if not runs[name].losses:
            where = f"x = {at[0]:g}, y = {at[1]:g}"
            raise InputError(f"The surface has no finite gradient at {where}: choose another start.")
    report(len(optimisers), len(optimisers))
    return runs


def _others(text: str) -> tuple[str, ...]:
    names = tuple(dict.fromkeys(filter(None, (one.strip().lower() for one in text.split(",")))))
    extra = tuple(one for one in OPTIMISERS if one not in ("sgd", "momentum"))
    for name in names:
        if name not in OPTIMISERS:
            raise InputError(f"others names {echo(name)}, which is no optimiser here. {nearest(name, extra)}")
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
            raise InputError(
                f"rates has a value for {echo(name)}, which does not run. {nearest(name, names)}"
            )
        if not 0 < rate <= 1000:
            raise InputError(
                f"The learning rate of {echo(name)} is {rate:g}: give a number above 0 and at most 1000."
            )
        used[name] = rate
    return used


def _arrival(series: Mapping[str, Series], otherwise: int) -> int:
    """The updates that RMSprop takes to arrive: what follows is as good as at rest."""
    reached = int(series["rmsprop/reached"].values)
    return reached if reached > 0 else otherwise
