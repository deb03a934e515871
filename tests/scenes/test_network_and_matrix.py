"""Networks and matrices: if these failed, a value or a weight would be shown at the wrong unit."""

import itertools
from collections.abc import Callable

import numpy as np
import pytest

from scenes.parts.arrays.matrix import NumberGrid
from scenes.parts.arrays.matrix_product import Factor, Product
from scenes.parts.nets.network import Network
from scenes.parts.room.box import Box
from scenes.parts.room.folding import fold
from scenes.parts.text.typeset import words
from scenes.stage.explainer import Explainer
from scenes.stage.network_stage import NetworkStage
from scenes.stage.style import EDGE_MAX, EDGE_MIN, LOOKS

LOOK = LOOKS["light"]
BOX = Box(-4.3, -0.7, -1.5, 2.5)


def weights(*widths: int) -> list[np.ndarray]:
    return [np.linspace(-1, 1, a * b).reshape(b, a) for a, b in itertools.pairwise(widths)]


def network(*widths: int, keep: tuple[tuple[int, ...], ...] = ()) -> Network:
    return Network(LOOK, weights(*widths), BOX, keep, limit=6)


def test_every_unit_and_weight_is_drawn_once():
    net = network(4, 6, 3)
    assert [len(column) for column in net.nodes] == [4, 6, 3]
    assert [len(wires) for wires in net.edges] == [24, 18]
    assert set(net.edges[0]) == {(unit, source) for unit in range(6) for source in range(4)}
    assert len(net.gaps) == 0


def test_columns_stand_centred_and_from_top_to_bottom():
    net = network(4, 6, 3)
    for x, column in zip(np.linspace(BOX.left, BOX.right, 7)[[0, 3, 6]], net.nodes, strict=True):
        places = np.array([column[unit].get_center() for unit in sorted(column)])
        assert abs(places[:, 0] - x).max() < 1.01 * net.radius
        assert (np.diff(places[:, 1]) < -2 * net.radius).all()
        assert places[:, 1].mean() == pytest.approx(0.5)


@pytest.mark.parametrize("box", [BOX, Box(-6, 6, -2, 3), Box(0, 2, -2, 0)])
def test_wires_end_at_their_units(box: Box):
    net = network(4, 40, 3).place(box)
    assert box.left - 0.01 < net.get_left()[0] < net.get_right()[0] < box.right + 0.01
    assert box.bottom - 0.01 < net.get_bottom()[1] < net.get_top()[1] < box.top + 0.01
    for (unit, source), line in net.edges[0].items():
        start, end = net.nodes[0][source].get_center(), net.nodes[1][unit].get_center()
        assert np.linalg.norm(line.get_start() - start) == pytest.approx(net.radius, abs=1e-6)
        assert np.linalg.norm(line.get_end() - end) == pytest.approx(net.radius, abs=1e-6)


def test_a_wire_shows_its_weight_by_hue_and_width():
    net = network(2, 2, 2)
    values = weights(2, 2, 2)[0]
    for key, line in net.edges[0].items():
        sign = "positive" if values[key] >= 0 else "negative"
        assert line.get_stroke_color().to_hex() == LOOK.colour(sign)
        share = abs(values[key])
        assert line.get_stroke_width() == pytest.approx(EDGE_MIN + (EDGE_MAX - EDGE_MIN) * share)


def test_weights_that_are_all_zero_are_drawn_thin():
    net = Network(LOOK, [np.zeros((2, 3))], BOX)
    assert {line.get_stroke_width() for line in net.edges[0].values()} == {EDGE_MIN}


def test_a_large_layer_is_folded_with_dots_between():
    net = network(4, 40, 3, keep=((), (17,), ()))
    column = net.nodes[1]
    assert 17 in column
    assert len(column) == 5
    gap = net.folds[1].gap
    assert gap is not None
    ys = [column[unit].get_center()[1] for unit in net.folds[1].shown]
    dots = [dot.get_center()[1] for dot in net.gaps]
    assert len(dots) == 3
    assert all(ys[gap - 1] - net.radius > y > ys[gap] + net.radius for y in dots)
    assert set(net.edges[0]) == {(unit, source) for unit in column for source in range(4)}


def test_a_value_stands_inside_its_unit():
    net = network(4, 6, 3)
    label = net.put(1, 2, words("−123.456", LOOK, 40))
    assert label.width <= 2 * net.radius
    assert label.strut.get_center() == pytest.approx(net.nodes[1][2].get_center())
    assert net.values[1, 2] is label


