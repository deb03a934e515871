"""A graph of a few quantities: if these failed, a factor would stand on another wire, or gradients at another node."""

import numpy as np
import pytest

from scenes import SCENES
from scenes.parts.nets.chain_graph import ChainGraph
from scenes.parts.room.box import Box
from scenes.stage.explainer import film_class
from scenes.stage.unit_graphs import output_graph, paths_graph
from tests.scenes.watching import recorded

ROOM = Box(-2.4, 6.6, -1.5, 2.8)


@pytest.fixture(scope="module")
def film():
    card = next(one for one in SCENES if one.slug == "backward")
    return film_class(card)(recorded("backpropagation"), language="en", theme="dark", dry=True)


def ends(graph: ChainGraph) -> set[tuple[int, int]]:
    return {(wire.source, wire.target) for wire in graph.wires}


def test_every_score_goes_into_the_share_and_that_into_the_loss(film):
    graph = output_graph(film, ROOM)
    assert ends(graph) == {(0, 3), (1, 3), (2, 3), (3, 4)}
    assert {(wire.source, wire.target) for wire in graph.chips} == ends(graph)
    assert set(graph.gradients) == {0, 1, 2, 3}
    heights = [graph.bodies[i].get_y() for i in range(3)]
    assert heights == sorted(heights, reverse=True)


def test_all_paths_of_a_unit_end_in_the_loss(film):
    graph = paths_graph(film, 4, ROOM)
    assert ends(graph) == {(0, 1), (0, 2), (0, 3), (1, 4), (2, 4), (3, 4), (4, 5)}
    assert {(wire.source, wire.target) for wire in graph.chips} == {(0, 1), (0, 2), (0, 3)}
    across = [graph.bodies[i].get_x() for i in (0, 1, 4, 5)]
    assert across == sorted(across)


@pytest.mark.parametrize("make", [output_graph, lambda film, box: paths_graph(film, 0, box)])
def test_a_graph_stays_in_its_box_and_its_factors_apart(film, make):
    graph = make(film, ROOM)
    texts = [*graph.values.values(), *graph.gradients.values(), *graph.chips.values()]
    for part in (*graph.bodies.values(), *texts):
        (left, bottom, _), (right, top, _) = part.get_corner([-1, -1, 0]), part.get_corner([1, 1, 0])
        assert left > ROOM.left - 0.05
        assert right < ROOM.right + 0.05
        assert bottom > ROOM.bottom - 0.05
        assert top < ROOM.top + 0.05
    chips = list(graph.chips.values())
    for i, one in enumerate(chips):
        for other in chips[i + 1 :]:
            apart = np.abs(one.get_center() - other.get_center())
            assert apart[0] > (one.width + other.width) / 2 or apart[1] > (one.height + other.height) / 2
