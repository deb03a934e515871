"""Kinds of models: recurrent, attention, several inputs and outputs, half precision, what cannot be looked into."""

from __future__ import annotations

import math
from collections import namedtuple
from typing import Any

import numpy as np
import pytest
import torch
from torch import Tensor, nn
from torch.nn import functional as F
from torch.nn.utils.rnn import PackedSequence, pack_sequence

from engine.model.record import record
from tests.engine.model.models import by_name, gradient, named, operations, row, seeded, texts, value


@pytest.mark.parametrize(("kind", "states"), [(nn.LSTM, ["h", "c"]), (nn.GRU, ["h"]), (nn.RNN, ["h"])])
def test_recurrent_layers_name_their_states(kind: type[nn.Module], states: list[str]):
    net = seeded(lambda: kind(3, 5, batch_first=True))
    x = seeded(lambda: torch.randn(2, 4, 3), 1)
    trace = record(net, x, loss=lambda out: out[0].mean())
    bare_out, bare_state = net(x)
    np.testing.assert_allclose(value(trace, kind.__name__), bare_out.detach(), atol=1e-6)
    last = bare_state if isinstance(bare_state, tuple) else (bare_state,)
    for name, one in zip(states, last, strict=True):
        np.testing.assert_allclose(value(trace, kind.__name__, name), one.detach(), atol=1e-6)
    np.testing.assert_allclose(gradient(trace, kind.__name__), np.full((2, 4, 5), 1 / 40), atol=1e-6)


def test_a_packed_sequence_is_an_input_and_an_output():
    class Doubles(nn.Module):
        def forward(self, sentences: PackedSequence) -> PackedSequence:
            return PackedSequence(sentences.data * 2, *sentences[1:])

    packed = pack_sequence([torch.ones(3, 2), torch.zeros(1, 2)])
    trace = record(Doubles(), packed)
    names = [node.name for node in trace.nodes]
    assert names == ["sentences.data", "sentences.batch_sizes", "mul", "data", "batch_sizes"]
    assert trace["packed/0/length"].values.tolist() == [3, 1]


