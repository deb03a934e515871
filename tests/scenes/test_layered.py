"""Where the blocks of a map stand: if these failed, they would cover each other, leave the box or be run over."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scenes.parts.nets.call_blocks import folded
from scenes.parts.nets.layered import Edge, Layered, layered
from scenes.parts.room.box import Box
from tests.scenes.own_models import MODELS, OTHERS, trace_of

ROOM = Box(-6.5, 0.6, -2.4, 2.8)
SLACK = 1e-6


@st.composite
def graphs(draw: st.DrawFn) -> tuple[int, list[Edge]]:
    """A chain of up to 15 nodes with whatever else leads on, and now and then a gap in it."""
    count = draw(st.integers(1, 15))
    pairs = [(a, b) for a in range(count) for b in range(a + 1, count)]
    more = draw(st.lists(st.sampled_from(pairs), max_size=12)) if pairs else []
    chain = [(i, i + 1) for i in range(count - 1) if draw(st.integers(0, 5))]
    return count, [*chain, *more]


def apart(one: Box, other: Box) -> bool:
    across = one.right <= other.left + SLACK or other.right <= one.left + SLACK
    return across or one.top <= other.bottom + SLACK or other.top <= one.bottom + SLACK


def inside(x: float, y: float, box: Box, slack: float = SLACK) -> bool:
    return box.left - slack <= x <= box.right + slack and box.bottom - slack <= y <= box.top + slack


@given(graphs())
def test_blocks_never_overlap_and_stay_in_the_box(graph: tuple[int, list[Edge]]) -> None:
    count, edges = graph
    found = layered(count, edges, ROOM)
    assert len(found.boxes) == count
    for one, other in itertools.combinations(found.boxes, 2):
        assert apart(one, other)
    for box in found.boxes:
        assert inside(box.left, box.bottom, ROOM)
        assert inside(box.right, box.top, ROOM)
        assert box.width > 0.2
        assert box.height > 0.2


@given(graphs())
def test_a_route_leads_from_block_to_block_inside_the_box(graph: tuple[int, list[Edge]]) -> None:
    count, edges = graph
    found = layered(count, edges, ROOM)
    assert set(found.routes) == set(edges)
    for (source, target), route in found.routes.items():
        assert inside(*route[0], found.boxes[source])
        assert inside(*route[-1], found.boxes[target])
        assert all(inside(x, y, ROOM, 1e-3) for x, y in route)


def crossed(found: Layered, edge: Edge) -> list[int]:
    """Blocks, but for its own, that a route passes over."""
    hit = []
    for number, box in enumerate(found.boxes):
        inner = box.without(left=0.01, right=0.01, bottom=0.01, top=0.01)
        for (x0, y0), (x1, y1) in itertools.pairwise(found.routes[edge]):
            beside = max(x0, x1) < inner.left or min(x0, x1) > inner.right
            off = max(y0, y1) < inner.bottom or min(y0, y1) > inner.top
            if number not in edge and not beside and not off:
                hit.append(number)
    return hit


@pytest.mark.parametrize("count", [3, 5, 9, 15])
def test_skips_of_a_chain_run_beside_its_blocks(count: int) -> None:
    skips = [(i, min(i + 3, count - 1)) for i in range(count - 2)]
    edges = [*((i, i + 1) for i in range(count - 1)), *skips]
    found = layered(count, edges, ROOM)
    assert [crossed(found, edge) for edge in found.routes] == [[]] * len(found.routes)


@pytest.mark.parametrize("name", [name for name in [*MODELS, *OTHERS] if name != "vae"])
def test_no_wire_of_a_model_runs_over_a_block(name: str) -> None:
    """But in a VAE, whose two heads both lead to the sample and to the loss: those pass behind each other."""
    blocks = folded(trace_of(name))
    edges = [(link.source, link.target) for link in blocks.links]
    found = layered(len(blocks.blocks), edges, ROOM)
    assert [edge for edge in found.routes if crossed(found, edge)] == []


def test_a_long_chain_goes_down_and_up_again() -> None:
    found = layered(14, [(i, i + 1) for i in range(13)], ROOM)
    assert found.up == [False] * 7 + [True] * 7
    assert found.boxes[6].centre[1] == pytest.approx(found.boxes[7].centre[1])
    assert found.boxes[0].centre[1] == pytest.approx(found.boxes[13].centre[1])


def test_what_is_handed_in_late_stands_where_it_is_used() -> None:
    edges = [(0, 2), (2, 3), (3, 4), (1, 4)]
    found = layered(5, edges, ROOM)
    assert found.boxes[1].centre[1] == pytest.approx(found.boxes[3].centre[1])


@given(graphs())
def test_the_same_graph_is_always_laid_out_alike(graph: tuple[int, list[Edge]]) -> None:
    """A film is drawn in parts by several processes: each must come to the same places."""
    count, edges = graph
    made = [layered(count, edges, ROOM)]
    held = [object() for _ in range(997)]  # other addresses for what is made next
    made.append(layered(count, edges, ROOM))
    assert made[0] == made[1]
    del held
