"""The momentum recorder: every optimiser's path computed again in NumPy, and what may go wrong."""

import warnings
from typing import Any

import numpy as np
import pytest

from engine import declared
from engine.errors import InputError
from engine.momentum.descent import Descent
from engine.momentum.descent_series import openness, sign_changes, stays_below
from engine.momentum.paths import beside
from engine.recorders import run
from engine.trace import Series, Trace


def gradient(p: np.ndarray) -> np.ndarray:
    """Of the ravine, by hand."""
    return np.array([0.04 * p[0], 2 * p[1]])


def path(name: str, trace: Trace, steps: int) -> np.ndarray:
    """The update rules of torch's documentation, in NumPy."""
    lr, beta = trace[f"{name}/lr"].item(), trace["momentum"].item()
    values = trace.params["resolved"]
    p, v, m, s = np.array(trace["start"].values), np.zeros(2), np.zeros(2), np.zeros(2)
    out = [p]
    for k in range(1, steps + 1):
        g = gradient(p)
        if name == "adamw":
            p = p - lr * values["weight_decay"] * p
        if name in ("momentum", "nesterov"):
            v = beta * v + g
            move = g + beta * v if name == "nesterov" else v
        elif name == "adagrad":
            s = s + g**2
            move = g / (np.sqrt(s) + 1e-10)
        elif name == "rmsprop":
            s = values["alpha"] * s + (1 - values["alpha"]) * g**2
            move = g / (np.sqrt(s) + 1e-8)
        elif name in ("adam", "adamw"):
            b1, b2 = values["beta1"], values["beta2"]
            m, s = b1 * m + (1 - b1) * g, b2 * s + (1 - b2) * g**2
            move = m / (1 - b1**k) / (np.sqrt(s / (1 - b2**k)) + 1e-8)
        else:
            move = g
        p = p - lr * move
        out.append(p)
    return np.array(out)


@pytest.fixture(scope="module")
def trace() -> Trace:
    """Every optimiser there is, at a rate at which none diverges."""
    given = {"others": "nesterov,adagrad,rmsprop,adam,adamw", "rates": {"nesterov": 0.3}}
    return run("momentum", given)


@pytest.mark.parametrize("name", ["sgd", "momentum", "nesterov", "adagrad", "rmsprop", "adam", "adamw"])
def test_numpy_walks_the_same_path(trace: Trace, name: str):
    expected = path(name, trace, 120)
    np.testing.assert_allclose(trace[f"{name}/position"].values, expected, rtol=1e-9, atol=1e-12)
    loss = 0.02 * expected[:, 0] ** 2 + expected[:, 1] ** 2
    np.testing.assert_allclose(trace[f"{name}/loss"].values, loss, rtol=1e-8, atol=1e-15)
    slopes = np.array([gradient(p) for p in expected])
    np.testing.assert_allclose(trace[f"{name}/gradient"].values, slopes, rtol=1e-8, atol=1e-12)
    assert trace[f"{name}/reached"].item() == next(k for k in range(121) if (loss[k:] < 1e-3).all())


def test_a_velocity_is_what_is_carried_plus_the_gradient(trace: Trace):
    velocity, slopes = trace["momentum/state/momentum_buffer"].values, trace["momentum/gradient"].values
    carried = np.vstack([np.zeros(2), trace["momentum"].item() * velocity[:-1]])
    np.testing.assert_allclose(velocity, carried + slopes[:-1], rtol=1e-12, atol=1e-15)
    np.testing.assert_allclose(trace["momentum/kept"].values, -0.98 * carried, rtol=1e-12, atol=1e-15)
    moves = np.diff(trace["momentum/position"].values, axis=0)
    np.testing.assert_allclose(trace["momentum/move"].values, moves, rtol=1e-7, atol=1e-12)
    downhill, kept = trace["momentum/downhill"].values, trace["momentum/kept"].values
    np.testing.assert_allclose(downhill + kept, moves, rtol=1e-7, atol=1e-12)
    by_hand = np.array([-0.98 * gradient(p) for p in trace["momentum/position"].values[:-1]])
    np.testing.assert_allclose(downhill, by_hand, rtol=1e-8, atol=1e-12)


