"""Items of a sequence, what follows them and what adds up: if these failed, another item or term would be meant."""

import pytest
from manim import FadeIn, TransformFromCopy

from scenes.parts.charts.added_up import AddedUp
from scenes.parts.room.box import Box
from scenes.parts.room.folding import fold
from scenes.parts.sequences.fork import Fork
from scenes.parts.sequences.token import TokenRow, token
from scenes.parts.text.typeset import words
from scenes.parts.text.vector import vector
from scenes.stage.style import DARK

BOX = Box(-6.0, 6.0, -2.0, 2.0)


def item(place: int):
    return token(DARK, words(chr(97 + place), DARK, 40), 0.8, "input")


def test_a_row_of_tokens_is_in_order_and_says_where_some_are_left_out() -> None:
    row = TokenRow(DARK, BOX, fold(20, 6), item)
    assert list(row.tokens) == [0, 1, 2, 18, 19]
    assert len(row) == 6
    xs = [one.get_x() for one in row]
    assert xs == sorted(xs)
    assert row.width <= BOX.width


def test_only_what_is_drawn_leaves_the_row() -> None:
    row = TokenRow(DARK, BOX, fold(20, 6), item)
    assert isinstance(row.gives(1, item(1)), TransformFromCopy)
    assert isinstance(row.gives(9, item(9)), FadeIn)


def test_one_item_has_a_way_to_each_that_followed() -> None:
    same, after = [item(11), item(11)], [item(11), item(14)]
    one = Fork(DARK, BOX, same, after)
    assert tuple(same[0].get_center()) == pytest.approx(tuple(same[1].get_center()))
    assert same[1] not in one.get_family()
    for way, end in zip(one.ways, after, strict=True):
        assert way.get_start()[0] == pytest.approx(same[0].get_right()[0], abs=0.1)
        assert tuple(way.get_end()) == pytest.approx(tuple(end.get_left()), abs=0.1)
    assert one.beside.left > after[0].get_right()[0]
    assert after[0].get_right()[0] < one.asked.get_left()[0] < one.asked.get_right()[0] < one.beside.left


def test_terms_add_up_and_the_result_starts_at_zero() -> None:
    names = [words(one, DARK, 30) for one in ("a", "b", "h")]
    bars = AddedUp(DARK, BOX, names, [-0.6, -0.8, -0.9])
    ends = [(row[1].get_left()[0], row[1].get_right()[0]) for row in bars.rows]
    assert ends[0][1] == pytest.approx(bars.x(0)) == pytest.approx(ends[2][1])
    assert ends[1][1] == pytest.approx(ends[0][0])
    assert ends[1][0] == pytest.approx(bars.x(-1.4))
    assert ends[2][0] == pytest.approx(bars.x(-0.9))
    names = [words(one, DARK, 30) for one in ("a", "b", "s", "h")]
    numbers = [words(one, DARK, 30) for one in ("-0.6", "-0.8", "-1.4", "-0.9")]
    told = AddedUp(DARK, BOX, names, [-0.6, -0.8, -0.9], numbers, -1.4)
    assert told.rows[2][1].get_left()[0] == pytest.approx(told.rows[1][1].get_left()[0])
    for row, number in zip(told.rows, numbers, strict=True):
        assert BOX.left < number.get_left()[0] < number.get_right()[0] < row[1].get_left()[0]
    for name, row in zip(names, told.rows, strict=True):
        assert name in row
        assert name.get_y() == pytest.approx(row[1].get_y(), abs=0.1)


def test_a_vector_is_written_out_and_folded(stage) -> None:
    film = stage("rnn", sequence="abcdefghij", hidden=2, steps=1, long=10)
    assert film.array("input").shape[1] == 10
    source = vector(film, "input", 6, keep=(6,), form="d")
    assert source.count("num(") == 6
    assert source.count("dots.c") == 1
    shown = film.math(source).readings
    assert sum(one.value for one in shown) == 1
    assert {one.index[0] for one in shown} == {6}
