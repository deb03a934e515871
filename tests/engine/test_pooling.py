"""The recorder of pooling against NumPy, the data set itself and what other settings were measured to give."""

from typing import Any

import numpy as np
import pytest
import sklearn.datasets

from engine.errors import InputError
from engine.pooling.recorder import record
from engine.trace import Trace
from tests.shared import recorded

SOBEL_X = np.array([[-1, 0, 1], [-2, 0, 2], [-1, 0, 1]])
LAPLACIAN = np.array([[0, 1, 0], [1, -4, 1], [0, 1, 0]])


def default() -> Trace:
    return recorded("pooling")


def other() -> Trace:
    return recorded("pooling", window=3, kernel="laplacian", digit=5, seed=3)


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
    ways: dict[str, Any] = {
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
    assert trace["change/count"].item() == len(sklearn.datasets.load_digits().images)


@BOTH
def test_maps_of_moved_digits_are_those_of_frames_that_numpy_moves(trace: Any) -> None:
    """By the filter's response in NumPy; whichever way the digit goes, the largest of the map stays."""
    trace = trace()
    side = int(trace["size/window"].item())
    kernel = {"sobel-x": SOBEL_X, "laplacian": LAPLACIAN}[trace["kernel/name"].item()]
    frame = array(trace, "frame/pixel")
    for name, by in (("moved", 1), ("left", -1), ("stride", side)):
        padded = np.pad(np.pad(frame, 3)[3:15, 3 - by : 15 - by], 1)
        windowed = np.lib.stride_tricks.sliding_window_view(padded, (3, 3))
        expected = np.maximum((windowed * kernel).sum(axis=(2, 3)), 0)
        assert array(trace, f"{name}/map") == pytest.approx(expected)
        assert array(trace, f"{name}/max") == pytest.approx(windows(expected, side).max(axis=2))
        assert trace[f"whole/{name}"].item() == pytest.approx(expected.max())
    assert trace["whole/moved"].item() == trace["whole/left"].item() == trace["whole/max"].item()
    change = np.abs(array(trace, "moved/map") - array(trace, "map"))
    assert array(trace, "moved/difference") == pytest.approx(change)
    assert trace["moved/map_changed_count"].item() == np.count_nonzero(change)
    change = np.abs(array(trace, "moved/max") - array(trace, "pool/max"))
    assert array(trace, "moved/max_difference") == pytest.approx(change)
    changed = array(trace, "moved/max") != array(trace, "pool/max")
    assert np.array_equal(array(trace, "moved/changed"), changed)
    assert trace["moved/changed_count"].item() == changed.sum() > 0


def test_a_move_by_a_stride_moves_the_pooled_map_by_one_cell() -> None:
    trace = default()
    assert np.array_equal(array(trace, "stride/max")[:, 1:], array(trace, "pool/max")[:, :-1])
    row = trace["strip/row"].item()
    kept, moved = array(trace, "pool/max")[row], array(trace, "moved/max")[row]
    assert ((kept == moved) & (kept > 0)).any()  # something stays inside its window
    assert (kept != moved).any()  # and something leaves it


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
    top, left = (trace[f"gradient/{name}"].item() for name in ("top", "left"))
    part = values[top : top + 6, left : left + 6]
    assert trace["gradient/lit_count"].item() == trace["gradient/mean_lit"].item() == (part > 0).sum()
    assert trace["gradient/max_lit"].item() == (windows(part, side).max(axis=2) > 0).sum()
    for kind in ("max", "mean"):  # the ReLU hands back nothing where it gave nothing
        through = np.where(values > 0, array(trace, f"gradient/{kind}"), 0)
        assert array(trace, f"gradient/{kind}_response") == pytest.approx(through)
    starts = range(0, 12 - 6 + 1, side)
    most = max((values[y : y + 6, x : x + 6] > 0).sum() for y in starts for x in starts)
    assert (values[top : top + 6, left : left + 6] > 0).sum() == most


@BOTH
def test_sizes(trace: Any) -> None:
    trace = trace()
    n, k, s, o = (trace[f"size/{name}"].item() for name in ("input", "window", "stride", "output"))
    assert o == (n - k) // s + 1 == len(array(trace, "pool/max"))
    assert (trace["count/before"].item(), trace["count/after"].item()) == (n * n, o * o)
    assert trace["count/parameters"].item() == 0
    assert trace["count/strided"].item() == 3 * 3 + 1


@BOTH
def test_what_a_filter_over_the_pooled_map_sees(trace: Any) -> None:
    """As many cells a side as change what it gives, each tried by itself."""
    trace = trace()
    k, kernel = trace["size/window"].item(), trace["size/kernel"].item()
    side = 4 * k
    plain = np.zeros((side, side))

    def filtered(values: np.ndarray) -> float:
        return float(windows(values, k).max(axis=2)[:kernel, :kernel].sum())

    seen = np.zeros((side, side), dtype=bool)
    for y, x in np.ndindex(side, side):
        one = plain.copy()
        one[y, x] = 1
        seen[y, x] = filtered(one) != filtered(plain)
    assert seen.any(axis=0).sum() == seen.any(axis=1).sum() == trace["size/sees"].item()


@BOTH
def test_the_nets_learn_and_only_the_global_one_takes_a_move_and_knows_no_side(trace: Any) -> None:
    trace = trace()
    straight, moved, sides = (array(trace, f"nets/{name}") for name in ("accuracy", "moved", "sides"))
    assert array(trace, "nets/kind").tolist() == ["map", "max", "mean", "coarse", "global"]
    assert (straight > 0.9).all()
    assert (moved[:4] < straight[:4] - 0.05).all()
    assert moved[4] == pytest.approx(straight[4], abs=0.02)
    assert (sides[:4] > 0.95).all()
    assert sides[4] == pytest.approx(trace["nets/guess"].item(), abs=0.05)
    assert trace["nets/guess"].item() == np.mean([True, False])  # of as many moved to either side
    o, coarse = len(array(trace, "pool/max")), 12 // trace["size/coarse"].item()
    assert array(trace, "nets/numbers").tolist() == [16 * n for n in (12 * 12, o * o, o * o, coarse**2, 1)]
    assert trace["nets/side_count"].item() == 2 * trace["nets/test_count"].item() == 2 * 360
    assert trace["nets/train_count"].item() == 1797 - 360


def test_the_same_seed_gives_the_same_numbers() -> None:
    again = record()
    assert all(np.array_equal(one.values, again[name].values) for name, one in default().series.items())


@pytest.mark.parametrize("given", [{"window": 4}, {"digit": 1797}, {"kernel": "blur"}])
def test_what_cannot_be_pooled_is_refused(given: dict[str, Any]) -> None:
    with pytest.raises(InputError):
        record(**given)