def test_openness_is_that_of_the_angle():
    first = np.array([[1.0, 0.0], [1.0, 0.0], [0.0, 0.0], [2.0, 0.0]])
    second = np.array([[0.0, 1.0], [-3.0, 0.0], [1.0, 1.0], [0.0, 1.0]])
    assert openness(first, second).tolist() == [1.0, 0.0, 0.0, 0.5]


def test_what_is_taken_apart_agrees_along_one_axis_only(trace: Trace):
    k = trace["momentum/apart"].item()
    along_x, along_y = (trace["momentum/downhill"].values * trace["momentum/kept"].values)[k]
    assert along_y < 0 < along_x


def test_a_run_has_arrived_when_it_stays(trace: Trace):
    """Adam touches the tolerance nine steps before it stays below it."""
    touched = int(np.flatnonzero(trace["adam/gap"].values < 1e-3)[0])
    assert (touched, trace["adam/reached"].item()) == (62, 71)
    gap = np.array([1.0, 0.0, 1.0, 0.0])
    assert [stays_below(one, 0.5) for one in (gap, gap[:3], gap[1:2], gap[:0])] == [3, -1, 0, -1]


def test_the_bump_is_climbed_against_the_gradient(trace: Trace):
    """Of the valley's slope by hand, in the update that the film shows."""
    k = trace["bump/uphill"].item()
    x = trace["bump/momentum/position"].values[k, 0]
    slope = 0.1 * x - 1.4 * (x + 2) * np.exp(-2 * (x + 2) ** 2)
    downhill, kept = trace["bump/downhill"].item(), trace["bump/kept"].item()
    move = trace["bump/momentum/position"].values[k + 1, 0] - x
    assert downhill == pytest.approx(-trace["bump/lr"].item() * slope, rel=1e-6)
    assert downhill < 0 < move == pytest.approx(downhill + kept)


@pytest.mark.parametrize("given", [{}, {"lr": 1.3, "smaller": 0.3}, {"tolerance": 0.1, "steps": 20}])
def test_other_rates_take_as_many_steps_as_in_closed_form(given: dict[str, Any]):
    """In the ravine each axis shrinks by a factor of its own: x_k = (1 − 0.04 η)^k x_0, y_k = (1 − 2 η)^k y_0."""
    trace = run("momentum", given)
    rates, reached = trace["rates/lr"].values, trace["rates/reached"].values
    k = np.arange(trace["rates/updates"].item() + 1)
    for rate, found in zip(rates, reached, strict=True):
        with np.errstate(over="ignore"):
            loss = 0.02 * ((1 - 0.04 * rate) ** k * -7) ** 2 + ((1 - 2 * rate) ** k * 1.8) ** 2
        far = np.flatnonzero(loss >= trace["tolerance"].item())[-1] + 1
        assert found == (far if far <= k[-1] else -1), rate
    smaller = trace["smaller/lr"].item()
    assert smaller == trace["sgd/lr"].item() * trace.params["resolved"]["smaller"]
    assert trace["smaller/reached"].item() == reached[rates.tolist().index(smaller)]
    best = trace["rates/best"].item()
    assert reached[best] == min(one for one in reached if one >= 0)


def damped(beta: float, rate: float, steps: int) -> np.ndarray:
    """Momentum in the ravine as a recurrence of places alone: x_k+1 = x_k − η ∇f + β (x_k − x_k−1); losses (step,)."""
    before = here = np.array([-7.0, 1.8])
    losses = []
    for _ in range(steps + 1):
        losses.append(0.02 * here[0] ** 2 + here[1] ** 2)
        before, here = here, here - rate * gradient(here) + beta * (here - before)
    return np.array(losses)


@pytest.mark.parametrize("given", [{}, {"momentum": 0.93, "lr": 0.6}])
def test_other_betas_take_as_many_steps_as_the_recurrence(given: dict[str, Any]):
    trace = run("momentum", {"others": "", **given})
    betas, rate = trace["betas/beta"].values, trace["momentum/lr"].item()
    assert betas[0] == 0
    assert trace["momentum"].item() in betas.tolist()
    for beta, found in zip(betas, trace["betas/reached"].values, strict=True):
        losses = damped(beta, rate, trace["rates/updates"].item())
        after = int(np.flatnonzero(losses >= 1e-3)[-1]) + 1
        assert found == (after if after < len(losses) else -1), beta
    heavy = trace["heavy/beta"].item()
    assert heavy > trace["momentum"].item()
    np.testing.assert_allclose(
        trace["heavy/loss"].values, damped(heavy, rate, trace["heavy/updates"].item()), rtol=1e-6, atol=1e-12
    )


