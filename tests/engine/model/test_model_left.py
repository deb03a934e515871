"""A recorded model is left exactly as it was, whatever its forward does, and also when that raises."""

from __future__ import annotations

import random
import sys
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
import torch
from torch import Tensor, nn

from engine.model.failing import ModelFailed
from engine.model.record import record
from tests.engine.model import models
from tests.engine.model.models import seeded


def state(net: nn.Module) -> dict[str, Any]:
    """All that could have changed, as values to compare."""
    modules = dict(net.named_modules())
    hooks = [
        name for name in vars(net) if name.endswith(("_hooks", "_hooks_with_kwargs", "_hooks_always_called"))
    ]
    return {
        "numbers": {name: one.detach().clone() for name, one in net.state_dict(keep_vars=True).items()},
        "objects": {name: id(one) for name, one in net.state_dict(keep_vars=True).items()},
        "training": {name: one.training for name, one in modules.items()},
        "hooks": {name: [list(getattr(one, kind)) for kind in hooks] for name, one in modules.items()},
        "requires_grad": {name: one.requires_grad for name, one in net.named_parameters()},
        "grad": {
            name: id(one.grad) if one.grad is not None else None for name, one in net.named_parameters()
        },
        "grads": [one.grad.clone() for one in net.parameters() if one.grad is not None],
        "tensor hooks": {name: one._backward_hooks for name, one in net.named_parameters()},
        "random": (torch.get_rng_state(), random.getstate(), np.random.get_state()[1].tolist()),
        "switches": (
            torch.backends.mha.get_fastpath_enabled(),
            torch.is_grad_enabled(),
            torch.is_inference_mode_enabled(),
            torch.get_num_threads(),
            sys.getrecursionlimit(),
            torch._C._len_torch_function_stack(),
            nn.Module.__call__,
            "apply" in vars(torch.autograd.Function.__mro__[1]),
        ),
    }


def same(before: Any, after: Any) -> bool:
    if isinstance(before, dict):
        return before.keys() == after.keys() and all(same(before[key], after[key]) for key in before)
    if isinstance(before, list | tuple):
        return len(before) == len(after) and all(map(same, before, after))
    if isinstance(before, Tensor):
        return torch.equal(before, after)
    return bool(before == after)


class Restless(nn.Module):
    """Changes all it can in its forward."""

    def __init__(self, fails: bool) -> None:
        super().__init__()
        self.fails = fails
        self.body = nn.Sequential(nn.Linear(4, 6), nn.BatchNorm1d(6), nn.Dropout(), nn.ReLU(inplace=True))
        self.head = nn.Linear(6, 3)
        self.register_buffer("seen", torch.zeros(()))
        self.register_buffer("last", torch.zeros(6))
        self.register_buffer("none", None)
        self.table = nn.Embedding(5, 4, max_norm=0.1)

    def forward(self, x: Tensor) -> Tensor:
        self.seen += 1
        x += self.table(torch.arange(x.shape[0]))
        y = self.body(x)
        self.last = y.detach().mean(0)
        self.none = torch.ones(1)
        self.body.eval()
        self.head.requires_grad_(False)
        with torch.no_grad():
            self.head.weight.clamp_(-0.01, 0.01)
            self.head.bias.data.zero_()
        torch.rand(1), random.random(), np.random.rand()
        if self.fails:
            raise ValueError("as wanted")
        return self.head(y).square().mean()


@pytest.mark.parametrize("fails", [False, True])
@pytest.mark.parametrize("training", [False, True])
def test_nothing_has_changed(fails: bool, training: bool):
    net = seeded(lambda: Restless(fails)).train(training)
    net.body[0].eval()
    net.body[0].weight.grad = torch.full((6, 4), 2.0)
    x = torch.randn(5, 4)
    given, before = x.clone(), state(net)
    if fails:
        with pytest.raises(ModelFailed):
            record(net, x)
    else:
        record(net, x)
    assert {key: same(value, state(net)[key]) for key, value in before.items()} == dict.fromkeys(before, True)
    assert torch.equal(x, given)
    assert x.grad is None


def simple() -> nn.Module:
    return nn.Sequential(nn.Linear(3, 3), nn.Tanh(), nn.Linear(3, 1))


def raising(out: Tensor) -> Tensor:
    raise ZeroDivisionError("in the loss")


class Unback(torch.autograd.Function):
    @staticmethod
    def forward(ctx: Any, x: Tensor) -> Tensor:
        return x.clone()

    @staticmethod
    def backward(ctx: Any, grad: Tensor) -> Tensor:
        raise KeyError("in the backward pass")


@pytest.mark.parametrize("loss", [raising, lambda out: Unback.apply(out).sum()])
def test_nothing_has_changed_when_the_loss_or_the_backward_pass_raises(loss: Callable[..., Tensor]):
    net, x = seeded(simple), torch.ones(2, 3, requires_grad=True)
    before = state(net)
    with pytest.raises(ModelFailed) as caught:
        record(net, x, loss=loss)
    assert {key: same(value, state(net)[key]) for key, value in before.items()} == dict.fromkeys(before, True)
    assert x.grad is None
    assert x._backward_hooks is None
    assert caught.value.trace is not None
    assert isinstance(caught.value.__cause__, ZeroDivisionError | KeyError)


def test_an_optimiser_in_the_backward_pass_is_not_set_off():
    net, steps = seeded(simple), []
    for one in net.parameters():
        one.register_post_accumulate_grad_hook(lambda parameter: steps.append(parameter))
    record(net, torch.ones(2, 3), loss=lambda out: out.sum())
    assert steps == []


@pytest.mark.parametrize("reentrant", [False, True])
def test_checkpoints_are_recorded_and_leave_no_gradients(reentrant: bool):
    class Checkpointed(nn.Module):
        def __init__(self) -> None:
            super().__init__()
            self.first, self.second = nn.Linear(3, 3), nn.Linear(3, 3)

        def forward(self, x: Tensor) -> Tensor:
            y = torch.utils.checkpoint.checkpoint(self.second, self.first(x).tanh(), use_reentrant=reentrant)
            return y.sum()

    net = seeded(Checkpointed)
    trace = record(net, torch.ones(2, 3))
    assert all(one.grad is None for one in net.parameters())
    net(torch.ones(2, 3)).backward()
    norms = models.by_name(trace, "parameter/gradient_norm")
    for name, one in net.named_parameters():
        assert norms[name] == pytest.approx(one.grad.norm().item(), rel=1e-5)


def test_the_seed_decides_what_is_random_and_nothing_else_does():
    net = nn.Sequential(nn.Linear(8, 8), nn.Dropout(0.5))
    x = torch.ones(4, 8)
    torch.manual_seed(1)
    first = record(net, x, seed=3)
    torch.rand(7)
    assert record(net, x, seed=3).digest() == first.digest()
    assert record(net, x, seed=4).digest() != first.digest()


def test_a_model_is_recorded_under_inference_mode_too():
    net = seeded(simple)
    with torch.inference_mode():
        trace = record(net, torch.ones(2, 3), loss=lambda out: out.sum())
    assert trace.flags["backward"]
