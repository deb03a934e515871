"""Numbers for axes: round ones, and evenly spread ones that are the same everywhere."""

import numpy as np
import pytest

from engine.trace.scales import decades, even


@pytest.mark.parametrize(("low", "high", "count"), [(-4.0, 4.0, 241), (-3.0, 5.0, 121), (0.01, 1.0, 100)])
def test_even_numbers_are_evenly_spread_between_exact_ends(low: float, high: float, count: int):
    found = even(low, high, count)
    np.testing.assert_allclose(found, np.linspace(low, high, count), atol=1e-14)
    assert (found[0], found[-1]) == (low, high)


def test_zero_is_exactly_zero_where_it_is_one_of_them():
    assert even(-4.0, 4.0, 241)[120] == 0.0
    assert even(-3.0, 5.0, 121)[45] == 0.0


def test_decades_are_around_every_size_above_0():
    assert decades([0.02, 3.0, 0.0]) == [0.01, 0.1, 1.0, 10.0]
    assert decades([]) == [0.1, 1.0]
