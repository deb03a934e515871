"""What is kept fits the budget, what is not is said, and the trace says which."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import torch
from torch import nn

from engine.model.budget import SLICE_MAX, Keeper, slices, written
from engine.model.record import record
from engine.trace import Trace
from tests.engine.model.models import row, seeded, texts, value


def wide() -> nn.Module:
    return nn.Sequential(
        nn.Conv2d(3, 32, 3, padding=1), nn.ReLU(), nn.Conv2d(32, 32, 3, padding=1), nn.ReLU()
    )


def numbers(trace: Trace) -> int:
    names = ("value/", "gradient/", "weight")
    return sum(one.values.nbytes for name, one in trace.series.items() if name.startswith(names))


@pytest.mark.parametrize("budget_mb", [0.5, 4.0, 50.0])
def test_what_is_kept_fits_the_budget(budget_mb: float, tmp_path: Path):
    net, x = seeded(wide), seeded(lambda: torch.randn(1, 3, 96, 96), 1)
    trace = record(net, x, loss=lambda out: out.mean(), budget_mb=budget_mb)
    assert numbers(trace) <= budget_mb * 1e6
    trace.save(tmp_path / "net.npz")
    assert (tmp_path / "net.npz").stat().st_size <= budget_mb * 1e6 + 1e5
    outputs = dict(zip("0123", (net[: n + 1](x).detach() for n in range(4)), strict=True))
    for name, whole in outputs.items():
        index = row(trace, name)
        how, cut = texts(trace, "tensor/kept")[index], texts(trace, "tensor/slice")[index]
        assert how == "slice"
        assert cut == "[:, ::4, ::8, ::8]"
        kept = trace[f"value/{index}"]
        assert kept.source == f"{cut} of (1, 32, 96, 96)"
        np.testing.assert_allclose(kept.values, whole[:, ::4, ::8, ::8], atol=1e-5)
        assert trace["forward/norm"][index] == pytest.approx(whole.norm().item(), rel=1e-4)


def test_the_module_in_focus_is_kept_whole():
    net, x = seeded(wide), seeded(lambda: torch.randn(1, 3, 96, 96), 1)
    trace = record(net, x, loss=lambda out: out.mean(), budget_mb=6, focus=["2"])
    index = row(trace, "2")
    assert texts(trace, "tensor/kept")[index] == texts(trace, "gradient/kept")[index] == "whole"
    np.testing.assert_allclose(value(trace, "2"), net[:3](x).detach(), atol=1e-5)
    assert numbers(trace) <= 6e6


@pytest.mark.parametrize(
    "shape",
    [
        (9000,),
        (3, 9000),
        (1, 9000, 1, 1),
        (9000, 1, 1, 1),
        (2, 3, 50, 60),
        (2, 100, 7, 11),
        (1, 1, 40, 50, 60),
        (2,) * 8,
    ],
)
@pytest.mark.parametrize("examples", [False, True])
def test_a_slice_is_small_and_says_which(shape: tuple[int, ...], examples: bool):
    cut = slices(shape, examples)
    array = np.arange(np.prod(shape)).reshape(shape)
    assert 0 < array[cut].size <= SLICE_MAX
    assert array[cut].ndim == len(shape)
    text = written(cut, shape)
    parts = [part.strip() for part in text.strip("[]").split(",")]
    again = tuple(slice(*(int(one) if one else None for one in part.split(":"))) for part in parts)
    np.testing.assert_array_equal(array[again], array[cut])


def test_the_largest_go_first_and_parts_are_counted():
    keeper = Keeper(500 * 8000.0, 2)
    keeper.keep("a", torch.zeros(2000))
    keeper.keep("b", torch.zeros(2000))
    keeper.keep("c", torch.zeros(2000))
    assert (list(keeper.kept), keeper.left_out) == (["a", "b"], 1)
    assert keeper.kept["a"].slice == ""


def test_numbers_that_are_none_need_two_parts():
    keeper = Keeper(1e6, 10)
    for name in "abcd":
        keeper.keep(name, torch.tensor([1.0, torch.nan if name in "bd" else 2.0]))
    keeper.trim(5)
    assert (list(keeper.kept), keeper.left_out) == (["a", "b", "c"], 1)


def test_a_long_model_is_saved_and_read_again(tmp_path: Path):
    class Long(nn.Module):
        def forward(self, x: torch.Tensor) -> torch.Tensor:
            for _ in range(1900):
                x = x * torch.nan
            return x.sum()

    trace = record(Long(), torch.ones(2, requires_grad=True))
    assert trace["kept/left_out"].item() > 0
    trace.save(tmp_path / "long.npz")
    assert Trace.load(tmp_path / "long.npz") == trace