def grid(rows: int, columns: int, limit: int = 5) -> NumberGrid:
    return NumberGrid(
        LOOK, lambda r, c: words(f"{r}.{c}", LOOK, 26), fold(rows, limit), fold(columns, limit), (1.0, 0.5)
    )


def test_cells_stand_in_rows_and_columns():
    one = grid(3, 2)
    assert set(one.cells) == {(r, c) for r in range(3) for c in range(2)}
    middle = np.mean([cell.strut.get_center() for cell in one.cells.values()], axis=0)
    assert middle == pytest.approx([1.0, 0.5, 0])
    for (r, c), cell in one.cells.items():
        offset = cell.strut.get_center() - one.cells[0, 0].strut.get_center()
        assert offset == pytest.approx([c * one.column_pitch, -r * one.row_pitch, 0])


def test_a_wide_cell_is_fitted():
    one = NumberGrid(LOOK, lambda r, c: words("−1234.5678", LOOK, 40), fold(1), fold(1), (0, 0))
    assert one.cells[0, 0].width < one.column_pitch


def test_a_large_matrix_is_folded_in_both_directions():
    one = grid(20, 30)
    rows, columns = {r for r, _ in one.cells}, {c for _, c in one.cells}
    assert rows == {0, 1, 18, 19}
    assert columns == {0, 1, 28, 29}
    assert len(one.ellipses) == len(rows) + len(columns)
    assert one.size == pytest.approx((5 * one.column_pitch, 5 * one.row_pitch))
    above, below = one.cells[1, 0].strut.get_center(), one.cells[18, 0].strut.get_center()
    assert above[1] - below[1] == pytest.approx(2 * one.row_pitch)


def test_places_move_with_the_grid():
    one = grid(3, 2)
    before = one.place(2, 1)
    one.shift(np.array([2.0, -1.0, 0.0]))
    assert one.place(2, 1) == pytest.approx(before + np.array([2.0, -1.0, 0.0]))
    assert one.cells[2, 1].strut.get_center() == pytest.approx(one.place(2, 1))
    frame = one.row_frame(2, "ink")
    assert frame.get_center()[1] == pytest.approx(one.place(2, 0)[1])


def test_brackets_hold_all_cells():
    one = grid(3, 2)
    left, right = one.brackets[0].get_right()[0], one.brackets[1].get_left()[0]
    assert left <= one.brackets.get_center()[0] <= right
    assert one.brackets.width >= 2 * one.column_pitch
    assert one.brackets.height == pytest.approx(3 * one.row_pitch)


def test_a_product_stays_in_its_box(stage: Callable[..., Explainer]):
    film = stage()
    assert isinstance(film, NetworkStage)
    for units, inputs, box in (
        (3, 2, Box(-1, 6, -1, 2)),
        (30, 30, Box(-6, 0, -1.5, 1.5)),
        (1, 1, Box(0, 3, 0, 3)),
    ):
        rows, columns = fold(units), fold(inputs, 4)
        parts = [
            Factor("W", lambda r, c: words("−12.34", LOOK, 34), rows, columns),
            "dot",
            Factor("x", lambda r, c: words("0.5", LOOK, 34), columns),
        ]
        product = Product(film, parts, box)
        grown = box.without(left=-0.01, right=-0.01, bottom=-0.01, top=-0.01)
        assert grown.left < product.get_left()[0] < product.get_right()[0] < grown.right
        assert grown.bottom < product.get_bottom()[1] < product.get_top()[1] < grown.top
        weight, x = product.grids
        (sign,) = product.signs
        assert (
            weight.brackets.get_right()[0]
            < sign.get_left()[0]
            < sign.get_right()[0]
            < x.brackets.get_left()[0]
        )


def test_names_and_values_follow_the_network(stage: Callable[..., Explainer]):
    film = stage()
    assert isinstance(film, NetworkStage)
    film.build_network(film.half(film.room))
    film.set_column(0, "sample/input", "input")

    def around() -> list[np.ndarray]:
        texts = [*film.feature_names, *film.class_names, *film.column_names, *film.net.values.values()]
        return [text.get_center() for text in texts]

    before = around()
    film.play(*film.move_network(film.corner(film.room), named=False))
    for (layer, unit), value in film.net.values.items():
        assert value.strut.get_center() == pytest.approx(film.net.nodes[layer][unit].get_center())
    assert film.net.get_right()[0] < film.class_names[0].get_left()[0] + film.net.radius
    assert film.class_names.get_right()[0] < film.side.left
    film.play(*film.move_network(film.half(film.whole)))
    film.play(*film.move_network(film.half(film.room)))
    assert np.array(around()) == pytest.approx(np.array(before), abs=0.03)
