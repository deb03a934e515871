"""What a kernel, its windows and its maps are drawn with: if these failed, a mark would stand at a wrong number."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from scenes.parts.arrays.bordered import Bordered
from scenes.parts.arrays.covering import Covering
from scenes.parts.arrays.matrix_rows import MatrixRows
from scenes.parts.arrays.series_cells import SeriesCells
from scenes.parts.arrays.signed_squares import SignedSquares
from scenes.parts.arrays.value_row import ValueRow
from scenes.parts.charts.share_bar import ShareBar
from scenes.parts.nets.fan import Wiring, fan
from scenes.parts.pictures.halo import haloed
from scenes.parts.pictures.image import pictured
from scenes.parts.pictures.photo_filter import photo_filter
from scenes.parts.pictures.recorded_picture import tones
from scenes.parts.pictures.window_and_cell import WindowAndCell
from scenes.parts.room.around import around
from scenes.parts.room.box import Box
from scenes.parts.text.output_size import size_cases, worked_size
from scenes.parts.text.window_rule import window_rule
from scenes.stage.stage import Stage
from scenes.stage.style import DARK

ROOM = Box(-3.0, 3.0, -2.0, 2.0)
REACH: dict[str, Any] = {"kernel": (3, 3), "dilation": 1}
Grids = tuple[SeriesCells, SeriesCells]


@pytest.fixture
def film(stage: Callable[..., Any]) -> Stage:
    found: Stage = stage("convolution")
    return found


@pytest.fixture
def grids(film: Stage) -> Grids:
    large = SeriesCells(film, "crop/pixel", shape=(10, 10), corner=(1, 1)).into(ROOM)
    return large, SeriesCells(film, "padding2/output").into(ROOM)


@pytest.mark.parametrize("pixel", [(0, 0), (3, 4), (7, 2)])
def test_as_many_cells_are_framed_as_windows_cover_the_pixel(
    film: Stage, grids: Grids, pixel: tuple[int, int]
):
    """With the border's windows and without: both counts are recorded."""
    large, small = grids
    pair = Bordered(large, small, 1, **REACH)
    small.lay_in("padding1/output", (1, 1))
    assert len(pair.cover(pixel).marks) == film.array("padding1/visits")[pixel]
    for place in set(small.places()) - set(small.tiles):
        small.draw(place)
    covering = pair.cover(pixel)
    assert len(covering.marks) == film.array("padding2/visits")[pixel]
    assert covering.ring.get_center() == pytest.approx(large.place(pixel[0] + 1, pixel[1] + 1))


def test_a_cell_that_no_window_makes_has_a_frame_only(film: Stage, grids: Grids):
    covering = Covering(film, *grids, (0, 0), **REACH)
    covering.show()
    assert covering.places == []
    assert covering.ring in film.mobjects


def test_a_border_lies_around_what_it_holds(grids: Grids):
    large, small = grids
    inside = Bordered(large, small, 1, **REACH).inside(large)
    assert inside.width == pytest.approx(8 * large.pitch[0])
    assert inside.at(0.5, 0.5) == pytest.approx(large.box.centre)


def test_rows_of_the_matrix_hold_what_is_not_zero_in_it(film: Stage):
    """Every recorded number of these rows that is not 0 has its cell, and a row has as many cells as the kernel."""
    stops = film.array("slide/top"), film.array("slide/left")
    rows = MatrixRows(film, "sharing/matrix", stops, (8, 8), (3, 3), 1)
    assert rows.fits
    rows.into(ROOM)
    matrix, (down, right) = film.array("sharing/matrix"), rows.first
    for row in range(rows.shape[0]):
        taps = rows.taps(row)
        assert len(set(taps)) == 9
        there = {(row, int(column) - right) for column in np.flatnonzero(matrix[down + row])}
        assert there <= set(taps)
    assert len(rows.heads("row", "crop/pixel")) == 3


def test_a_matrix_too_wide_to_be_read_does_not_fit(film: Stage):
    stops = np.arange(4), np.arange(4)
    assert not MatrixRows(film, "sharing/matrix", stops, (30, 30), (3, 3), 1).fits
    assert not MatrixRows(film, "sharing/matrix", stops, (3, 3), (3, 3), 1).fits


def test_squares_are_filled_or_hollow_by_sign():
    drawn = SignedSquares(DARK, np.array([[1.0, -1.0], [0.5, 0.0]]), ROOM)
    assert [len(group) for group in drawn[1:]] == [1, 1]
    assert drawn.height == pytest.approx(ROOM.height, abs=0.1)


def test_a_bar_is_its_share_of_the_track(film: Stage):
    bar = ShareBar(film, "learned/test_accuracy", ROOM)
    assert bar.bar.width / bar.track.width == pytest.approx(film.item("learned/test_accuracy"))
    assert bar.text.source.startswith("91")


def test_values_stand_at_their_places(film: Stage):
    xs = np.linspace(-3, 3, 8).tolist()
    row = ValueRow(film, "learned/peak", xs, 1.0, (0.7, 0.4), ".1f", "activation")
    assert [one.get_x() for one in row] == pytest.approx(xs, abs=0.05)
    assert row[1][1].source == "0"


def test_every_weight_has_its_line():
    places = [np.array([x, y, 0.0]) for y in (1, 0) for x in range(3)]
    lines = fan(DARK, places[:3], places[3:5], np.array([[1.0, 0.0, -2.0], [0.5, 0.5, 0.5]]))
    assert len(lines) == 6
    assert lines[2].get_stroke_width() == max(one.get_stroke_width() for one in lines)
    assert len(Wiring(DARK, ROOM, window=False)[0]) == 24
    assert len(Wiring(DARK, ROOM, window=True)[0]) == 12


def test_the_worked_size_ends_with_what_is_recorded(film: Stage):
    names = {"n": "input", "f": "kernel", "p": "padding", "s": "stride", "o": "output"}
    names |= {"q": "quotient", "k": "steps"}
    told = {one: film.number(f"notes/{key}") for one, key in names.items()}
    lines = worked_size(film, told, ROOM)
    assert len(lines) == 3
    assert lines.width <= ROOM.width + 1e-6
    table = size_cases(film, [("a", told), ("b", told)], ROOM)
    assert [row[-1].source for row in table.rows] == ["39", "5", "0", "2", "18"]


def test_a_rule_says_what_its_letters_are(film: Stage):
    assert len(window_rule(film, "kernel", 1, 1)) == 3
    assert len(window_rule(film, "kernel", 2, 2)) == 5


def test_a_cell_belongs_to_its_window(film: Stage):
    corner = int(film.item("channels/top")), int(film.item("channels/left"))
    colour, made = film.array("channels/colour"), film.array("channels/map")
    both = WindowAndCell(film, colour, made, corner, (3, 3), ROOM)
    middle = both.picture[0][0].place(corner[0] + 1, corner[1] + 1)
    assert both.window.get_center() == pytest.approx(middle)
    assert both.cell.get_center() == pytest.approx(both.output[0][0].place(*corner))


def test_frames_lie_around_what_they_mark(film: Stage):
    picture = pictured(tones(film, "image"), DARK, ROOM)[0]
    frame = haloed(picture.region(1, 2, 3, 3, DARK, "ink"), DARK)
    assert frame.get_center() == pytest.approx(picture.place(2, 3))
    assert around(picture, DARK).width > picture.width


def test_a_filter_is_found_by_its_name(film: Stage):
    kernel, name, rgb = photo_filter(film, "sobel-y")
    assert film.array(kernel.series)[0].tolist() == [-1, -2, -1]
    assert name in ("Sobel y", "소벨 y")
    assert rgb.shape[2] == 3
