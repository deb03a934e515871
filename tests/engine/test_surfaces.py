"""Surfaces, their maps and levels: if these failed, a map would be unreadable or a film would miss a minimum."""

from typing import Any

import numpy as np
import pytest

from engine.momentum.surfaces import SURFACES, surface
from engine.recorders import run
from engine.trace import Trace

HERE = {"x": 1.0, "y": 1.0}


def own(formula: str, **more: Any) -> Trace:
    return run("momentum", {"formula": formula, "start": HERE, "steps": 20, **more})


@pytest.mark.parametrize("name", SURFACES)
def test_known_minima_are_all_the_minima_that_a_fine_grid_has(name: str):
    """Compared with cells that are lower than their eight neighbours."""
    import torch

    named = SURFACES[name]
    (left, right), (low, high) = named.view
    x, y = np.linspace(left, right, 801), np.linspace(low, high, 801)
    grid = torch.meshgrid(torch.tensor(y), torch.tensor(x), indexing="ij")
    z = surface(name, "")(grid[1], grid[0]).numpy()  # (y, x)
    inner = z[1:-1, 1:-1]
    around = [z[1 + a : 800 + a, 1 + b : 800 + b] for a in (-1, 0, 1) for b in (-1, 0, 1) if (a, b) != (0, 0)]
    lowest = np.all([inner < one for one in around], axis=0)
    found = np.array([(x[j + 1], y[i + 1]) for i, j in np.argwhere(lowest)]).reshape(-1, 2)
    pitch = max(x[1] - x[0], y[1] - y[0])
    for place in named.minima:
        assert np.abs(found - place).max(axis=1).min() < 8 * pitch, place
        point = [torch.tensor(one, dtype=torch.float64) for one in place]
        assert float(surface(name, "")(*point)) == pytest.approx(named.minimum, abs=1e-15)
    deep = [
        place for place in found if named.minimum is not None and _value(name, place) < named.minimum + 0.05
    ]
    assert all(np.abs(np.array(named.minima) - place).max(axis=1).min() < 0.5 for place in deep)


def _value(name: str, place: np.ndarray) -> float:
    import torch

    return float(surface(name, "")(*(torch.tensor(float(one), dtype=torch.float64) for one in place)))


@pytest.mark.parametrize(
    "formula",
    [
        "x**2 + y**2",
        "x**2 - y**2",
        "relu(x) + relu(y)",
        "min(x**2 + y**2, 4)",
        "-exp(-x**2 - y**2)",
        "x**3 + y",
        "log(x) + y**2",
        "max(x, y)",
        "1e-300*x + y*1e-300",
        "1e300*(x + y)",
        "exp(20*x) + y**2",
    ],
)
def test_levels_rise_through_the_map(formula: str):
    """Strictly, between the lowest and the highest value shown, and never at a plateau's own height."""
    trace = own(formula)
    levels, z = trace["surface/levels"].values, trace["surface/z"].values[trace["surface/defined"].values]
    assert len(levels) >= 3
    assert (np.diff(levels) > 0).all()
    assert z.min() <= levels[0]
    assert levels[-1] < z.max()
    heights, counts = np.unique(z, return_counts=True)
    plateaus = heights[counts > 0.05 * len(z)]
    assert not np.isin(levels[1:], plateaus).any()


def test_a_constant_surface_has_no_levels():
    trace = own("0*x*y + 3")
    assert len(trace["surface/levels"].values) == 0
    assert np.ptp(trace["surface/x"].values) > 0.5


@pytest.mark.parametrize("formula", ["x**2 - y**2", "x**3 + y", "log(x) + y**2"])
def test_where_the_lowest_point_is_on_the_rim_levels_share_the_map_evenly(formula: str):
    """Else all lines would crowd in one corner."""
    trace = own(formula)
    z = trace["surface/z"].values[trace["surface/defined"].values]
    shares = [(z < level).mean() for level in trace["surface/levels"].values]
    assert np.diff(shares).max() < 0.12


def test_leaving_the_domain_is_no_divergence_far_away():
    """log(x) has no value beyond x = 0; the ravine at a large rate has, but the run is off."""
    left = own("log(x) + y**2", lr=0.5)
    assert (left.flags["sgd/diverged"], left.flags["sgd/undefined"]) == (True, True)
    assert left["sgd/diverged_at"].item() == 2
    gone = run("momentum", {"lr": 1.2})
    assert (gone.flags["sgd/diverged"], gone.flags["sgd/undefined"]) == (True, False)


def test_what_only_falls_is_said_to_fall():
    assert run("momentum", {"surface": "saddle"}).flags["falling"]
    assert own("x**3 + y").flags["falling"]
    settled = own("9*x**2 + y**2 - 5", lr=0.05, steps=200)
    assert (settled.flags["floor_known"], settled.flags["falling"]) == (False, False)
    ravine = run("momentum", {})
    assert (ravine.flags["floor_known"], ravine.flags["falling"]) == (True, False)


@pytest.mark.parametrize(
    "given",
    [
        {"start": {"x": 0, "y": 0}},
        {"start": {"x": 1e6, "y": -1e6}},
        {"start": {"x": 1e150}},
        {"lr": 1000, "rates": {"adam": 1000, "adagrad": 1000, "rmsprop": 1000}},
        {"lr": 1e-300},
        {"tolerance": 1e-300},
        {"tolerance": 1e6},
        {"momentum": 0.999, "alpha": 0, "beta1": 0, "beta2": 0},
        {"formula": "x**1000 + y**1000", "start": HERE},
        {"formula": "sqrt(x - 0.9) + y**2", "start": HERE},
    ],
)
def test_the_edges_of_the_ranges_run(given: dict[str, Any]):
    """With round numbers for every axis: two at least, and whole steps."""
    trace = run("momentum", {**given, "steps": 10})
    for axis in ("x", "y", "gap", "loss"):
        assert len(trace[f"axis/{axis}"].values) >= 2, axis
    steps = trace["axis/step"].values
    assert (steps == steps.astype(int)).all()


def test_sign_changes_are_counted_by_axis():
    """On 9·x² + y² at this rate x overshoots at every step and y never does."""
    trace = own("9*x**2 + y**2", lr=0.1)
    assert trace["sgd/flips"].values.tolist() == [20, 0]
    assert trace["sgd/flips_within"].item() == 20