def test_the_fastest_plain_run_is_that_of_the_best_rate(trace: Trace):
    rate = trace["rates/lr"].values[trace["rates/best"].item()]
    k = np.arange(trace["plain/updates"].item() + 1)
    x, y = (1 - 0.04 * rate) ** k * -7, (1 - 2 * rate) ** k * 1.8
    np.testing.assert_allclose(
        trace["plain/position"].values, np.stack([x, y], axis=1), rtol=1e-7, atol=1e-12
    )
    assert trace["plain/reached"].item() == trace["rates/reached"].values.min(
        where=trace["rates/reached"].values >= 0, initial=9999
    )


def test_overshooting_is_going_past_the_minimum(trace: Trace):
    """With β = 0.9 the way along (7, −1.8) goes on beyond the origin; with the film's own it does not."""
    assert trace.flags["heavy/overshoots"]
    assert trace.flags["heavy/usual"]
    way = np.array([7.0, -1.8])
    furthest = {
        name: (trace[f"{name}/position"].values @ way).max() / (way @ way) for name in ("heavy", "momentum")
    }
    assert furthest["heavy"] > 0.1 > furthest["momentum"]


def test_both_shares_agree_or_are_opposed_where_it_is_said(trace: Trace):
    for name, sign in (("agree", 1), ("oppose", -1)):
        update, axis = trace[f"momentum/{name}"].values
        parts = [trace[f"momentum/{key}"].values[update, axis] for key in ("downhill", "kept")]
        assert np.sign(parts[0] * parts[1]) == sign
        assert round(parts[0], 2) + round(parts[1], 2) == pytest.approx(round(sum(parts), 2))
    still = run("momentum", {"formula": "0*x*y", "start": {"x": 1, "y": 1}, "others": ""})
    assert still["momentum/agree"].values.tolist() == still["momentum/oppose"].values.tolist() == [-1, -1]


def test_where_one_update_shows_both_it_is_taken_for_both(trace: Trace):
    (agree, along), (oppose, across) = (trace[f"momentum/{one}"].values for one in ("agree", "oppose"))
    assert agree == oppose == 5
    assert (along, across) == (0, 1)


def test_paths_are_told_by_their_own_slopes(trace: Trace):
    """By the slopes in NumPy of the paths that were walked, as far as the arrival."""
    for name in ("sgd", "adagrad", "rmsprop", "adam"):
        reached = trace[f"{name}/reached"].item()
        places = trace[f"{name}/position"].values[: reached + 1 if reached >= 0 else None]
        signs = np.sign(np.array([gradient(p) for p in places]))
        assert trace[f"{name}/turns"].values.tolist() == (np.diff(signs, axis=0) != 0).sum(axis=0).tolist()
    assert {one: trace.flags[f"{one}/carried_past"] for one in ("sgd", "adagrad", "adam")} == {
        "sgd": False,
        "adagrad": False,
        "adam": True,
    }
    assert trace.flags["rmsprop/beside"]
    apart = trace["rmsprop/position"].values[:, None] - trace["adagrad/position"].values
    assert np.linalg.norm(apart, axis=2).min(axis=1).max() < 0.1
    assert not run("momentum", {"surface": "rosenbrock"}).flags["rmsprop/beside"]
    assert not run("momentum", {"others": "rmsprop"}).flags["rmsprop/beside"]


def test_a_path_beside_another_is_near_its_lines_not_its_places():
    """Nearer than a hundredth of the shorter side, here 0.01, both ways."""
    series = {"surface/x": Series([0.0, 1.0], ("x",)), "surface/y": Series([0.0, 2.0], ("y",))}
    long, short = Descent([[0.0, 0.0], [1.0, 0.0]]), Descent([[0.0, 0.0], [0.5, 0.009], [1.0, 0.0]])
    assert beside(long, short, series)
    assert not beside(long, Descent([[0.0, 0.0], [0.5, 0.011], [1.0, 0.0]]), series)
    assert not beside(long, Descent([[0.0, 0.0], [0.5, 0.0]]), series)


