"""What is recorded is what a bare run computes: values, gradients and edges, also of graphs nobody thought of."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st
from torch import Tensor, nn

from engine.model.record import record
from engine.trace import Trace
from tests.engine.model.models import by_name, seeded, texts

WIDTH = 4
STEPS = st.sampled_from(
    "linear tanh relu relu_ sigmoid add residual branch view_add row_add scale_ cat norm twice copy".split()  # noqa: SIM905
)


class Random(nn.Module):
    """Does ``steps`` one after the other, and keeps what a bare run makes after each, with its gradient."""

    def __init__(self, steps: list[str]) -> None:
        super().__init__()
        self.steps = steps
        self.layers = nn.ModuleList(nn.Linear(WIDTH, WIDTH) for _ in steps)
        self.shared, self.wide, self.norm = (
            nn.Linear(WIDTH, WIDTH),
            nn.Linear(2 * WIDTH, WIDTH),
            nn.LayerNorm(WIDTH),
        )
        self.flat = nn.ReLU(inplace=True)
        self.after: list[Tensor] = []
        self.gradients: dict[int, Tensor] = {}

    def forward(self, x: Tensor) -> Tensor:
        self.after, self.gradients = [], {}
        x = self.shared(x)
        for place, step in enumerate(self.steps):
            x = self.one(step, self.layers[place], x)
            with torch._C.DisableTorchFunction():
                self.after.append(x.detach().clone())
                x.register_hook(lambda grad, place=place: self.gradients.__setitem__(place, grad.clone()))
        return (x * x).mean()

    def one(self, step: str, layer: nn.Module, x: Tensor) -> Tensor:
        if step in ("tanh", "sigmoid", "relu"):
            return getattr(torch, step)(x)
        if step == "relu_":
            return self.flat(layer(x))
        if step == "add":
            return x + 1
        if step == "residual":
            return x + torch.tanh(layer(x))
        if step == "branch":
            return torch.tanh(layer(x)) * torch.sigmoid(self.shared(x))
        if step == "view_add":
            y = layer(x)
            y.view(-1)[:2] += 1
            return y
        if step == "row_add":
            y = x * 1
            y[0] = x[0] * 2
            return y
        if step == "scale_":
            y = layer(x)
            y.mul_(0.5)
            y += x
            return y
        if step == "cat":
            return self.wide(torch.cat([x, layer(x)], -1))
        if step == "norm":
            return self.norm(x)
        if step == "twice":
            return self.shared(self.shared(x))
        return x.clone() if step == "copy" else layer(x)


def rows_of(trace: Trace, wanted: Tensor) -> list[int]:
    """The tensors whose kept values are these."""
    found = []
    for row in range(len(trace["tensor/node"])):
        values = trace.series.get(f"value/{row}")
        if values is not None and values.shape == tuple(wanted.shape):
            found += [row] if np.allclose(values.values, wanted, atol=1e-6, rtol=1e-5) else []
    return found


@settings(max_examples=60, deadline=None, derandomize=True)
@given(st.lists(STEPS, min_size=1, max_size=7), st.integers(0, 99))
def test_random_graphs(steps: list[str], seed: int):
    net = seeded(lambda: Random(steps), seed)
    x = seeded(lambda: torch.randn(3, WIDTH), seed + 1)
    loss = net(x)
    wanted = torch.autograd.grad(loss, list(net.parameters()), allow_unused=True)
    after, gradients = net.after, net.gradients
    trace = record(net, x)
    assert trace["loss/value"].item() == pytest.approx(loss.item(), rel=1e-5)
    for place, one in enumerate(after):
        rows = rows_of(trace, one)
        assert rows, f"{steps[place]} is not there"
        kept = [trace.series[f"gradient/{row}"].values for row in rows if f"gradient/{row}" in trace]
        assert any(np.allclose(grad, gradients[place], atol=1e-6, rtol=1e-4) for grad in kept), steps[place]
    reached, norms = by_name(trace, "parameter/reached"), by_name(trace, "parameter/gradient_norm")
    for (name, _), grad in zip(net.named_parameters(), wanted, strict=True):
        assert reached[name] == (grad is not None)
        if grad is not None:
            assert norms[name] == pytest.approx(grad.norm().item(), rel=1e-4, abs=1e-7)
    assert reachable(trace)


def reachable(trace: Trace) -> bool:
    """The output hangs together with the input through recorded edges."""
    kinds = texts(trace, "node/kind")
    there = {trace.nodes[kinds.index("input")].id}
    for node in trace.nodes:
        if there & set(node.inputs):
            there.add(node.id)
    return trace.nodes[-1].id in there


def bare(net: nn.Module, x: Tensor, names: list[str]) -> tuple[dict[str, Tensor], dict[str, Tensor]]:
    """Outputs and gradients of modules, by forward hooks and autograd.grad."""
    outputs: dict[str, Tensor] = {}
    modules = dict(net.named_modules())
    hooks = [modules[n].register_forward_hook(lambda m, i, o, n=n: outputs.__setitem__(n, o)) for n in names]
    loss = net(x).square().mean()
    grads = torch.autograd.grad(loss, [outputs[name] for name in names])
    for hook in hooks:
        hook.remove()
    return {name: one.detach() for name, one in outputs.items()}, dict(zip(names, grads, strict=True))


def lenet() -> nn.Module:
    return nn.Sequential(
        nn.Conv2d(1, 6, 5, padding=2), nn.Tanh(), nn.AvgPool2d(2), nn.Conv2d(6, 16, 5), nn.Tanh(), nn.AvgPool2d(2),
        nn.Flatten(), nn.Linear(400, 120), nn.Tanh(), nn.Linear(120, 84), nn.Tanh(), nn.Linear(84, 10),
    )  # fmt: skip


@pytest.mark.parametrize("dtype", [torch.float32, torch.float64])
def test_lenet_as_a_bare_run(dtype: torch.dtype):
    net = seeded(lenet).to(dtype)
    x = seeded(lambda: torch.randn(2, 1, 28, 28, dtype=dtype), 1)
    names = [str(place) for place in range(12)]
    outputs, gradients = bare(net, x, names)
    trace = record(net, x, loss=lambda out: out.square().mean(), focus=names)
    calls = dict(zip([node.name for node in trace.nodes], texts(trace, "node/tensor"), strict=True))
    for name in names:
        for series, wanted in (("value", outputs[name]), ("gradient", gradients[name])):
            kept = trace[f"{series}/{calls[name]}"]
            assert kept.values.dtype == np.dtype(str(dtype).removeprefix("torch."))
            np.testing.assert_allclose(kept.values, wanted, atol=1e-6, rtol=1e-4)
    trace_norms = trace["gradient/norm"].values
    for name in names:
        assert trace_norms[calls[name]] == pytest.approx(gradients[name].norm().item(), rel=1e-4)


@pytest.mark.parametrize("count", [7, 3000, 40_000, 300_000])
@pytest.mark.parametrize("shift", [0.0, 1000.0])
def test_statistics_are_those_of_all_numbers(count: int, shift: float):
    x = seeded(lambda: torch.relu(torch.randn(count))) + shift
    trace = record(nn.Identity(), x)
    exact = x.double()
    wanted: dict[str, Any] = {
        "min": exact.min(), "max": exact.max(), "mean": exact.mean(), "std": exact.std(correction=0),
        "norm": exact.norm(), "zeros": (exact == 0).double().mean(),
    }  # fmt: skip
    for name, one in wanted.items():
        assert trace[f"forward/{name}"][0] == pytest.approx(one.item(), rel=1e-4, abs=1e-6), name
    assert trace["forward/histogram"].values[0].sum() == trace["forward/sampled"][0]


def test_values_are_those_of_the_moment_they_were_made():
    class Overwrites(nn.Module):
        def forward(self, x: Tensor) -> Tensor:
            y = x + 1
            z = y.view(2, 2)
            y.zero_()
            return z * 2

    trace = record(Overwrites(), torch.arange(4.0))
    made = [trace[f"value/{row}"].values.reshape(-1).tolist() for row in texts(trace, "node/tensor")[:-1]]
    assert made == [[0, 1, 2, 3], [1, 2, 3, 4], [1, 2, 3, 4], [0, 0, 0, 0], [0, 0, 0, 0]]
    last = next(node for node in trace.nodes if node.operation == "mul")
    (before,) = last.inputs
    assert trace.node(before).operation == "zero_"