class Attention(nn.Module):
    """Written out, with the same weights as torch's module."""

    def __init__(self, width: int, heads: int) -> None:
        super().__init__()
        self.torchs, self.heads, self.width = (
            nn.MultiheadAttention(width, heads, batch_first=True),
            heads,
            width,
        )

    def forward(self, x: Tensor) -> Tensor:
        q, k, v = F.linear(x, self.torchs.in_proj_weight, self.torchs.in_proj_bias).chunk(3, -1)
        split = [one.unflatten(-1, (self.heads, -1)).transpose(1, 2) for one in (q, k, v)]
        weights = (split[0] @ split[1].mT / math.sqrt(self.width // self.heads)).softmax(-1)
        joined = torch.einsum("bhqk,bhkd->bqhd", weights, split[2]).flatten(2)
        own = F.linear(joined, self.torchs.out_proj.weight, self.torchs.out_proj.bias)
        fused = F.scaled_dot_product_attention(*split)
        return own + 0 * fused.sum() + 0 * self.torchs(x, x, x)[0]


def test_attention_step_by_step_is_torchs_attention():
    net = seeded(lambda: Attention(8, 2))
    x = seeded(lambda: torch.randn(2, 5, 8), 1)
    trace = record(net, x, loss=lambda out: out.square().sum())
    whole, average = net.torchs(x, x, x)
    np.testing.assert_allclose(value(trace, "softmax").mean(1), average.detach(), atol=1e-5)
    np.testing.assert_allclose(value(trace, "torchs", "weights"), average.detach(), atol=1e-5)
    np.testing.assert_allclose(value(trace, "torchs"), whole.detach(), atol=1e-5)
    joined = trace.nodes[named(trace, "einsum")]
    assert trace.node(joined.inputs[0]).operation == "softmax"
    np.testing.assert_allclose(
        value(trace, "scaled_dot_product_attention").sum(), value(trace, "einsum").sum(), rtol=1e-4
    )


@pytest.mark.parametrize("dtype", [torch.bfloat16, torch.float16])
def test_half_precision_becomes_float32(dtype: torch.dtype):
    net = seeded(lambda: nn.Sequential(nn.Linear(4, 3), nn.Tanh(), nn.Linear(3, 2))).to(dtype)
    x = torch.ones(2, 4, dtype=dtype)
    trace = record(net, x, target=torch.tensor([0, 1]), loss="cross_entropy")
    loss = F.cross_entropy(net(x), torch.tensor([0, 1]))
    wanted = torch.autograd.grad(loss, list(net.parameters()))
    assert value(trace, "0").dtype == np.float32
    np.testing.assert_array_equal(value(trace, "0"), net[0](x).detach().float())
    assert texts(trace, "tensor/dtype")[row(trace, "0")] == str(dtype).removeprefix("torch.")
    norms = by_name(trace, "parameter/gradient_norm")
    for (name, _), grad in zip(net.named_parameters(), wanted, strict=True):
        assert norms[name] == pytest.approx(grad.float().norm().item(), rel=1e-3)


Both = namedtuple("Both", "mean spread")


class Variational(nn.Module):
    def __init__(self) -> None:
        super().__init__()
        self.encode, self.decode = nn.Linear(6, 4), nn.Linear(2, 6)
        self.register_buffer("shift", torch.tensor(0.5))

    def forward(self, x: Tensor, *more: Tensor, condition: Tensor, **rest: Any) -> dict[str, Any]:
        mean, spread = self.encode(x + condition + sum(more)).chunk(2, -1)
        z = mean + torch.randn_like(spread) * (spread / 2).exp() + self.shift
        return {"made": self.decode(z), "both": Both(mean, spread), "an odd key": [z, None, "text"]}


def test_several_inputs_and_outputs_have_names():
    net = seeded(Variational)
    x, one, two, condition = (torch.full((3, 6), float(n)) for n in range(4))
    trace = record(
        net, x, one, two, condition=condition, other=torch.ones(2), loss=lambda out: out["made"].mean()
    )
    kinds = texts(trace, "node/kind")
    nodes = [(node.name, kind) for node, kind in zip(trace.nodes, kinds, strict=True)]
    inputs = [name for name, kind in nodes if kind == "input"]
    assert inputs == ["x", "more[0]", "more[1]", "condition", "other"]
    outputs = [name for name, kind in nodes if kind == "output"]
    assert outputs == ["made", "both.mean", "both.spread", "['an odd key'][0]"]
    chunk = trace.nodes[named(trace, "chunk")].id
    assert [node.operation for node in trace.nodes if chunk in node.inputs][:1] == ["randn_like"]
    assert trace["gradient/reached"].values[[row(trace, "chunk", "[0]"), row(trace, "chunk", "[1]")]].all()


class Tied(nn.Module):
    def __init__(self) -> None:
        super().__init__()
        self.embed, self.head = nn.Embedding(7, 3), nn.Linear(3, 7, bias=False)
        self.head.weight = self.embed.weight

    def forward(self, x: Tensor) -> Tensor:
        return self.head(self.embed(x)) + self.embed(x) @ self.embed.weight.T


def test_tied_weights_are_counted_once():
    net = seeded(Tied)
    trace = record(net, torch.tensor([1, 2]), target=torch.tensor([3, 4]), loss="cross_entropy")
    assert trace["parameters/total"].item() == 21
    assert texts(trace, "parameter/also") == ["head.weight"]
    assert sum(texts(trace, "node/parameters")) == 21
    assert trace["node/parameters_again"][named(trace, "T")] == 21
    loss = F.cross_entropy(net(torch.tensor([1, 2])), torch.tensor([3, 4]))
    (wanted,) = torch.autograd.grad(loss, net.embed.weight)
    np.testing.assert_allclose(trace["weight_gradient/0"].values, wanted, atol=1e-6)


class Transforms(nn.Module):
    def __init__(self) -> None:
        super().__init__()
        self.fc = nn.Linear(3, 3)

    def forward(self, x: Tensor) -> Tensor:
        y = self.fc(x)
        rows = torch.func.vmap(lambda one: torch.sin(one) * 2)(y)
        slopes = torch.func.grad(lambda one: (one**2).sum())(y)
        return (rows + slopes).sum()


def test_torch_func_is_a_closed_block_between_its_neighbours():
    net = seeded(Transforms)
    x = torch.ones(2, 3)
    trace = record(net, x)
    closed = [place for place, kind in enumerate(texts(trace, "node/kind")) if kind == "closed"]
    assert [trace.nodes[one].operation for one in closed] == ["torch.func.vmap", "torch.func.grad"]
    fc = trace.nodes[named(trace, "fc")].id
    assert [trace.nodes[one].inputs for one in closed] == [(fc,), (fc,)]
    assert set(trace.nodes[named(trace, "add")].inputs) == {trace.nodes[one].id for one in closed}
    (wanted,) = torch.autograd.grad(net(x), net.fc.bias)
    bias = texts(trace, "parameter/name").index("fc.bias")
    np.testing.assert_allclose(trace[f"weight_gradient/{bias}"].values, wanted, atol=1e-5)


@torch.compiler.disable
def untouched(x: Tensor) -> Tensor:
    return x * 3


def test_whole_numbers_complex_numbers_and_many_dimensions():
    class Mixed(nn.Module):
        def forward(self, x: Tensor) -> Any:
            spectrum = torch.fft.fft(x)
            deep = untouched(x).reshape(*[1] * 9, 4)
            return spectrum, deep, x.argmax(), x > 1

    trace = record(Mixed(), torch.arange(4.0))
    assert value(trace, "fft_fft").shape == (4, 2)
    assert value(trace, "argmax").dtype == np.int64
    assert value(trace, "gt").dtype == np.bool_
    assert texts(trace, "tensor/shape")[row(trace, "reshape")] == "(1, 1, 1, 1, 1, 1, 1, 1, 1, 4)"


@pytest.mark.parametrize(
    ("loss", "target", "own"),
    [
        ("mse", [[1.0], [0.0]], F.mse_loss),
        ("l1", torch.tensor([1, 0]), F.l1_loss),
        ("bce", torch.tensor([[1.0], [0.0]]), F.binary_cross_entropy_with_logits),
    ],
)
def test_losses_by_name(loss: str, target: Any, own: Any):
    net = seeded(lambda: nn.Linear(3, 1))
    x = seeded(lambda: torch.randn(2, 3), 1)
    trace = record(net, x, target=target, loss=loss)
    wanted = own(net(x), torch.tensor([[1.0], [0.0]]))
    assert trace["loss/value"].item() == pytest.approx(wanted.item(), rel=1e-5)
    assert trace["node/stage"][len(trace.nodes) - 1] == "loss"
    assert trace.nodes[-1].inputs == (
        trace.nodes[named(trace, "Linear")].id,
        trace.nodes[named(trace, "target")].id,
    )


def test_bce_after_a_sigmoid_is_of_probabilities():
    net = seeded(lambda: nn.Sequential(nn.Linear(3, 1), nn.Sigmoid()))
    x = torch.ones(1, 3)
    trace = record(net, x, target=[[1.0]], loss="bce")
    assert trace.nodes[-1].operation == "binary_cross_entropy"
    assert trace["loss/value"].item() == pytest.approx(-net(x).log().item(), rel=1e-5)


def test_a_loss_module_is_a_node_of_the_loss():
    net = seeded(lambda: nn.Linear(3, 2))
    trace = record(net, torch.ones(1, 3), target=torch.tensor([1]), loss=nn.CrossEntropyLoss())
    assert operations(trace) == ["Linear", "CrossEntropyLoss"]
    assert trace["loss/name"].item() == "CrossEntropyLoss"


def test_a_target_goes_to_a_forward_that_asks_for_one():
    class Asks(nn.Module):
        def __init__(self) -> None:
            super().__init__()
            self.fc = nn.Linear(2, 1)

        def forward(self, x: Tensor, target: Tensor) -> Tensor:
            return F.mse_loss(self.fc(x), target)

    trace = record(Asks(), torch.ones(1, 2), target=torch.ones(1, 1))
    assert trace.flags["backward"]


def test_a_backward_pass_in_the_forward_is_not_the_one_that_is_recorded():
    class Penalty(nn.Module):
        def __init__(self) -> None:
            super().__init__()
            self.fc = nn.Linear(3, 3)

        def forward(self, x: Tensor) -> Tensor:
            y = self.fc(x)
            (slope,) = torch.autograd.grad(y.square().sum(), y, create_graph=True)
            return y.sum() + slope.square().sum()

    net = seeded(Penalty)
    trace = record(net, torch.ones(2, 3))
    y = net.fc(torch.ones(2, 3)).detach()
    np.testing.assert_allclose(gradient(trace, "fc"), 1 + 8 * y, atol=1e-5)
    assert trace["parameters/total"].item() == 12


@pytest.mark.filterwarnings("ignore:.*torch.jit.*:DeprecationWarning")
@pytest.mark.filterwarnings(
    "ignore:The .grad attribute of a Tensor:UserWarning"
)  # torch's compiler looks at it
def test_a_scripted_model_and_a_compiled_function():
    net = torch.jit.script(seeded(lambda: nn.Sequential(nn.Linear(2, 3), nn.ReLU())))
    trace = record(net, torch.ones(1, 2), loss=lambda out: out.sum())
    assert operations(trace) == ["Sequential", "sum"]
    assert trace["node/parameters"][1] == 9

    class Calls(nn.Module):
        def __init__(self) -> None:
            super().__init__()
            self.fc, self.fast = nn.Linear(2, 2), torch.compile(lambda x: torch.relu(x) * 2, backend="eager")

        def forward(self, x: Tensor) -> Tensor:
            return self.fast(self.fc(x)).sum()

    net = seeded(Calls)
    net(torch.ones(1, 2))
    assert operations(record(net, torch.ones(1, 2))) == ["Linear", "relu", "mul", "sum"]


@pytest.mark.filterwarnings("ignore:.*torch.jit.*:DeprecationWarning")
def test_a_scripted_function_is_found_by_autograds_graph():
    def twice(x: Tensor) -> Tensor:
        return torch.relu(x) * 2

    class Calls(nn.Module):
        def __init__(self) -> None:
            super().__init__()
            self.fc, self.fast = nn.Linear(2, 2), torch.jit.script(twice)

        def forward(self, x: Tensor) -> Tensor:
            return self.fast(self.fc(x)).sum()

    trace = record(seeded(Calls), torch.ones(1, 2))
    kinds = texts(trace, "node/kind")
    closed = kinds.index("closed")
    assert trace["node/closed"][closed] == "unseen"
    assert trace.nodes[closed].inputs == (trace.nodes[named(trace, "fc")].id,)
    assert trace.nodes[named(trace, "sum")].inputs == (trace.nodes[closed].id,)


def test_a_sparse_gradient_of_a_computed_table():
    class Scaled(nn.Module):
        def __init__(self) -> None:
            super().__init__()
            self.table = nn.Parameter(torch.ones(50, 2))

        def forward(self, x: Tensor) -> Tensor:
            return F.embedding(x, self.table.clone(), sparse=True).sum()

    trace = record(Scaled(), torch.tensor([3, 3, 4]))
    assert trace["gradient/norm"][row(trace, "clone")] == pytest.approx(math.sqrt(10))


@pytest.mark.skipif(not torch.cuda.is_available(), reason="there is no GPU")
def test_a_model_on_a_gpu_is_as_on_the_cpu():
    net = seeded(lambda: nn.Sequential(nn.Linear(64, 512), nn.ReLU(), nn.Linear(512, 4)))
    x = seeded(lambda: torch.randn(64, 64), 1)
    here = record(net, x, target=torch.zeros(64, dtype=torch.long), loss="cross_entropy")
    there = record(net.cuda(), x.cuda(), target=torch.zeros(64, dtype=torch.long), loss="cross_entropy")
    assert there.environment["device"].startswith("cuda")
    for name in ("forward/mean", "forward/norm", "forward/zeros", "gradient/norm"):
        np.testing.assert_allclose(there[name].values, here[name].values, rtol=1e-3, atol=1e-5)
