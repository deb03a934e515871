"""Torch's hooks and modes are gone after each use, also after a failure; captured derivatives are torch's."""

import pytest
import torch
from torch import Tensor, nn

from engine.formula.capture import Capture, local_derivatives
from engine.formula.grammar import FUNCTIONS, OPERATORS
from engine.formula.operations import CALLED, TORCH
from engine.nets.hooks import watching


class Breaks(nn.Module):
    def forward(self, x: Tensor) -> Tensor:
        raise ZeroDivisionError(f"shape {tuple(x.shape)}")


def test_every_operation_of_the_grammar_has_a_torch_call():
    assert set(TORCH) == {*FUNCTIONS, *OPERATORS.values(), "neg"}


def test_captures_in_order_with_duplicates_and_ignores_the_rest():
    a = torch.tensor(3.0, dtype=torch.float64)
    with Capture(CALLED) as capture:
        torch.exp(torch.mul(a, a)).item()
        torch.ones(2).sum()
    assert [call.function for call in capture.calls] == [torch.mul, torch.exp]
    assert capture.calls[0].arguments == (a, a)
    assert capture.calls[1].arguments[0] is capture.calls[0].output
    assert [float(one) for one in local_derivatives(capture.calls[0])] == [3, 3]


def test_nothing_is_captured_after_the_block_even_when_it_raises():
    with pytest.raises(ZeroDivisionError), Capture(CALLED) as capture:
        raise ZeroDivisionError
    torch.exp(torch.ones(()))
    assert capture.calls == []
    assert torch._C._len_torch_function_stack() == 0


def test_hooks_are_gone_after_a_run_and_after_a_failure():
    net = nn.Sequential(nn.Linear(2, 3), nn.ReLU())
    with watching(dict(net.named_children())) as calls:
        net(torch.ones(2))
    assert [call.name for call in calls] == ["0", "1"]
    net.append(Breaks())
    with pytest.raises(ZeroDivisionError), watching(dict(net.named_children())) as calls:
        net(torch.ones(2))
    assert len(calls) == 2
    assert all(not module._forward_hooks for module in net)
