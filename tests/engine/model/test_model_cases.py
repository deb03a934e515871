"""Models that broke other tools, each with what is right: counted by hand, or by a bare run."""

import numpy as np
import pytest
import torch
from torch import nn

from engine.errors import InputError
from engine.model.record import record
from tests.engine.model import models
from tests.engine.model.models import by_name, gradient, named, operations, row, seeded, texts, value


def test_what_an_in_place_relu_overwrites_is_kept():
    net = seeded(models.InPlace)
    x = seeded(lambda: torch.randn(1, 1, 5, 5), 1)
    trace = record(net, x)
    assert value(trace, "conv").min() == pytest.approx(-1.1903, abs=1e-4)
    assert value(trace, "act").min() == 0
    assert operations(trace) == ["Conv2d", "ReLU", "reshape", "mul", "add_", "mean"]
    assert [texts(trace, "node/in_place")[named(trace, one)] for one in ("conv", "act", "add_")] == [
        False,
        True,
        True,
    ]
    assert trace.nodes[named(trace, "mean")].inputs == (trace.nodes[named(trace, "add_")].id,)
    assert by_name(trace, "parameter/gradient_norm")["conv.weight"] == pytest.approx(0.6546, abs=1e-4)
    assert trace["loss/name"].item() == "output"


def test_a_packed_lstm_is_opened_sentence_by_sentence():
    net = seeded(models.Packed)
    tokens, lengths = torch.tensor([[1, 2, 0, 0], [3, 4, 5, 6]]), torch.tensor([2, 4])
    trace = record(net, tokens, lengths, target=torch.tensor([0, 1]), loss="cross_entropy")
    rows = row(trace, "lstm", "output.data")
    assert trace[f"packed/{rows}/length"].values.tolist() == [2, 4]
    sentence, step = (trace[f"packed/{rows}/{one}"].values for one in ("sentence", "step"))
    padded, _ = nn.utils.rnn.pad_packed_sequence(
        net.lstm(nn.utils.rnn.pack_padded_sequence(net.embed(tokens), lengths, True, False))[0], True
    )
    np.testing.assert_allclose(
        trace[f"value/{rows}"].values, padded.detach().numpy()[sentence, step], atol=1e-6
    )
    assert texts(trace, "tensor/shape")[row(trace, "lstm", "h")] == "(2, 2, 3)"
    assert trace["gradient/reached"].values[rows]


def test_a_layer_called_four_times_has_four_sets_of_values_and_is_counted_once():
    net = seeded(models.FourTimes)
    x = seeded(lambda: torch.randn(2, 4), 1)
    sums: list[float] = []
    hook = net.step.register_forward_hook(lambda module, args, out: sums.append(out.sum().item()))
    net(x).backward()
    hook.remove()
    trace = record(net, x)
    calls = [place for place, node in enumerate(trace.nodes) if node.operation == "Linear"]
    recorded = [trace[f"value/{trace['node/tensor'][one]}"].values.sum() for one in calls]
    np.testing.assert_allclose(recorded, sums, rtol=1e-5)
    assert trace["parameters/total"].item() == 20
    assert [trace["node/parameters"][one] for one in calls] == [20, 0, 0, 0]
    assert [trace["node/parameters_again"][one] for one in calls] == [0, 20, 20, 20]
    norm = by_name(trace, "parameter/gradient_norm")["step.weight"]
    assert norm == pytest.approx(net.step.weight.grad.norm().item(), rel=1e-5)
    numbers = [
        n
        for module, n in zip(texts(trace, "call/module"), texts(trace, "call/number"), strict=True)
        if module == 1
    ]
    assert numbers == [1, 2, 3, 4]


@pytest.mark.filterwarnings(
    "ignore:The PyTorch API of nested tensors:UserWarning"
)  # of the bare run, which is fused
def test_a_fused_encoder_is_recorded_layer_by_layer():
    net = seeded(models.Encoder).eval()
    x = seeded(lambda: torch.randn(2, 5, 8), 1)
    pad = torch.tensor([[False] * 5, [False] * 3 + [True] * 2])
    with torch.no_grad():
        bare = net(x, pad)
        trace = record(net, x, pad)
    assert torch.backends.mha.get_fastpath_enabled()
    assert len(trace["call/module"]) == 21
    for layer in ("self_attn", "linear1", "linear2", "norm1", "norm2"):
        named(trace, f"encoder.layers.1.{layer}")
    np.testing.assert_allclose(value(trace, "head"), bare, atol=1e-6)
    assert trace["node/parameters"][named(trace, "encoder.layers.0.self_attn")] == 288
    assert by_name(trace, "parameter/elements")["encoder.layers.0.self_attn.out_proj.weight"] == 64
    assert trace["parameters/total"].item() == sum(one.numel() for one in net.parameters())
    assert trace["module/repeat"][texts(trace, "module/name").index("encoder.layers.1")] == 2


