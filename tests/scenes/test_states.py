"""Squares and colours: if these failed, a state would look like another one."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from scenes.parts.arrays.heat import LEVELS, heat
from scenes.parts.arrays.hinton import FULL, column, squares
from scenes.parts.arrays.states import States
from scenes.parts.room.box import Box
from scenes.stage.provenance import format_value
from scenes.stage.style import DARK


def area(shape) -> float:
    """The area inside the outline, inner outlines subtracted (shoelace formula)."""
    x, y = shape.points[:, 0], shape.points[:, 1]
    starts, ends = slice(0, None, 4), slice(3, None, 4)
    return abs(float((x[starts] * y[ends] - x[ends] * y[starts]).sum())) / 2


@given(st.floats(0.1, 1.0), st.floats(0.1, 1.0))
def test_areas_are_as_the_values(one: float, other: float):
    places = np.array([[0.0, 0.0]])
    first, second = (area(squares(DARK, np.array([v]), places, 1.0, 1.0)[0]) for v in (one, other))
    assert first / second == pytest.approx(one / other)
    assert area(squares(DARK, np.array([1.0]), places, 1.0, 1.0)[0]) == pytest.approx(FULL**2)


def test_negative_numbers_are_hollow_and_zero_is_nothing():
    filled, hollow = squares(DARK, np.array([1.0, -1.0, 0.0]), np.zeros((3, 2)), 1.0, 1.0)
    assert area(hollow) < 0.8 * area(filled)
    assert hollow.width == pytest.approx(filled.width)
    assert len(squares(DARK, np.zeros(4), np.zeros((4, 2)), 1.0, 1.0)) == 0


def test_a_column_runs_from_top_to_bottom():
    strip = column(DARK, np.array([1.0, 0.01]), x=2.0, top=1.0, height=2.0, largest=1.0, width=1.0)
    assert strip[0].get_left()[0] < 2.0 < strip[0].get_right()[0]
    assert strip[0].get_top()[1] == pytest.approx(0.5 + FULL / 2)
    assert strip[0].get_bottom()[1] > -0.6


@pytest.mark.parametrize(("rows", "columns"), [(1, 1), (64, 3), (3, 400)])
def test_every_number_is_one_cell_of_the_map(rows: int, columns: int):
    values = np.linspace(-1, 1, rows * columns).reshape(rows, columns)
    shades = heat(DARK, values, (-1.0, 1.0), np.arange(columns, dtype=float), 1.0, 0.0, float(rows))
    assert sum(len(shade.points) for shade in shades) == 16 * rows * columns
    assert sum(area(shade) for shade in shades) == pytest.approx(rows * columns)
    assert len(shades) == min(LEVELS, rows * columns)


def test_larger_numbers_have_the_stronger_colour():
    low, high = heat(DARK, np.array([[0.0, 1.0]]), (0.0, 1.0), np.array([0.0, 1.0]), 1.0, 0.0, 1.0)
    assert (low.get_center()[0], high.get_center()[0]) == (0, 1)
    assert high.get_fill_color().to_hex() == DARK.activation
    assert low.get_fill_color().to_hex() != high.get_fill_color().to_hex()


PLACES = Box(0.0, 4.0, 0.0, 2.0).columns(1, 1, gap=0)


def test_a_state_is_drawn_inside_its_box():
    values = np.array([[0.5, -1.0, 0.1], [1.0, -0.2, -0.3]])
    for room in ((4.0, 4.0), (0.1, 0.1)):
        states = States(DARK, values, room)
        assert states.dense == (room[0] < 1)
        drawn = states.columns([0, 1], PLACES)
        assert drawn.get_left()[0] >= PLACES[0].left - 1e-6
        assert drawn.get_right()[0] <= PLACES[1].right + 1e-6
        assert drawn.height <= PLACES[0].height + 1e-6


def test_the_ends_of_states_are_signed_if_they_occur():
    values = np.array([[0.5, 0.2], [1.0, 0.3]])
    assert [place for place, _ in States(DARK, values, (4.0, 4.0)).ends(0.5)] == [(1, 0)]
    assert [place for place, _ in States(DARK, values, (0.1, 0.1)).ends(0.5)] == [(1, 0), (0, 1)]


@pytest.mark.parametrize(
    ("character", "shown"),
    [("a", "a"), (" ", "␣"), ("\u3000", "␣"), ("\u0301", "◌\u0301"), ("7", "7"), ("한", "한")],
)
def test_every_character_can_be_seen(character: str, shown: str):
    assert format_value(character, "character") == shown