def test_first_steps_are_made_of_what_the_rules_say(trace: Trace):
    """By hand, from the gradient at the start."""
    values, g = trace.params["resolved"], np.array([-0.28, 3.6])
    v, s = g, g**2
    lr = {name: trace[f"{name}/lr"].item() for name in ("nesterov", "adagrad", "rmsprop", "adam", "adamw")}
    root, decay = np.abs(g), values["weight_decay"] * np.array([-7.0, 1.8])
    mean = np.sqrt((1 - values["alpha"]) * s)
    expected = {
        "nesterov": [g, values["momentum"] * v, -lr["nesterov"] * (g + values["momentum"] * v)],
        "adagrad": [g, root, -lr["adagrad"] * np.sign(g)],
        "rmsprop": [g, mean, -lr["rmsprop"] * g / mean],
        "adam": [(1 - values["beta1"]) * g, (1 - values["beta2"]) * s, g, s, -lr["adam"] * np.sign(g)],
        "adamw": [g, root, decay, -lr["adamw"] * (np.sign(g) + decay)],
    }
    for name, parts in expected.items():
        np.testing.assert_allclose(trace[f"{name}/first"].values, parts, rtol=1e-6, err_msg=name)


def test_a_first_step_off_the_surface_has_no_parts():
    trace = run(
        "momentum", {"formula": "log(x) + y**2", "start": {"x": 1, "y": 1}, "rates": {"adagrad": 5.0}}
    )
    assert trace["adagrad/first"].values.shape == (0, 2)


def test_the_squares_that_are_shown_rise_and_fall(trace: Trace):
    first, high, last = trace["rmsprop/shown"].values
    squares = trace["rmsprop/state/square_avg"].values[:, 1]
    assert (first, last) == (0, trace["rmsprop/reached"].item() - 1)
    assert trace["rmsprop/loss"].values[last + 1] < trace["tolerance"].item()
    assert squares[high] == squares.max() > squares[last]
    slopes = np.array([gradient(p) for p in trace["rmsprop/position"].values])
    sums = [(slopes[: k + 1] ** 2).sum(axis=0) for k in (first, high, last)]
    np.testing.assert_allclose(trace["rmsprop/sum"].values, sums, rtol=1e-6)


def test_a_steady_gradient_adds_up_to_the_limit(trace: Trace):
    v = 0.0
    for _ in range(200):
        v = trace["momentum"].item() * v + 1
    assert v == pytest.approx(trace["momentum/limit"].item())


def test_too_little_momentum_stays_before_the_bump(trace: Trace):
    """As runs of their own."""
    beta = trace["bump/too_little"].item()
    assert beta < trace["momentum"].item()
    other = run("momentum", {"momentum": beta, "others": ""})
    assert not other.flags["bump/momentum/escapes"]
    np.testing.assert_array_equal(other["bump/momentum/position"].values, trace["bump/less/position"].values)
    assert trace["bump/less/position"].values[:, 0].max() < trace["bump/top"].item()
    none = run("momentum", {"momentum": 0.2, "others": ""})
    assert none["bump/too_little"].item() == -1
    assert none["bump/less/position"].values.tolist() == [[-6.0, 0.0]]


def test_a_rate_whose_run_leaves_never_arrives():
    trace = run("momentum", {"surface": "rosenbrock", "lr": 10.0, "steps": 20})
    assert (trace["rates/reached"].values == -1).all()
    assert trace["rates/best"].item() == -1


def test_the_default_shows_what_the_film_says(trace: Trace):
    parts = np.array(
        [trace[f"momentum/{key}"].values[1:12] for key in ("downhill", "kept")]
    )  # (part, step, axis)
    agree = (parts[0] * parts[1] > 0).mean(axis=0)
    assert agree[0] == 1  # what is carried piles up along x
    assert agree[1] < 0.5  # and mostly cancels along y
    assert not trace["smaller/flips"].values.any()
    assert trace["smaller/reached"].item() > trace["sgd/reached"].item()
    assert trace["momentum/reached"].item() < trace["rates/reached"].values[trace["rates/best"].item()]
    assert trace["sgd/flips"].values.tolist() == [0, 20]
    assert trace["momentum/reached"].item() < trace["sgd/reached"].item()
    assert not trace.flags["bump/sgd/escapes"]
    assert trace.flags["bump/momentum/escapes"]


def test_the_surface_is_evaluated_on_the_grid(trace: Trace):
    x, y = np.meshgrid(trace["surface/x"].values, trace["surface/y"].values)
    np.testing.assert_allclose(trace["surface/z"].values, 0.02 * x**2 + y**2, rtol=1e-12)


