"""A recorded expression as nodes and rules: if these failed, a derivative would stand on the wrong wire."""

import numpy as np
import pytest

from scenes.parts.nets.graph import Wire
from scenes.parts.nets.recorded_graph import RecordedGraph
from scenes.parts.text.derivative import derivative

# (2 x + y)^2: nodes 2, x, 2x, y, the sum, 2, the square.
SERIES = {
    "name": ["2", "x", "u1", "y", "u2", "2", "L"],
    "operation": ["constant", "input", "mul", "input", "add", "constant", "pow"],
    "edge/source": [0, 1, 3, 2, 4, 5],
    "edge/target": [2, 2, 4, 4, 6, 6],
    "edge/slot": [0, 1, 1, 0, 0, 1],
    "wrt/node": [1],
}


@pytest.fixture
def graph() -> RecordedGraph:
    return RecordedGraph(lambda name: np.array(SERIES[name]))


def test_inputs_are_in_order(graph: RecordedGraph):
    assert graph.operations[4].inputs == (2, 3)
    assert graph.wires_into(4) == [Wire(2, 4, 0), Wire(3, 4, 1)]
    assert graph.last == 6


def test_nodes_play_their_parts(graph: RecordedGraph):
    assert [graph.role(i) for i in (0, 1, 2, 3, 6)] == ["input", "positive", "muted", "input", "loss"]
    assert [i for i in range(7) if graph.leads_to_wrt(i)] == [1, 2, 4, 6]
    assert [i for i in range(7) if graph.is_leaf(i)] == [0, 1, 3, 5]


def test_short_constants_stand_inside_their_operation(graph: RecordedGraph):
    inside = graph.inside(lambda i: True)
    assert inside == {2: 0, 6: 5}
    assert graph.drawn(inside) == [1, 2, 3, 4, 6]
    assert graph.drawn(graph.inside(lambda i: False)) == list(range(7))


@pytest.mark.parametrize(
    ("operation", "slot", "rule"),
    [
        ("mul", 0, "w"),
        ("mul", 1, "x"),
        ("div", 1, "-x / w^rule(2)"),
        ("pow", 0, "w x^(w - rule(1))"),
        ("pow", 1, "x^w ln x"),
        ("exp", 0, "e^x"),
        ("add", 0, ""),
        ("relu", 0, ""),
    ],
)
def test_rules(operation: str, slot: int, rule: str):
    assert derivative(operation, slot, ["x", "w"] if operation not in ("exp", "relu") else ["x"]) == rule


def test_the_rule_of_a_square_needs_no_exponent():
    assert derivative("pow", 0, ["x", "n"], square=True) == "n x"
    assert derivative("pow", 1, ["x", "n"], square=True) == "x^n ln x"
