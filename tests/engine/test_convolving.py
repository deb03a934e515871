"""torch's convolution as it is recorded against plain NumPy, SciPy and the size formula, over sizes of every kind."""

from typing import Any

import numpy as np
import pytest
import scipy.signal
import torch
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from engine.convolution.convolving import Convolution, by_loops, liveliest
from engine.convolution.geometry import Geometry
from engine.errors import InputError

Array = NDArray[np.float64]


def as_tensor(shape: tuple[int, int], seed: int) -> torch.Tensor:
    return torch.from_numpy(np.random.default_rng(seed).integers(-9, 10, shape).astype(np.float64))


@st.composite
def cases(draw: Any) -> tuple[torch.Tensor, Convolution]:
    """A picture and a convolution over it that has at least one window."""
    number = st.integers
    x = as_tensor((draw(number(1, 12)), draw(number(1, 12))), draw(number(0, 99)))
    weight = as_tensor((draw(number(1, 5)), draw(number(1, 5))), draw(number(0, 99)))
    how = Convolution(
        weight, float(draw(number(-3, 3))), draw(number(1, 4)), draw(number(0, 4)), draw(number(1, 3))
    )
    assume(all(side.room >= 0 for side in how.geometry(x.shape)))
    return x, how


@settings(deadline=None, max_examples=60)
@given(cases())
def test_output_products_and_size(case: tuple[torch.Tensor, Convolution]):
    """Fails when a product, a window's place, the bias or the size formula is wrong."""
    x, how = case
    found = how(x).numpy()
    pixels, products = how.products(x)
    padded = np.pad(x.numpy(), how.padding)
    spread = np.zeros([side.span for side in how.geometry(x.shape)])
    spread[:: how.dilation, :: how.dilation] = how.weight.numpy()
    scipys = scipy.signal.correlate2d(padded, spread, mode="valid")[:: how.stride, :: how.stride] + how.bias
    np.testing.assert_allclose(found, scipys, atol=1e-9)
    np.testing.assert_allclose(found, by_loops(x.numpy(), how), atol=1e-9)
    np.testing.assert_allclose(products.sum(dim=(2, 3)).numpy() + how.bias, found, atol=1e-9)
    for i, j in np.ndindex(*found.shape):
        ends = i * how.stride + spread.shape[0], j * how.stride + spread.shape[1]
        under = padded[i * how.stride : ends[0], j * how.stride : ends[1]][:: how.dilation, :: how.dilation]
        np.testing.assert_array_equal(pixels[i, j].numpy(), under)
    assert found.shape == tuple(side.output for side in how.geometry(x.shape))
    np.testing.assert_allclose(
        (how.matrix(x.shape) @ x.flatten()).numpy() + how.bias, found.flatten(), atol=1e-9
    )


@settings(deadline=None, max_examples=60)
@given(cases())
def test_transposed_is_the_adjoint(case: tuple[torch.Tensor, Convolution]):
    """⟨conv(x), y⟩ = ⟨x, convᵀ(y)⟩ holds for no other map; and its stamps, added by hand, give it too."""
    x, how = case
    shape = [side.output for side in how.geometry(x.shape)]
    y = as_tensor((shape[0], shape[1]), 7)
    back = how.transposed(y, x.shape)
    assert back.shape == x.shape
    assert torch.sum((how(x) - how.bias) * y).item() == pytest.approx(torch.sum(x * back).item(), abs=1e-8)
    full = np.zeros(np.array(x.shape) + 2 * how.padding)
    for (i, j), value in np.ndenumerate(y.numpy()):
        for (a, b), weight in np.ndenumerate(how.weight.numpy()):
            full[i * how.stride + a * how.dilation, j * how.stride + b * how.dilation] += value * weight
    np.testing.assert_allclose(how.stamped(y, x.shape).numpy(), full, atol=1e-9)
    p = how.padding
    np.testing.assert_allclose(back.numpy(), full[p : full.shape[0] - p, p : full.shape[1] - p], atol=1e-9)


@settings(deadline=None, max_examples=30)
@given(cases())
def test_visits_count_the_windows_over_a_pixel(case: tuple[torch.Tensor, Convolution]):
    x, how = case
    counted = np.zeros(np.array(x.shape) + 2 * how.padding, dtype=int)
    for i, j in np.ndindex(*how(x).shape):
        for a, b in np.ndindex(*how.weight.shape):
            counted[i * how.stride + a * how.dilation, j * how.stride + b * how.dilation] += 1
    p = how.padding
    inner = counted[p : counted.shape[0] - p, p : counted.shape[1] - p]
    np.testing.assert_array_equal(how.visits(x.shape).numpy(), inner)


@given(*(st.integers(low, high) for low, high in ((1, 50), (1, 11), (0, 8), (1, 4), (1, 4))))
def test_size_counts_the_places_where_a_window_fits(n: int, f: int, p: int, s: int, d: int):
    starts = [start for start in range(0, n + 2 * p, s) if start + d * (f - 1) < n + 2 * p]
    assert max(Geometry(n, f, p, s, d).output, 0) == len(starts)


def test_no_window_is_said_with_the_formula_filled_in():
    how = Convolution(torch.ones(9, 3, dtype=torch.float64), stride=2, padding=0, dilation=1)
    with pytest.raises(InputError) as caught:
        how.check((8, 8))
    assert "height: ⌊(8 + 2·0 − 1·(9 − 1) − 1)/2⌋ + 1 = 0" in str(caught.value)
    how.check((9, 3))


@settings(deadline=None, max_examples=30)
@given(*(st.integers(1, 9) for _ in range(4)), st.integers(0, 99))
def test_the_liveliest_piece_has_the_largest_variance(h: int, w: int, dh: int, dw: int, seed: int):
    pixel = np.random.default_rng(seed).normal(size=(h + dh, w + dw))
    top, left = liveliest(pixel, h, w)
    variances = np.array([[pixel[i : i + h, j : j + w].var() for j in range(dw + 1)] for i in range(dh + 1)])
    assert variances[top, left] == pytest.approx(variances.max(), abs=1e-6)
    assert liveliest(np.zeros((h + dh, w + dw)), h, w) == (0, 0)