def test_divergence_is_recorded_with_its_step():
    trace = run("momentum", {"others": "nesterov"})
    assert trace.flags["nesterov/diverged"]
    assert trace["nesterov/diverged_at"].item() == len(trace["nesterov/loss"].values)
    assert trace["nesterov/reached"].item() == -1
    assert np.abs(trace["nesterov/position"].values).max() <= 7000


@pytest.mark.parametrize("name", ["rosenbrock", "beale", "himmelblau", "saddle", "bump"])
def test_every_surface_runs(name: str):
    trace = run("momentum", {"surface": name})
    assert len(trace["surface/levels"].values) > 3
    assert (np.diff(trace["surface/levels"].values) > 0).all()


def test_a_formula_with_holes_is_masked():
    trace = run("momentum", {"formula": "log(x) + y**2", "start": {"x": 1, "y": 1}, "lr": 0.001})
    assert trace["surface/name"].item() == "own"


@pytest.mark.parametrize(
    ("formula", "start"),
    [
        ("1e-320*x + y*0", {"x": 0, "y": 0}),
        ("1e-320*x + y*0", {"x": 1e-320, "y": 5e-324}),
        ("x**2 + y**2", {"x": 1e-320, "y": 5e-324}),
    ],
)
def test_a_surface_whose_numbers_hardly_differ_is_drawn_as_flat(formula: str, start: dict[str, float]):
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        trace = run("momentum", {"formula": formula, "start": start, "steps": 10})
    declared.check(trace, "the trace")


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({"tolerance": 5e-324}, "tolerance is 5e-324: give a number at least 1e-300"),
        ({"formula": "y**2", "start": {"x": 1, "y": 1}}, "has no x"),
        ({"formula": "x**2", "start": {"x": 1, "y": 1}}, "has no y"),
        ({"formula": "x*y + z", "start": {"x": 1, "y": 1}}, "there is no z"),
        ({"formula": "x*y"}, "needs a start"),
        ({"formula": "x*", "start": {"x": 1, "y": 1}}, "cannot be read"),
        ({"formula": "x @ y", "start": {"x": 1, "y": 1}}, "is not allowed"),
        ({"formula": "x.y", "start": {"x": 1, "y": 1}}, r"write \* for a product"),
        ({"formula": "log(x) + y", "start": {"x": -1, "y": 1}}, "choose another start"),
        ({"formula": "sqrt(x) + y", "start": {"x": 0, "y": 1}}, "no finite gradient at x = 0, y = 1"),
        ({"start": {"z": 1}}, "start has a value for z"),
        ({"start": {"x": float("nan")}}, "start is"),
        ({"surface": "ravin"}, "give one of ravine"),
        ({"lr": 0}, "lr is 0"),
        ({"lr": "fast"}, "lr is fast: give a number"),
        ({"momentum": 1}, "momentum is 1"),
        ({"others": "adm"}, "Did you mean adam"),
        ({"rates": {"adamw": 1}}, "which does not run"),
        ({"rates": {"adam": -1}}, "learning rate of adam is -1"),
        ({"alpha": 1}, "alpha is 1"),
        ({"beta1": 1}, "beta1 is 1"),
        ({"beta1": "much"}, "beta1 is much"),
        ({"others": 3}, "others is 3: give text"),
        ({"others": "adam;adamw"}, "Did you mean adamw"),
        ({"rates": "fast"}, "rates is fast: give names with numbers"),
        ({"rates": {"adam": float("nan")}}, "rates is"),
        ({"rates": {"adam": 1001}}, "at most 1000"),
        ({"formula": 3}, "formula is 3: give text"),
        ({"formula": "3"}, "no x and no y"),
        ({"formula": "1/(x-1) + y", "start": {"x": 1, "y": 1}}, "Division by zero"),
        ({"formula": "exp(exp(x*100)) + y", "start": {"x": 1, "y": 1}}, "overflows"),
        ({"start": {"x": 1e300}}, "overflows.*choose another start"),
        ({"start": 3}, "start is 3: give names with numbers"),
        ({"momentum": 0}, "momentum is 0"),
        ({"alpha": "a"}, "alpha is a"),
        ({"weight_decay": 11}, "weight_decay is 11"),
        ({"steps": 2001}, "steps is 2001"),
        ({"tolerance": float("inf")}, "tolerance is inf"),
        ({"lr": 1001}, "lr is 1001"),
        ({"beta2": -0.1}, "beta2 is -0.1"),
        ({"weight_decay": -1}, "weight_decay is -1"),
        ({"steps": 5}, "steps is 5"),
        ({"tolerance": 0}, "tolerance is 0"),
        ({"seed": -1}, "seed is -1"),
    ],
)
def test_bad_input_is_one_sentence(given: dict[str, Any], sentence: str):
    with pytest.raises(InputError, match=sentence):
        run("momentum", given)


