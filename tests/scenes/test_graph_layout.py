"""A user's own formula as a graph: if these failed, nodes would cover each other, leave the frame or point back."""

import itertools

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from engine.errors import InputError
from engine.formula.grammar import parse
from scenes.parts.nets.graph import (
    LEAF_ROOM,
    OP_ROOM,
    SHRINK_MIN,
    Face,
    Layout,
    OperationGraph,
    Wire,
    lay_out,
)
from scenes.parts.room.box import Box
from scenes.parts.text.typeset import Typeset, math
from scenes.stage.style import LOOKS, SAFE_X, SAFE_Y
from tests.scenes.test_expression import FORMULAS, nodes

LOOK = LOOKS["dark"]
BOX = Box(-6.2, 6.2, -1.5, 2.8)
SLACK = 1e-6


def wires_of(text: str) -> list[Wire]:
    operations = nodes(parse(text)[1])
    return [Wire(s, t, slot) for t, op in enumerate(operations) for slot, s in enumerate(op.inputs)]


@st.composite
def graphs(draw: st.DrawFn) -> tuple[dict[int, Face], list[Wire]]:
    """A random formula of up to 12 operations whose nodes carry texts of random width."""
    text = draw(FORMULAS)
    operations = nodes(parse(text)[1])
    assume(sum(bool(op.inputs) for op in operations) <= 12)
    width = st.floats(0.2, 1.6)
    faces = {}
    for i, op in enumerate(operations):
        left, right = draw(width), draw(width)
        faces[i] = Face(left, right) if op.inputs else Face(left, left, 2 * left)
    return faces, wires_of(text)


def lay_out_or_skip(graph: tuple[dict[int, Face], list[Wire]]) -> Layout:
    try:
        return lay_out(*graph, BOX)
    except InputError:  # what it says is tested below
        assume(False)
        raise


def boxes(faces: dict[int, Face], layout: Layout) -> dict[int, tuple[float, float, float, float]]:
    """Left, right, bottom and top of the room that each node takes."""
    out = {}
    for i, face in faces.items():
        (x, y, _), s = layout.places[i], layout.scale
        half = (LEAF_ROOM if face.leaf else OP_ROOM) / 2 * s
        out[i] = (x - face.left * s, x + face.right * s, y - half, y + half)
    return out


@given(graphs())
@settings(max_examples=150, deadline=None)
def test_nodes_do_not_overlap(graph: tuple[dict[int, Face], list[Wire]]):
    layout = lay_out_or_skip(graph)
    for (_, one), (_, other) in itertools.combinations(boxes(graph[0], layout).items(), 2):
        beside = one[1] <= other[0] + SLACK or other[1] <= one[0] + SLACK
        above = one[3] <= other[2] + SLACK or other[3] <= one[2] + SLACK
        assert beside or above


@given(graphs())
@settings(max_examples=150, deadline=None)
def test_nodes_stay_in_the_box(graph: tuple[dict[int, Face], list[Wire]]):
    for left, right, bottom, top in boxes(graph[0], lay_out_or_skip(graph)).values():
        assert BOX.left - SLACK <= left < right <= BOX.right + SLACK
        assert BOX.bottom - SLACK <= bottom < top <= BOX.top + SLACK


@given(graphs())
@settings(max_examples=150, deadline=None)
def test_inputs_stand_left_of_what_uses_them(graph: tuple[dict[int, Face], list[Wire]]):
    layout = lay_out_or_skip(graph)
    places = boxes(graph[0], layout)
    for wire in graph[1]:
        assert places[wire.source][1] <= places[wire.target][0] + SLACK


@given(graphs())
@settings(max_examples=150, deadline=None)
def test_every_wire_has_a_route_within_the_safe_margin(graph: tuple[dict[int, Face], list[Wire]]):
    layout = lay_out_or_skip(graph)
    assert set(layout.routes) == set(graph[1])
    for route in layout.routes.values():
        points = np.array(route)
        assert abs(points[:, 0]).max() <= SAFE_X
        assert abs(points[:, 1]).max() <= SAFE_Y


