"""A model that fails hands over what was recorded, and says where; numbers that are none are found where they begin."""

from __future__ import annotations

import contextlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import torch
from torch import Tensor, nn

from engine.errors import InputError, RunError
from engine.model.failing import ModelFailed
from engine.model.record import record
from engine.trace import Trace
from tests.engine.model.models import named, row, seeded, texts


class Unfit(nn.Module):
    """Fails where it is told to."""

    def __init__(self, where: str) -> None:
        super().__init__()
        self.where = where
        self.first, self.second, self.norm = nn.Linear(4, 6), nn.Linear(5, 2), nn.BatchNorm1d(9)

    def forward(self, x: Tensor) -> Tensor:
        y = torch.relu(self.first(x))
        if self.where == "layer":
            return self.second(y)
        if self.where == "norm":
            return self.norm(y)
        if self.where == "function":
            return torch.cat([y, x[:1]], 1)
        if self.where == "caught":
            with contextlib.suppress(RuntimeError):
                self.second(y)
            raise LookupError("own\nlines")
        return torch.reshape(y, (7,)) if self.where == "reshape" else {}["missing"]


@pytest.mark.parametrize(
    ("where", "said", "cause"),
    [
        (
            "layer",
            r"fails at second \(Linear\), which wants \(…, 5\) and got \(3, 6\) \(RuntimeError: ",
            RuntimeError,
        ),
        ("norm", r"fails at norm \(BatchNorm1d\), which wants .*9.* and got \(3, 6\)", RuntimeError),
        ("function", r"fails at cat, which got \(3, 6\) and \(1, 4\) \(RuntimeError: Sizes", RuntimeError),
        ("reshape", r"fails at reshape, which got \(3, 6\)", RuntimeError),
        ("lines", r"fails at its own forward \(Unfit\) \(KeyError: 'missing'\)", KeyError),
        ("caught", r"fails at its own forward \(Unfit\) \(LookupError: own lines\)", LookupError),
    ],
)
def test_it_is_said_which_layer_wanted_what(where: str, said: str, cause: type[Exception], tmp_path: Path):
    with pytest.raises(ModelFailed, match=said) as caught:
        record(Unfit(where), torch.ones(3, 4))
    assert isinstance(caught.value, RunError)
    assert isinstance(caught.value.__cause__, cause)
    assert "\n" not in str(caught.value)
    trace = caught.value.trace
    assert trace is not None
    trace.save(tmp_path / "part.npz")
    assert Trace.load(tmp_path / "part.npz") == trace
    assert trace.flags["failed"]
    assert trace["failure/sentence"].item() == str(caught.value)
    assert trace.nodes[named(trace, "relu")].output_shape == (3, 6)
    if where in ("layer", "norm", "function", "reshape"):
        node = trace["failure/node"].item()
        assert node == len(trace.nodes) - 1
        assert trace["node/failed"][node]
        assert trace.nodes[node].input_shapes[0] == (3, 6)
    else:
        assert trace["failure/node"].item() == -1


def test_a_deep_failure_names_the_path():
    net = nn.Sequential(nn.Sequential(nn.Conv2d(3, 4, 3), nn.Conv2d(8, 4, 3)))
    with pytest.raises(
        ModelFailed, match=r"0\.1 \(Conv2d\), which wants \(batch, 8, height, width\) and got \(1, 4, 6, 6\)"
    ):
        record(net, torch.ones(1, 3, 8, 8))


def test_arguments_that_do_not_fit_the_forward():
    with pytest.raises(ModelFailed, match="takes 2 positional arguments but 3 were given"):
        record(Unfit("layer"), torch.ones(3, 4), torch.ones(1))


@pytest.mark.parametrize(
    ("call", "said"),
    [
        (lambda net: record(nn.Linear, torch.ones(1)), "Call the class first"),
        (lambda net: record(net, torch.ones(1, 3), loss="huber", target=1), "loss is huber"),
        (lambda net: record(net, torch.ones(1, 3), loss="mse"), "give target="),
        (lambda net: record(net, torch.ones(1, 3), target=1), "give loss="),
        (lambda net: record(net, torch.ones(1, 3), loss=3), "give a function"),
        (lambda net: record(net, torch.ones(1, 3), loss="cross_entropy", target=[5]), "0 to 1"),
        (
            lambda net: record(net, torch.ones(1, 3), loss="cross_entropy", target=[0, 1]),
            r"shape \(1,\) and got \(2,\)",
        ),
        (
            lambda net: record(net, torch.ones(1, 3), loss="mse", target=[1.0]),
            r"shape \(1, 2\) and got \(1,\)",
        ),
        (lambda net: record(net, torch.ones(1, 3), loss=lambda out: out), r"shape \(1, 2\)"),
        (lambda net: record(net, torch.ones(1, 3), budget_mb=0), "budget_mb is 0"),
        (lambda net: record(net, torch.ones(1, 3), focus=["fc"]), "no module fc"),
        (lambda net: record(net, torch.ones(1, 3), focus="weight"), "give a list"),
    ],
)
def test_what_cannot_be_used_is_one_sentence(call: Callable[[nn.Module], Any], said: str):
    with pytest.raises(InputError, match=said) as caught:
        call(nn.Sequential(nn.Linear(3, 2)))
    assert "\n" not in str(caught.value)


def test_too_many_calls_are_refused():
    class Endless(nn.Module):
        def forward(self, x: Tensor) -> Tensor:
            for _ in range(5000):
                x = x + 1
            return x

    with pytest.raises(InputError, match="more than 4000 calls"):
        record(Endless(), torch.ones(1))


class Logarithm(nn.Module):
    def __init__(self) -> None:
        super().__init__()
        self.fc = nn.Linear(2, 2)
        nn.init.eye_(self.fc.weight)
        nn.init.zeros_(self.fc.bias)

    def forward(self, x: Tensor) -> Tensor:
        return (torch.log(self.fc(x)) * 2).sum()


def test_the_first_nan_is_found_and_the_trace_stays_finite(tmp_path: Path):
    trace = record(Logarithm(), torch.tensor([[-1.0, 0.0], [1.0, 2.0]]))
    first = row(trace, "log")
    assert (trace["first/nan"].item(), trace["first/infinite"].item()) == (first, first)
    assert (trace.flags["nan"], trace.flags["infinite"]) == (True, True)
    assert trace["forward/nonfinite"][first] == 2
    assert trace[f"value/{first}/nonfinite"].values.tolist() == [[True, True], [False, False]]
    assert trace[f"value/{first}"].values[0].tolist() == [0, 0]
    assert trace["forward/max"][first] == pytest.approx(0.6931, abs=1e-4)
    assert not trace["loss/finite"].item()
    trace.save(tmp_path / "nan.npz")
    assert Trace.load(tmp_path / "nan.npz") == trace


def test_a_gradient_that_is_none_is_found_in_the_order_of_arrival():
    class Root(nn.Module):
        def __init__(self) -> None:
            super().__init__()
            self.fc = nn.Linear(2, 2)

        def forward(self, x: Tensor) -> Tensor:
            return torch.sqrt(self.fc(x) * 0).sum()

    trace = record(seeded(Root), torch.ones(1, 2))
    assert trace["first/gradient_infinite"].item() == row(trace, "mul")
    assert trace["first/nan"].item() == -1
    order = texts(trace, "gradient/order")
    assert order[row(trace, "mul")] < order[row(trace, "fc")]
