"""How a recorded model is folded to blocks: if these failed, a map would show other ways than the model takes."""

from __future__ import annotations

import pytest
import torch
from torch import Tensor, nn

from engine.model.record import record
from engine.trace import Trace
from scenes.parts.nets.call_blocks import INSIDE_MOST, MOST, Folded, folded, inside
from tests.scenes.own_models import MODELS, OTHERS, trace_of

EACH = pytest.mark.parametrize("name", [*MODELS, *OTHERS])


def names(trace: Trace, found: Folded) -> list[str]:
    """Each block by its module's name, its function's or its kind."""
    modules, operations = trace["module/name"].values, trace["node/operation"].values
    return [str(modules[one.module] if one.module >= 0 else operations[one.node]) for one in found.blocks]


def linked(trace: Trace, found: Folded) -> set[tuple[str, str]]:
    """Blocks that hand something on, by their names."""
    called = names(trace, found)
    return {(called[link.source], called[link.target]) for link in found.links}


@EACH
def test_every_node_is_in_one_block_and_blocks_only_lead_on(name: str) -> None:
    trace = trace_of(name)
    found = folded(trace)
    inside = [node for one in found.blocks for node in range(one.first, one.last)]
    assert inside == list(range(len(trace.nodes)))
    assert all(link.source < link.target for link in found.links)
    assert len(found.blocks) <= MOST + 1  # the loss stands beside the output


@EACH
@pytest.mark.parametrize("most", [4, 7, 40])
def test_links_are_the_edges_of_the_run(name: str, most: int) -> None:
    trace = trace_of(name)
    found = folded(trace, most)
    assert len(found.blocks) <= most + 1
    where = {node: i for i, one in enumerate(found.blocks) for node in range(one.first, one.last)}
    edges = zip(trace["edge/source"].values.tolist(), trace["edge/target"].values.tolist(), strict=True)
    wanted = {(where[a], where[b]) for a, b in edges if where[a] != where[b]}
    assert {(link.source, link.target) for link in found.links} == wanted
    for link in found.links:
        assert where[int(trace["tensor/node"][link.tensor])] == link.source


def test_a_small_net_is_shown_call_by_call() -> None:
    trace = trace_of("lenet")
    found = folded(trace)
    layers = [
        "conv1",
        "relu",
        "pool",
        "conv2",
        "relu",
        "pool",
        "flatten",
        "fc1",
        "relu",
        "fc2",
        "relu",
        "fc3",
    ]
    assert names(trace, found)[1:-2] == layers
    assert not found.hidden


def test_skips_of_a_u_net_stay() -> None:
    trace = trace_of("unet")
    assert {("down1", "cat"), ("down2", "cat")} <= linked(trace, folded(trace))


def test_a_residual_block_keeps_both_its_ways() -> None:
    trace = trace_of("small_residual")
    wanted = {("stem", "block.conv1"), ("stem", "block.down"), ("block.down", "add"), ("block.bn2", "add")}
    assert wanted <= linked(trace, folded(trace))


class Layer(nn.Module):
    def __init__(self) -> None:
        super().__init__()
        self.norm, self.inner = nn.LayerNorm(8), nn.Linear(8, 8)

    def forward(self, x: Tensor) -> Tensor:
        return x + self.inner(self.norm(x))


def test_alike_neighbours_become_one_where_there_are_too_many() -> None:
    torch.manual_seed(0)
    model = nn.Sequential(nn.Linear(4, 8), nn.Sequential(*(Layer() for _ in range(40))), nn.Linear(8, 2))
    trace = record(model, torch.randn(1, 4))
    found = folded(trace)
    (block,) = [one for one in found.blocks if one.repeat > 1]
    assert block.repeat == int(trace["module/repeat"][block.module]) == 40
    assert found.hidden


def test_heads_beside_each_other_are_no_chain() -> None:
    trace = trace_of("vae")
    called = names(trace, folded(trace))
    assert {"mu", "log_var"} <= set(called)


def test_of_an_lstm_the_part_that_is_used_is_shown() -> None:
    trace = trace_of("lstm")
    found = folded(trace)
    block = names(trace, found).index("lstm")
    assert trace["tensor/shape"][found.tensor(trace, block)] == "(1, 1, 12)"


def test_two_hundred_layers_become_few_blocks() -> None:
    trace = trace_of("deep")
    found = folded(trace)
    assert len(trace.nodes) > 200
    assert len(found.blocks) <= MOST + 1
    assert found.hidden


@EACH
def test_a_block_opens_into_what_happened_in_it(name: str) -> None:
    trace = trace_of(name)
    for one in folded(trace).blocks:
        found = inside(trace, one)
        if found is None:
            continue
        entry, *parts = found.blocks
        nodes = [node for part in parts for node in range(part.first, part.last)]
        last = int(trace["call/last"][one.call])
        assert entry.kind == "entry"
        assert nodes == list(range(one.first, last))
        assert 2 <= len(parts) <= INSIDE_MOST
        assert all(link.source < link.target for link in found.links)
        assert found.links[0].source == 0


def test_a_skip_inside_a_block_comes_from_what_goes_in() -> None:
    trace = trace_of("residual")
    found = folded(trace)
    block = found.blocks[names(trace, found).index("layer1.0")]
    opened = inside(trace, block)
    assert opened is not None
    shown = names(trace, opened)
    wanted = {(0, shown.index("layer1.0.conv1")), (0, shown.index("layer1.0.down"))}
    assert wanted <= {(link.source, link.target) for link in opened.links}
    assert "add" in shown


def test_one_step_does_not_open() -> None:
    trace = trace_of("lenet")
    assert [inside(trace, one) for one in folded(trace).blocks] == [None] * len(folded(trace).blocks)
