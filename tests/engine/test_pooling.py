"""The recorder of pooling against NumPy, the data set itself and what other settings were measured to give."""

from functools import cache
from typing import Any

import numpy as np
import pytest
import sklearn.datasets

from engine.errors import InputError
from engine.pooling.recorder import record
from engine.trace import Trace

SOBEL_X = np.array([[-1, 0, 1], [-2, 0, 2], [-1, 0, 1]])


@cache
def default() -> Trace:
    return record()


@cache
def other() -> Trace:
    return record(window=3, kernel="laplacian", digit=5, seed=3)


BOTH = pytest.mark.parametrize("trace", [default, other], ids=["default", "windows of three"])


def array(trace: Trace, name: str) -> Any:
    return trace[name].values


def windows(values: np.ndarray, side: int) -> np.ndarray:
    """(row, column, cell) by NumPy alone."""
    count = len(values) // side
    return values.reshape(count, side, count, side).swapaxes(1, 2).reshape(count, count, side * side)


def test_the_map_is_the_filter_s_response_cut_at_zero() -> None:
    trace = default()
    digit = sklearn.datasets.load_digits().images[202] / 16
    frame = np.pad(digit, 2)
    assert array(trace, "frame/pixel") == pytest.approx(frame)
    padded = np.pad(frame, 1)
    response = np.array(
        [[(padded[y : y + 3, x : x + 3] * SOBEL_X).sum() for x in range(12)] for y in range(12)]
    )
    assert array(trace, "map") == pytest.approx(np.maximum(response, 0))


@BOTH
def test_pooling_keeps_the_largest_and_the_mean_of_every_window(trace: Any) -> None:
    trace = trace()
    side = int(trace["size/window"].item())
    for prefix, source in (("pool", "map"), ("moved", "moved/map")):
        cells = windows(array(trace, source), side)
        assert array(trace, f"{prefix}/max") == pytest.approx(cells.max(axis=2))
        assert array(trace, f"{prefix}/mean") == pytest.approx(cells.mean(axis=2))
    here = windows(array(trace, "map"), side)[trace["window/y"].item(), trace["window/x"].item()]
    assert array(trace, "window/value").ravel() == pytest.approx(here)
    assert len(set(here.tolist())) > 2  # a window whose numbers can be told apart


@BOTH
def test_a_move_is_one_column_and_its_change_is_what_numpy_says(trace: Any) -> None:
    trace = trace()
    side = int(trace["size/window"].item())
    assert array(trace, "frame/moved")[:, 1:] == pytest.approx(array(trace, "frame/pixel")[:, :-1])
    ways = {
        "map": lambda one: one,
        "max": lambda one: windows(one, side).max(axis=2),
        "mean": lambda one: windows(one, side).mean(axis=2),
        "coarse": lambda one: windows(one, 2 * side).max(axis=2),
        "global": lambda one: np.array([one.max()]),
    }
    straight, moved = array(trace, "map"), array(trace, "moved/map")
    for name, told in zip(array(trace, "change/kind"), array(trace, "change/one"), strict=True):
        before, after = ways[name](straight), ways[name](moved)
        assert told == pytest.approx(np.linalg.norm(after - before) / np.linalg.norm(before), abs=1e-12)


def test_pooling_does_not_make_indifferent_and_the_whole_map_does() -> None:
    """As measured elsewhere for this digit: 1.06, 0.84, 0.87, 0.65, 0; over all digits 0.97, 0.70, 0.77, 0.55, 0."""
    trace = default()
    assert array(trace, "change/one") == pytest.approx([1.06, 0.84, 0.87, 0.65, 0.0], abs=0.006)
    assert array(trace, "change/all") == pytest.approx([0.97, 0.70, 0.77, 0.55, 0.0], abs=0.006)
    assert trace["whole/max"].item() == trace["whole/moved"].item() == array(trace, "map").max()


@BOTH
def test_the_gradient_goes_to_the_winner_or_to_all(trace: Any) -> None:
    """Against a small change of each cell, where a window has one largest number."""
    trace = trace()
    side = int(trace["size/window"].item())
    found, values = array(trace, "gradient/max"), array(trace, "map")
    assert trace["gradient/max_count"].item() == len(array(trace, "pool/max")) ** 2
    assert windows(found, side).sum(axis=2) == pytest.approx(np.ones_like(array(trace, "pool/max")))
    step = 1e-6
    for y, x in np.argwhere(values > 0):
        more = values.copy()
        more[y, x] += step
        difference = (windows(more, side).max(axis=2) - windows(values, side).max(axis=2)).sum() / step
        inside = windows(values, side)[y // side, x // side]
        if (inside == inside.max()).sum() == 1:
            assert found[y, x] == pytest.approx(difference, abs=1e-6)
    assert array(trace, "gradient/mean") == pytest.approx(np.full((12, 12), 1 / side**2))


@BOTH
def test_sizes(trace: Any) -> None:
    trace = trace()
    n, k, s, o = (trace[f"size/{name}"].item() for name in ("input", "window", "stride", "output"))
    assert o == (n - k) // s + 1 == len(array(trace, "pool/max"))
    assert (trace["count/before"].item(), trace["count/after"].item()) == (n * n, o * o)


def test_the_nets_learn_and_only_the_global_one_takes_a_move() -> None:
    trace = default()
    straight, moved = array(trace, "nets/accuracy"), array(trace, "nets/moved")
    assert (straight > 0.95).all()
    assert moved[0] < 0.75 < moved[-1]
    assert moved[-1] == pytest.approx(straight[-1], abs=0.02)
    assert array(trace, "nets/parameters").tolist() == [
        16 * 26 + 36 * 160 + 10,
        16 * 26 + 9 * 160 + 10,
        16 * 26 + 170,
    ]


def test_the_same_seed_gives_the_same_numbers() -> None:
    again = record()
    assert all(np.array_equal(one.values, again[name].values) for name, one in default().series.items())


@pytest.mark.parametrize("given", [{"window": 4}, {"digit": 1797}, {"kernel": "blur"}])
def test_what_cannot_be_pooled_is_refused(given: dict[str, Any]) -> None:
    with pytest.raises(InputError):
        record(**given)
