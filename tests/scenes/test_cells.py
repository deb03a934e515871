"""Cells and pictures: if these failed, numbers would lie on each other or a picture would show other values."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from manim import FadeOut, Square, tempconfig

from pipeline.paint.camera import FilmCamera
from scenes.parts.arrays.cells import Cells, number_form, pitch_for, px_for, widest
from scenes.parts.pictures.image import Picture, grey, pictured, ramp, signed
from scenes.parts.pictures.image_grid import ImageGrid
from scenes.parts.room.box import Box
from scenes.parts.room.layout import fit, line_box
from scenes.parts.text.typeset import words
from scenes.stage.provenance import format_value
from scenes.stage.style import DARK, LOOKS, NUMBER_MIN_PX

FRAME = {"pixel_width": 160, "pixel_height": 80, "frame_width": 16.0, "frame_height": 8.0}
VALUES = st.lists(st.floats(-1e6, 1e6, allow_nan=False), min_size=1, max_size=9)


@given(VALUES, st.floats(0.1, 2), st.floats(0.1, 2))
def test_a_number_that_is_written_fits_its_cell_and_can_be_read(
    values: list[float], wide: float, high: float
):
    form = number_form(np.array(values))
    px = px_for(widest(values, form, DARK), (wide, high))
    assert px == 0 or px >= NUMBER_MIN_PX
    if px:
        assert max(words(format_value(v, form), DARK, px).width for v in values) <= wide


@given(st.integers(1, 60), st.integers(1, 60), st.floats(0, 1))
def test_a_grid_stays_in_its_box(rows: int, columns: int, need: float):
    x, y = pitch_for((rows, columns), need, 5.0, 3.5)
    assert columns * x <= 5.0 + 1e-9
    assert rows * y <= 3.5 + 1e-9
    assert y <= x + 1e-9


def test_cells_that_are_adopted_keep_their_places_in_the_array():
    """The padding beat puts an 8×8 picture into a 10×10 board: cell (0, 0) must be the board's (1, 1)."""
    old, new = Cells(DARK, (2, 2)).into(Box(0, 1, 0, 1)), Cells(DARK, (4, 4)).into(Box(3, 5, 0, 2))
    tiles = {place: old.tile(place) for place in old.places()}
    moves = new.adopt(old, (1, 1))
    assert old.tiles == {}
    assert new.tiles[1, 1] is tiles[0, 0]
    for move in moves:
        target = move.build().mobject.target
        assert any(np.allclose(target.get_center(), new.place(*place)) for place in new.tiles)


def test_cells_without_a_place_in_the_new_grid_leave():
    old, new = Cells(DARK, (2, 2)).into(Box(0, 1, 0, 1)), Cells(DARK, (1, 1)).into(Box(3, 5, 0, 2))
    tiles = {place: old.tile(place) for place in old.places()}
    moves = new.adopt(old, (-1, -1))
    assert new.tiles == {(0, 0): tiles[1, 1]}
    assert sum(isinstance(move, FadeOut) for move in moves) == 3


def test_a_grid_stands_in_its_box_and_its_first_cell_above_the_second_row():
    cells = Cells(DARK, (2, 4)).into(Box(-1, 3, 0, 9), most=2.0)
    assert (cells.box.width, cells.box.height) == pytest.approx((4, 2))
    assert cells.place(0, 0) == pytest.approx([-0.5, 5.0, 0])
    assert cells.step(1, 1) == pytest.approx([1, -1, 0])


def test_grids_beside_each_other_have_cells_of_one_size():
    """The numbers of one need wider cells: the other takes them too, in larger type."""
    wide, narrow = Cells(DARK, (3, 3), need=0.5), Cells(DARK, (3, 3), need=0.2)
    wide.into(Box(0, 4, 0, 1.2), beside=narrow)
    narrow.into(Box(0, 4, 0, 1.2), beside=wide)
    assert wide.pitch == narrow.pitch
    assert narrow.number_px > wide.number_px > 0


def test_images_of_a_row_stand_under_its_head():
    head = words("weights", DARK, 26)
    box = Box(0, 8, 0, 4)
    grid = ImageGrid(box, 4, [lambda k, room: fit(Square(9), room)] * 2, [head, words("maps", DARK, 26)])
    assert [len(row) for row in grid.images] == [4, 4]
    first = line_box(grid.images[0][0])
    assert line_box(head).left == pytest.approx(first.left)
    assert line_box(head).bottom > first.top
    for drawn in (line_box(one) for one in (*grid.heads, *grid.images[0], *grid.images[1])):
        assert min(drawn.left - box.left, box.right - drawn.right) > -1e-6
        assert min(drawn.bottom - box.bottom, box.top - drawn.top) > -1e-6


def test_a_stretched_picture_has_pixels_that_are_no_squares():
    picture = pictured(np.zeros((2, 4, 3), dtype=np.uint8), DARK, Box(0, 4, 0, 8), fill=True)[0]
    assert picture.pitch == pytest.approx((1, 4))
    assert picture.place(1, 3) == pytest.approx([3.5, 2, 0])


def frame_of(*mobjects: Picture) -> np.ndarray:
    with tempconfig(FRAME):
        camera = FilmCamera(background_color="#000000")
        camera.capture_mobjects(mobjects)
        return camera.pixel_array[:, :, :3]


def test_each_pixel_is_drawn_in_its_colour_with_sharp_edges():
    rgb = np.array([[[255, 0, 0], [0, 255, 0]], [[0, 0, 255], [250, 240, 10]]], dtype=np.uint8)
    frame = frame_of(Picture(rgb, 16, 8))  # 8 × 8 units in the middle: 80 × 80 px
    assert np.array_equal(frame[:, 40:120], rgb.repeat(40, axis=0).repeat(40, axis=1))
    assert not frame[:, :40].any()
    assert not frame[:, 120:].any()


def test_opacity_and_place_act_on_a_picture():
    white = np.full((1, 1, 3), 255, dtype=np.uint8)
    frame = frame_of(Picture(white, 2, 2).set_fill(opacity=0.5).move_to([-7, 3, 0]))
    assert set(frame[:20, :20].ravel().tolist()) <= {126, 127, 128}
    assert not frame[20:].any()
    assert not frame[:, 20:].any()


def test_a_large_photograph_is_averaged_not_picked():
    """Every other column white: a picture drawn from single pixels would flicker between black and white."""
    stripes = np.zeros((80, 1000, 3), dtype=np.uint8)
    stripes[:, ::2] = 255
    frame = frame_of(Picture(stripes, 16, 8))
    inside = frame[38:42, 10:150].astype(float)
    assert inside.min() > 90
    assert inside.max() < 165


@pytest.mark.parametrize("look", LOOKS.values(), ids=lambda look: look.name)
def test_the_sign_is_the_hue(look):
    picture = signed(np.array([[-2.0, 0.0, 2.0, 9.0]]), look, 2.0)
    hexes = ["#" + "".join(f"{c:02X}" for c in pixel) for pixel in picture[0]]
    assert hexes == [look.negative, look.surface, look.positive, look.positive]


def test_grey_runs_from_black_to_white():
    assert grey(np.array([[-4.0, 0.0, 8.0, 16.0, 99.0]]), 0, 16)[0, :, 0].tolist() == [0, 0, 128, 255, 255]
    assert grey(np.array([[5.0]]), 5, 5).tolist() == [[[0, 0, 0]]]


def test_ramp_ends_in_the_role():
    assert ramp(np.array([[0.0, 1.0]]), DARK, "input")[0, 1].tolist() == [0x5E, 0xEA, 0xD4]