def test_a_dataclass_is_opened_and_its_loss_is_the_loss():
    net = seeded(models.Structured)
    trace = record(net, x=torch.ones(2, 4), labels=torch.tensor([0, 2]))
    outputs = [
        node.name
        for node, kind in zip(trace.nodes, texts(trace, "node/kind"), strict=True)
        if kind == "output"
    ]
    assert outputs == ["loss", "logits", "hidden.first", "hidden.second", "extra[0]"]
    assert trace.flags["backward"]
    bare = seeded(models.Structured)(torch.ones(2, 4), torch.tensor([0, 2]))
    assert trace["loss/value"].item() == pytest.approx(bare.loss.item(), rel=1e-5)
    (hidden,) = torch.autograd.grad(bare.loss, bare.hidden["second"])
    np.testing.assert_allclose(gradient(trace, "mul"), hidden, atol=1e-6)


def test_a_list_is_not_spread_over_the_arguments():
    xs = [torch.tensor([1.0, 2.0]), torch.tensor([3.0, 4.0, 5.0]), torch.tensor([6.0])]
    trace = record(seeded(models.Listed), xs, scale=0.5)
    inputs = [
        node.name
        for node, kind in zip(trace.nodes, texts(trace, "node/kind"), strict=True)
        if kind == "input"
    ]
    assert inputs == ["xs[0]", "xs[1]", "xs[2]"]
    assert trace.nodes[-1].output_shape == (6,)
    assert trace.nodes[named(trace, "cat")].input_shapes == ((2,), (3,), (1,))
    assert not trace.flags["backward"]
    assert "no scalar" in trace["loss/reason"].item()


def test_a_lazy_model_is_counted_once_it_has_run_and_stays_lazy():
    net = models.Lazy()
    trace = record(net, seeded(lambda: torch.randn(2, 3, 13, 9), 1))
    assert trace["parameters/total"].item() == 224 + 4 + 330
    assert operations(trace)[0] == "Conv2d"
    assert isinstance(net.scale, nn.UninitializedParameter)
    assert isinstance(net.conv, nn.LazyConv2d)


def test_a_computed_weight_is_kept_and_power_iteration_is_undone():
    net = seeded(models.Parametrized).train()
    before = {name: one.clone() for name, one in net.state_dict().items()}
    trace = record(net, torch.ones(1, 3), loss=lambda out: out.sum())
    assert all(torch.equal(one, before[name]) for name, one in net.state_dict().items())
    assert trace["parameters/total"].item() == 16
    assert texts(trace, "computed/name") == ["fc.weight", "out.weight"]
    np.testing.assert_allclose(trace["computed/0"].values, net.fc.weight.detach(), rtol=1e-5)
    assert [trace.nodes[named(trace, one)].operation for one in ("fc", "out")] == ["Linear", "Linear"]
    assert "fc.parametrizations.weight.original0" in by_name(trace, "parameter/name")


def test_a_custom_function_is_one_closed_node_with_its_own_gradient():
    net = seeded(models.StraightThrough)
    x = torch.tensor([[0.3, 0.9]], requires_grad=True)
    trace = record(net, x)
    assert operations(trace) == ["Linear", "Round", "Round", "mul", "sum"]
    rounds = [place for place, node in enumerate(trace.nodes) if node.operation == "Round"]
    assert all(trace["node/kind"][one] == "closed" and trace["node/own_gradient"][one] for one in rounds)
    np.testing.assert_allclose(
        trace[f"weight_gradient/{texts(trace, 'parameter/name').index('fc.bias')}"].values, [0.5, 1.0]
    )
    net(x).backward()
    np.testing.assert_allclose(gradient(trace, "x", "x"), x.grad, atol=1e-6)


def test_frozen_layers_let_gradients_through_and_two_losses_are_asked_about():
    net = seeded(models.Frozen)
    x = seeded(lambda: torch.randn(2, 4), 1)
    given = (x, torch.tensor([0, 2]), torch.tensor([30.0, 41.0]))
    with pytest.raises(InputError, match=r"2 scalars \(\[0\], \[1\]\).*sum them, or choose one"):
        record(net, *given)
    trace = record(net, *given, loss=lambda losses: losses[0] + losses[1])
    assert (trace["parameters/total"].item(), trace["parameters/trained"].item()) == (104, 28)
    assert trace["node/frozen"][named(trace, "backbone.0")]
    assert not trace["node/frozen"][named(trace, "norm")]
    reached, norms = by_name(trace, "parameter/reached"), by_name(trace, "parameter/gradient_norm")
    assert not reached["backbone.0.weight"]
    assert norms["norm.weight"] == pytest.approx(0.1041, abs=1e-4)
    assert trace["gradient/reached"].values[row(trace, "backbone.0")]


def test_hooks_of_the_user_run_once_and_stay():
    net = seeded(models.Hooked)
    bare = seeded(models.Hooked)
    bare(torch.ones(1, 2)).backward()
    trace = record(net, torch.ones(1, 2))
    with torch.no_grad():
        np.testing.assert_allclose(
            value(trace, "fc"), 10 * nn.functional.linear(torch.ones(1, 2), net.fc.weight, net.fc.bias)
        )
    assert (net.runs, len(net.fc._forward_hooks), len(net._forward_pre_hooks)) == (1, 1, 1)
    assert net.seen == pytest.approx(bare.seen)


