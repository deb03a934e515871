"""Tensors as pictures: if these failed, one of a user's model would leave its place, or look like what it is not."""

from __future__ import annotations

import numpy as np
import pytest
from manim import Mobject

from scenes.parts.arrays.piece import piece, steepest
from scenes.parts.arrays.tensor_view import BARS_MOST, MAPS_MOST, tensor_view
from scenes.parts.pictures.image import Picture
from scenes.parts.room.box import Box
from scenes.stage.style import LOOKS

LOOK = LOOKS["dark"]
ROOM = Box(0.5, 5.5, -1.0, 2.0)
SHAPES = [(1,), (3,), (1, 10), (4, 90), (1, 500), (1, 7, 16), (1, 200, 3), (1, 1, 28, 28), (2, 3, 5, 40),
          (1, 64, 7, 7), (1, 2, 9, 9, 9), (2, 1, 1, 4, 4, 4)]  # fmt: skip


def pictures(drawn: Mobject) -> list[Picture]:
    return [part for part in drawn.get_family() if isinstance(part, Picture)]


@pytest.mark.parametrize("shape", SHAPES, ids=str)
@pytest.mark.parametrize("role", ["activation", "input", "gradient", "positive"])
def test_a_tensor_stays_in_its_room(shape: tuple[int, ...], role: str) -> None:
    values = np.random.default_rng(0).normal(size=shape)
    drawn = tensor_view(LOOK, values, ROOM, role)
    (left, bottom), (right, top) = drawn.get_corner([-1, -1, 0])[:2], drawn.get_corner([1, 1, 0])[:2]
    assert left >= ROOM.left - 1e-6
    assert right <= ROOM.right + 1e-6
    assert bottom >= ROOM.bottom - 1e-6
    assert top <= ROOM.top + 1e-6
    assert right - left > 0.3


def test_of_many_maps_the_first_ones_are_drawn_each_with_its_numbers() -> None:
    values = np.zeros((1, 64, 2, 3))
    values[0, 1, 0, 2] = 5.0
    drawn = pictures(tensor_view(LOOK, values, ROOM))
    assert len(drawn) == MAPS_MOST
    lit = [np.argwhere((one.pixels.rgb != one.pixels.rgb[1, 0]).any(axis=2)).tolist() for one in drawn]
    assert lit == [[], [[0, 2]], *[[]] * (MAPS_MOST - 2)]


def test_bars_go_up_and_down_as_the_numbers_say() -> None:
    values = np.array([[2.0, -1.0, 0.0]])
    line, *bars = tensor_view(LOOK, values, ROOM)
    assert [bar.height / bars[0].height for bar in bars] == pytest.approx([1.0, 0.5, 0.0])
    zero = line.get_center()[1]
    assert bars[0].get_center()[1] > zero > bars[1].get_center()[1]


def test_a_row_of_too_many_numbers_is_a_strip_of_colours() -> None:
    assert not pictures(tensor_view(LOOK, np.ones((1, BARS_MOST)), ROOM))
    (strip,) = pictures(tensor_view(LOOK, np.ones((1, BARS_MOST + 1)), ROOM))
    assert strip.shape == (1, BARS_MOST + 1)


def test_a_gradient_of_zero_is_dark() -> None:
    values = np.array([[[[0.0, -3.0]]]])
    (drawn,) = pictures(tensor_view(LOOK, values, ROOM, "gradient"))
    surface, full = drawn.pixels.rgb[0]
    assert "#{:02X}{:02X}{:02X}".format(*surface) == LOOK.surface
    assert "#{:02X}{:02X}{:02X}".format(*full) == LOOK.gradient


def test_a_colour_picture_is_one_picture() -> None:
    values = np.zeros((1, 3, 4, 4))
    values[0, 0] = 1.0
    (drawn,) = pictures(tensor_view(LOOK, values, ROOM, "input"))
    assert drawn.pixels.rgb[0, 0].tolist() == [255, 0, 0]


def test_a_piece_lies_around_the_steepest_place_and_inside_the_map() -> None:
    part = np.zeros((8, 9))
    part[7, 8] = 1.0
    rows, columns = piece(part.shape, 3, 5, steepest(part))
    assert rows.shown == (5, 6, 7)
    assert columns.shown == (4, 5, 6, 7, 8)
    assert rows.gap is columns.gap is None