def test_the_paces_are_those_of_both_own_paths(trace: Trace):
    """The rate over the root of s, from the slopes of paths walked in NumPy."""
    alpha, shown = trace.params["resolved"]["alpha"], trace["rmsprop/shown"].values
    slopes = {one: np.array([gradient(p) for p in path(one, trace, 120)]) for one in ("adagrad", "rmsprop")}
    for i, k in enumerate(shown):
        whole = (slopes["adagrad"][: k + 1] ** 2).sum(axis=0)
        shares = (1 - alpha) * alpha ** np.arange(k, -1, -1.0)
        mean = shares @ slopes["rmsprop"][: k + 1] ** 2
        for name, s in (("adagrad", whole), ("rmsprop", mean)):
            expected = trace[f"{name}/lr"].item() / np.sqrt(s)
            np.testing.assert_allclose(trace[f"{name}/pace"].values[i], expected, rtol=1e-6)
    for others in ("rmsprop", "adagrad"):
        alone = run("momentum", {"others": others})
        assert "rmsprop/pace" not in alone.series
        assert "adagrad/pace" not in alone.series


def test_the_curvature_is_that_of_finite_differences(trace: Trace):
    h, f = 1e-3, lambda x, y: 0.02 * x**2 + y**2
    along_x = (f(-7 + h, 1.8) - 2 * f(-7, 1.8) + f(-7 - h, 1.8)) / h**2
    along_y = (f(-7, 1.8 + h) - 2 * f(-7, 1.8) + f(-7, 1.8 - h)) / h**2
    assert trace["curvature/ratio"].item() == pytest.approx(along_y / along_x, rel=1e-6)
    assert trace["curvature/steep"].item() == 1
    assert trace["curvature/limit"].item() == pytest.approx(2 / along_y, rel=1e-6)
    k = np.arange(len(trace["limit/position"].values))
    assert len(k) == 17
    bounced = np.stack([-7 * 0.96**k, 1.8 * (-1.0) ** k], axis=1)
    np.testing.assert_allclose(trace["limit/position"].values, bounced, rtol=1e-9)
    assert trace.flags["sgd/always_flips"]


@pytest.mark.parametrize(
    "given",
    [
        {"surface": "rosenbrock"},
        {"surface": "saddle"},
        {"formula": "x**2 + 3*y**2", "start": {"x": 1, "y": 1}},
        {"formula": "0.02*x**2 + y**2 + 0.1*x*y", "start": {"x": 1, "y": 1}},
        {"formula": "0.02*x**2 + y**2 + 0.1*x**4", "start": {"x": 1, "y": 1}},
        {"formula": "0*x*y", "start": {"x": 1, "y": 1}},
        {"formula": "log(x) + y**2", "start": {"x": 1, "y": 1}},
        {"start": {"x": -7, "y": 0}},
    ],
)
def test_no_narrow_valley_no_ratio(given: dict[str, Any]):
    trace = run("momentum", {**given, "others": ""})
    assert (trace["curvature/ratio"].item(), trace["curvature/steep"].item()) == (0, -1)
    assert trace["limit/position"].values.shape == (0, 2)


def test_flipping_at_every_step_is_of_the_whole_run():
    assert not run("momentum", {"lr": 0.3, "others": ""}).flags["sgd/always_flips"]


def test_signs_change_however_large_or_small_the_slopes_are():
    """As products, 1e200 and −1e200 overflow, 1e-200 and −1e-200 are 0."""
    slopes = np.array([[1e200, 1e-200], [-1e200, -1e-200], [0.0, -1.0], [1.0, 2.0]])
    np.testing.assert_array_equal(sign_changes(slopes), [[True, True], [False, False], [False, True]])
