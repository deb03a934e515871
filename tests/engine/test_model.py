"""A model's own numbers against NumPy: layers, loss and gradients worked out by hand, and the loss by differences."""

import numpy as np
import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st
from torch import nn

from engine.model.record import record
from engine.trace import Trace

SIZES = st.tuples(st.integers(1, 3), st.integers(1, 5), st.integers(1, 6), st.integers(2, 4))


def net(inputs: int, hidden: int, classes: int) -> nn.Sequential:
    return nn.Sequential(nn.Linear(inputs, hidden), nn.Tanh(), nn.Linear(hidden, classes)).double()


def outputs(trace: Trace, operation: str) -> list[np.ndarray]:
    """What the calls of this class gave, in order."""
    tensors = trace["node/tensor"].values
    return [
        trace[f"value/{int(tensor)}"].values
        for node, tensor in zip(trace.nodes, tensors, strict=True)
        if node.operation == operation
    ]


@settings(max_examples=12, deadline=None)
@given(sizes=SIZES, seed=st.integers(0, 99))
def test_layers_loss_and_gradients_are_those_of_numpy(sizes: tuple[int, int, int, int], seed: int) -> None:
    rows, inputs, hidden, classes = sizes
    torch.manual_seed(seed)
    model = net(inputs, hidden, classes)
    x, y = torch.randn(rows, inputs, dtype=torch.float64), torch.arange(rows) % classes
    trace = record(model, x, target=y, loss="cross_entropy")
    w1, b1, w2, b2 = (parameter.detach().numpy() for parameter in model.parameters())

    z1 = x.numpy() @ w1.T + b1
    a1 = np.tanh(z1)
    z2 = a1 @ w2.T + b2
    shares = np.exp(z2 - z2.max(axis=1, keepdims=True))
    shares /= shares.sum(axis=1, keepdims=True)
    right = np.eye(classes)[y.numpy()]
    for found, expected in zip(
        [*outputs(trace, "Linear"), *outputs(trace, "Tanh")], [z1, z2, a1], strict=True
    ):
        np.testing.assert_allclose(found, expected, atol=1e-12)
    assert float(trace["loss/value"].values) == pytest.approx(
        -np.log((shares * right).sum(axis=1)).mean(), abs=1e-12
    )

    d2 = (shares - right) / rows
    d1 = d2 @ w2 * (1 - a1**2)
    names = trace["parameter/name"].values.tolist()
    for name, expected in {
        "0.weight": d1.T @ x.numpy(), "0.bias": d1.sum(axis=0), "2.weight": d2.T @ a1, "2.bias": d2.sum(axis=0)
    }.items():  # fmt: skip
        place = names.index(name)
        np.testing.assert_allclose(trace[f"weight_gradient/{place}"].values, expected, atol=1e-12)
        assert float(trace["parameter/gradient_norm"].values[place]) == pytest.approx(
            np.linalg.norm(expected), abs=1e-9
        )


def test_the_gradient_is_what_the_loss_does() -> None:
    """Central differences of the loss, one weight of each layer moved by a little."""
    torch.manual_seed(1)
    model = net(3, 4, 3)
    x, y = torch.randn(2, 3, dtype=torch.float64), torch.tensor([0, 2])
    trace = record(model, x, target=y, loss="cross_entropy")
    names = trace["parameter/name"].values.tolist()
    weights = dict(model.named_parameters())
    for name in ("0.weight", "2.weight"):
        losses = []
        for step in (1e-5, -1e-5):
            with torch.no_grad():
                weights[name][1, 2] += step
            losses.append(float(record(model, x, target=y, loss="cross_entropy")["loss/value"].values))
            with torch.no_grad():
                weights[name][1, 2] -= step
        slope = (losses[0] - losses[1]) / 2e-5
        assert float(trace[f"weight_gradient/{names.index(name)}"].values[1, 2]) == pytest.approx(
            slope, abs=1e-8
        )