@given(graphs())
@settings(max_examples=60, deadline=None)
def test_texts_stay_large_enough(graph: tuple[dict[int, Face], list[Wire]]):
    assert lay_out_or_skip(graph).scale >= SHRINK_MIN


def test_the_same_graph_is_laid_out_the_same_way():
    wires = wires_of("(a*b + c)*(a - exp(b))")
    faces = {
        i: Face(0.4, 0.4, 0.8 if i in (0, 1, 3) else 0)
        for i in {w.source for w in wires} | {w.target for w in wires}
    }
    one, other = (lay_out(faces, wires, BOX) for _ in range(2))
    assert all(np.array_equal(one.places[i], other.places[i]) for i in faces)


def test_a_graph_beyond_reading_is_refused_with_advice():
    wires = wires_of(" + ".join("abcdefghijklmnopqrstuvwxyz"))
    targets = {wire.target for wire in wires}
    faces = {i: Face(0.5, 0.5, 0 if i in targets else 1.0) for i in targets | {wire.source for wire in wires}}
    with pytest.raises(InputError, match="Shorten the expression"):
        lay_out(faces, wires, BOX)


def drawn(text: str) -> OperationGraph:
    operations, wires = nodes(parse(text)[1]), wires_of(text)
    faces = {i: Face(0.6, 0.6, 0.0 if op.inputs else 1.0) for i, op in enumerate(operations)}
    layout = lay_out(faces, wires, BOX)

    def symbol(i: int) -> Typeset:
        return math(operations[i].name or "x", LOOK, 30)

    return OperationGraph(LOOK, layout, faces, symbol, lambda i: "muted")


def test_two_wires_between_the_same_nodes_part():
    """a*a has two inputs, and each must be seen."""
    graph = drawn("a*a")
    first, second = graph.wires[Wire(0, 1, 0)], graph.wires[Wire(0, 1, 1)]
    gap = first.point_from_proportion(0.5)[1] - second.point_from_proportion(0.5)[1]
    assert abs(gap) > 0.3
    assert first.get_start() == pytest.approx(second.get_start())
    assert first.get_end() == pytest.approx(second.get_end())


def test_wires_run_from_node_to_node():
    graph = drawn("(a*b + c)**2")
    for wire, line in graph.wires.items():
        start, end = graph.bodies[wire.source], graph.bodies[wire.target]
        assert line.get_start()[0] == pytest.approx(start.get_right()[0], abs=1e-3)
        assert line.get_end()[0] == pytest.approx(end.get_left()[0], abs=1e-3)
        assert line.get_start()[1] == pytest.approx(start.get_center()[1], abs=1e-3)


def test_what_runs_back_fills_the_boxes_it_meets_and_leaves_the_others():
    faces, wires = (
        {0: Face(0.5, 0.5, 1.0), 1: Face(0.4, 0.4), 2: Face(0.4, 0.4)},
        [Wire(0, 1, 0), Wire(1, 2, 0)],
    )
    graph = OperationGraph(
        LOOK, lay_out(faces, wires, BOX), faces, lambda i: math("a", LOOK, 30), lambda i: "muted"
    )
    texts = [math("x", LOOK, 30) for _ in range(4)]
    graph.differentiate(dict(zip(wires, texts[:2], strict=True)), {0: texts[2], 1: texts[3]})
    assert texts[2].get_right()[0] < graph.bodies[0].get_left()[0]
    assert texts[3].get_top()[1] < graph.bodies[1].get_bottom()[1]
    glow, box = graph.multiply(wires[1:])
    assert glow.mobject.get_start()[0] > glow.mobject.get_end()[0]
    assert box.build().mobject is graph.chips[wires[1]][0]