@pytest.mark.filterwarnings("ignore:.*torch.jit.script.*:DeprecationWarning")
def test_a_scripted_part_is_one_closed_block():
    class Inside(nn.Module):
        def __init__(self) -> None:
            super().__init__()
            self.fc = nn.Linear(4, 4)

        def forward(self, x: torch.Tensor) -> torch.Tensor:
            return torch.relu(self.fc(x)) + x

    net = nn.Sequential(nn.Linear(2, 4), torch.jit.script(seeded(Inside)), nn.Linear(4, 1))
    trace = record(net, torch.ones(3, 2), loss=lambda out: out.sum())
    assert operations(trace) == ["Linear", "Inside", "Linear", "sum"]
    assert trace["node/stage"][named(trace, "sum")] == "loss"
    middle = named(trace, "1")
    assert (trace["node/kind"][middle], trace["node/closed"][middle]) == ("closed", "scripted")
    assert trace["node/parameters"][middle] == 20
    assert by_name(trace, "parameter/reached")["1.fc.weight"]
    assert trace["gradient/reached"].values[row(trace, "1")]


def test_a_compiled_model_is_recorded_underneath():
    compiled = torch.compile(seeded(models.Plain), backend="eager")
    bare = compiled(torch.ones(3, 4))
    trace = record(compiled, torch.ones(3, 4))
    assert operations(trace) == ["Linear", "GELU", "Linear"]
    assert not any(
        "_orig_mod" in name for name in (*texts(trace, "module/name"), *texts(trace, "parameter/name"))
    )
    np.testing.assert_allclose(value(trace, "layers.2"), bare.detach(), atol=1e-6)
    outer = nn.Sequential(compiled, nn.ReLU())
    trace = record(outer, torch.ones(3, 4))
    assert operations(trace) == ["Linear", "GELU", "Linear", "ReLU"]
    assert texts(trace, "parameter/name")[0] == "0.layers.0.weight"


def test_a_sparse_gradient_stays_sparse():
    net = seeded(models.Bag)
    given = (torch.tensor([5, 7, 5, 9]), torch.tensor([0, 3]))
    trace = record(net, *given, target=torch.tensor([0, 1]), loss="cross_entropy")
    nn.functional.cross_entropy(net(*given), torch.tensor([0, 1])).backward()
    grad = net.words.weight.grad.to_dense()
    assert by_name(trace, "parameter/gradient_norm")["words.weight"] == pytest.approx(
        grad.norm().item(), rel=1e-5
    )
    assert by_name(trace, "parameter/rows")["words.weight"] == 3
    rows = trace["weight_rows/0"].values
    assert rows.tolist() == [5, 7, 9]
    np.testing.assert_allclose(trace["weight_gradient/0"].values, grad.numpy()[rows], atol=1e-7)


def test_two_hundred_blocks_half_of_them_in_each_other():
    trace = record(seeded(models.Deep), torch.ones(2, 8))
    names, classes = texts(trace, "module/name"), texts(trace, "module/class")
    assert max(name.count(".") for name in names) + 1 == 103
    blocks = [place for place, one in enumerate(classes) if one == "Block"]
    assert len(blocks) == 200
    assert {trace["module/alike"][one] for one in blocks} == {200}
    assert trace["module/repeat"][names.index("flat.17")] == 100
    assert trace["module/block"][names.index("flat.17")] == names.index("flat.0")
    calls = [place for place, module in enumerate(texts(trace, "call/module")) if module in set(blocks)]
    assert len(calls) == 200
    assert trace["call/gradient_reached"].values[calls].all()
    assert (trace["call/gradient_norm"].values[calls] > 0).all()


def test_volumes_with_skips():
    net = seeded(models.Volumes)
    x = seeded(lambda: torch.randn(1, 1, 7, 10, 6), 1)
    trace = record(net, x, loss=lambda out: out.square().mean())
    joined = [node for node in trace.nodes if node.operation == "cat"]
    assert [node.output_shape for node in joined] == [(1, 16, 3, 5, 3), (1, 8, 6, 10, 6)]
    assert trace.nodes[named(trace, "up2")].output_shape == (1, 8, 5, 7, 5)
    crop = trace.node(joined[1].inputs[0])
    assert crop.inputs == (trace.nodes[named(trace, "down1.2")].id,)
    (skips,) = {sum(node.inputs.count(crop.inputs[0]) for node in trace.nodes)}
    assert skips == 2


def test_a_meta_model_is_refused_in_a_sentence():
    with torch.device("meta"):
        net = nn.Sequential(nn.Linear(4, 8), nn.ReLU())
    with pytest.raises(InputError, match=r"meta device.*CPU.*weights"):
        record(net, torch.ones(3, 4, device="meta"))
