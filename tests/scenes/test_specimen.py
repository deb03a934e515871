"""Samples, standardised lines and meetings: if these failed, a picture would say another number than its text."""

from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from scenes.parts.arrays.matrix import NumberGrid
from scenes.parts.arrays.meeting import stand_up
from scenes.parts.charts.standardising import Standardising
from scenes.parts.nets.network import Network
from scenes.parts.pictures.flower import Flower
from scenes.parts.room.box import Box
from scenes.parts.room.folding import fold
from scenes.parts.text.typeset import words
from scenes.stage.explainer import Explainer
from scenes.stage.network_stage import NetworkStage
from scenes.stage.style import DARK

ROOM = Box(-6.0, 2.0, -2.0, 2.5)
SIZES = st.tuples(st.floats(0.3, 8), st.floats(0.1, 4))


@given(SIZES, SIZES)
def test_a_flower_is_as_long_and_as_wide_as_it_was_measured(
    sepal: tuple[float, float], petal: tuple[float, float]
) -> None:
    flower = Flower(DARK, sepal, petal)
    assert flower.leaves[0].width == pytest.approx(sepal[0], rel=0.02)
    assert flower.leaves[0].height == pytest.approx(sepal[1], rel=0.02)
    assert [line.get_length() for line in flower.measures] == pytest.approx([*sepal, *petal])
    flower.into(ROOM)
    share = flower.measures[0].get_length() / sepal[0]
    assert [line.get_length() / share for line in flower.measures] == pytest.approx([*sepal, *petal])
    assert flower.width <= ROOM.width * 1.01
    assert flower.height <= ROOM.height * 1.01


def test_the_texts_of_a_flower_lie_apart() -> None:
    for sepal, petal in (((5.1, 3.5), (1.4, 0.2)), ((6.5, 2.8), (4.6, 1.5)), ((7.7, 2.6), (6.9, 2.3))):
        flower = Flower(DARK, sepal, petal).into(ROOM)
        texts = [words("sepal width", DARK, 30) for _ in range(4)]
        for number, text in enumerate(texts):
            flower.label(number, text)
        for i, one in enumerate(texts):
            for other in texts[:i]:
                apart = np.abs(one.get_center() - other.get_center())[:2]
                assert (apart > np.array([(one.width + other.width), (one.height + other.height)]) / 2).any()


def test_values_move_to_where_their_standardised_ones_lie(stage: Callable[..., Explainer]) -> None:
    rooms = ROOM.rows(1, 1, 1)
    raw, mean, std = np.array([6.5, 2.8, 1.0]), np.array([5.9, 3.0, 1.0]), np.array([0.8, 0.4, 1.0])
    scaled = (raw - mean) / std
    made = Standardising(stage(), rooms, raw, mean, std, scaled, [(0.0, 8.0), (0.0, 8.0), (0.0, 2.0)])
    for k in range(3):
        assert made.dots[k].get_center() == pytest.approx(made.at(k, raw[k]))
        assert made.bands[k].get_left()[0] == pytest.approx(made.at(k, mean[k] - std[k])[0])
    film = stage()
    film.play(*made.centred())
    for k, room in enumerate(rooms):
        assert made.ticks[k].get_x() == pytest.approx(room.centre[0])
    film.play(*made.scaled())
    for k, room in enumerate(rooms):
        assert (made.dots[k].get_x() - room.centre[0]) / made.sigma == pytest.approx(scaled[k])
        assert made.bands[k].width == pytest.approx(2 * made.sigma)
        assert room.left <= made.dots[k].get_x() <= room.right


def test_a_row_that_stands_up_is_level_with_its_column(stage: Callable[..., Explainer]) -> None:
    def grid(rows: int, columns: int, x: float) -> NumberGrid:
        folds = fold(rows, 4), fold(columns, 4)
        return NumberGrid(DARK, lambda r, c: words(f"{r}.{c}", DARK, 26), *folds, (x, 0.0))

    matrix, column = grid(3, 9, -3.0), grid(9, 1, 2.0)
    standing, up = stand_up(matrix, 1, column)
    stage().play(up)
    for one, number in zip(matrix.columns.shown, standing[::2], strict=True):
        assert number.source == matrix.cells[1, one].source
        assert number.strut.get_center()[1] == pytest.approx(column.cells[one, 0].strut.get_center()[1])
        assert matrix.brackets.get_right()[0] < number.get_left()[0]
        assert number.get_right()[0] < column.brackets.get_left()[0]


@pytest.mark.parametrize("part", [(0, 0), (0, 1), (1, 2), (2, 2)])
def test_a_part_of_a_network_fills_the_box_and_the_rest_folds_behind_it(part: tuple[int, int]) -> None:
    net = Network(DARK, [np.ones((12, 4)), np.ones((3, 12))], ROOM).place(ROOM, part, most=2.0)
    xs = [next(iter(column.values())).get_x() for column in net.nodes]
    assert net.get_left()[0] >= ROOM.left - 0.01
    assert net.get_right()[0] <= ROOM.right + 0.01
    assert net.get_top()[1] <= ROOM.top + 0.01
    if part[0] < part[1]:
        assert xs[part[1]] - xs[part[0]] == pytest.approx(ROOM.width - 2 * net.radius, abs=0.01)
    for layer, x in enumerate(xs):
        assert x == pytest.approx(xs[min(max(layer, part[0]), part[1])], abs=0.01)


def test_what_is_out_of_sight_comes_back_as_it_was(stage: Callable[..., Explainer]) -> None:
    film = stage()
    assert isinstance(film, NetworkStage)
    film.build_network(film.half(film.room))
    film.set_column(0, "sample/input", "input")
    before = [(one.get_fill_color(), one.get_stroke_opacity()) for one, _ in film.net.members()]
    film.play(*film.move_network(film.corner(film.room, (1, 1)), named=False, part=(1, 1)))
    for one, layers in film.net.members():
        seen = one.get_stroke_opacity() > 0 or one.get_fill_opacity() > 0
        assert seen == (layers == (1, 1))
    film.play(*film.move_network(film.half(film.room)))
    assert [(one.get_fill_color(), one.get_stroke_opacity()) for one, _ in film.net.members()] == before
    for (layer, unit), value in film.net.values.items():
        assert value.strut.get_center() == pytest.approx(film.net.nodes[layer][unit].get_center())
