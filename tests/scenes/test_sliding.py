"""A kernel over a grid: if these failed, a window would lie elsewhere than the numbers that a cell is made of."""

import itertools
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from manim import FadeOut, VGroup

from scenes.parts.arrays.cells import Cells, Place
from scenes.parts.arrays.channel_rows import ChannelRows
from scenes.parts.arrays.filling import Filling
from scenes.parts.arrays.hopping import Hopping
from scenes.parts.arrays.series_cells import SeriesCells
from scenes.parts.arrays.signal import Signal
from scenes.parts.arrays.walk import Walk
from scenes.parts.arrays.working import Working
from scenes.parts.pictures.filter_card import FilterCard
from scenes.parts.pictures.filtering import Filtering
from scenes.parts.pictures.image import pictured
from scenes.parts.pictures.judged import Judged
from scenes.parts.pictures.picture_row import PictureRow
from scenes.parts.pictures.recorded_picture import extremes, filtered, tone_scale, tones
from scenes.parts.pictures.scan import run_down
from scenes.parts.room.box import Box
from scenes.parts.room.layout import line_box
from scenes.parts.room.magnify import magnify
from scenes.parts.room.standing import SMALLEST, stand
from scenes.parts.text.sums import Sum
from scenes.parts.text.typeset import words
from scenes.stage import style
from scenes.stage.provenance import read_number
from scenes.stage.stage import Stage
from scenes.stage.style import DARK

ROOM = Box(-3.0, 3.0, -2.0, 2.0)
SIZES = st.integers(1, 14)


@pytest.fixture
def film(stage: Callable[..., Any]) -> Stage:
    found: Stage = stage("convolution")
    return found


def middle(places: list[Place], grid: Cells) -> np.ndarray:
    return np.mean([grid.place(*place) for place in places], axis=0)


@pytest.mark.parametrize(("stride", "dilation"), [(1, 1), (2, 1), (2, 2)])
def test_the_window_covers_what_the_kernel_reads(stride: int, dilation: int):
    large, small = Cells(DARK, (9, 9)).into(ROOM), Cells(DARK, (3, 3)).into(ROOM)
    walk = Walk((large, small), stride * np.arange(3), stride * np.arange(3), (3, 2), dilation)
    covered = walk.taps((1, 2))
    assert covered[0, 0] == (stride, 2 * stride)
    assert covered[2, 1] == (stride + 2 * dilation, 2 * stride + dilation)
    for move in walk.go((1, 2)):
        target = move.build().mobject.target
        wanted = [middle(list(covered.values()), large), small.place(1, 2)]
        assert any(np.allclose(target.get_center(), place) for place in wanted)
    assert walk.go((1, 2)) == []
    kernel = Cells(DARK, (3, 2)).into(Box(4, 6, 0, 2))
    frames = walk.over(kernel)
    assert len(frames) == len(walk.window)
    assert frames.get_center() == pytest.approx(middle(list(kernel.places()), kernel))


def test_stops_fill_the_second_grid_and_leave_what_stands_there(film: Stage):
    large = SeriesCells(film, "slide/padded").into(ROOM).fill()
    small = SeriesCells(film, "slide/output").into(ROOM)
    first = small.draw((1, 1))[0]
    tops, lefts = film.array("slide/top"), film.array("slide/left")
    walk = Filling(film, large, small, tops=tops, lefts=lefts, kernel=(3, 3))
    walk.each([(0, 0), (0, 1)])
    walk.row(1, 0.2)
    assert set(small.tiles) == {(0, 0), (0, 1), *((1, column) for column in range(small.columns))}
    assert small.tiles[1, 1] is first
    assert walk.at == (1, small.columns - 1)
    walk.each(seconds=(0.1, 0.05))
    assert set(small.tiles) == set(small.places())
    assert len(walk.hollow) == small.rows * small.columns


@given(st.lists(st.tuples(SIZES, SIZES), min_size=2, max_size=4), st.booleans())
def test_grids_stand_beside_each_other_in_their_box(shapes: list[Place], stacked: bool):
    grids = [Cells(DARK, shape, need=0.3) for shape in shapes]
    stacks = [[one] for one in grids]
    if stacked and len(grids) > 2:
        stacks[:2] = [[grids[0]], [*grids[1:2], Cells(DARK, (2, 2))]]
    stand(ROOM, *stacks)
    for stack in stacks:
        for one in stack:
            assert one.box.left >= ROOM.left - 1e-9
            assert one.box.right <= ROOM.right + 1e-9
            assert one.box.bottom >= ROOM.bottom - 1e-9
            assert one.box.top <= ROOM.top - style.NAME_ROOM + 1e-9
    for left, right in itertools.pairwise(stacks):
        assert max(one.box.right for one in left) < min(one.box.left for one in right)
    assert grids[-1].pitch[1] <= max(grids[0].pitch[1], SMALLEST) + 1e-9


def test_a_sum_is_written_with_its_signs(film: Stage):
    total = Sum(film)
    total.add_all("kernel/weight", ".0f")
    texts = list(total.fields.values())
    assert texts == ["−1", "0", "1", "−2", "0", "2", "−1", "0", "1"]
    assert total.source.startswith("{term0} + {term1} + {term2} + ({term3}) + ")
    assert film.math(f"{total.source} = {{y}}", y=film.number("window/output"), **total.fields).width > 0


def test_of_a_long_sum_the_first_and_the_last_terms_are_written(film: Stage):
    total = Sum(film)
    total.add_all("slide/output", ".0f")
    assert "dots.c" in total.source
    values = film.array("slide/output").ravel()
    assert [read_number(text) for text in total.fields.values()] == [*values[:3], values[-1]]


def test_what_a_signals_window_makes_stands_below_its_middle():
    names = (words("in", DARK, 30), words("out", DARK, 30))
    signal = Signal(names, ROOM, 11, 3, [0, 4, 8])
    xs = [signal.row[left + 1].get_x() for left in (0, 4, 8)]
    assert [stop[1].get_x() for stop in signal.stops] == pytest.approx(xs)
    assert signal.window.get_x() + signal.way[0] == pytest.approx(xs[-1])
    boxes = [line_box(one) for one in (names[0], signal.row, signal.stops[0][1], names[1])]
    assert all(above.bottom > below.top for above, below in itertools.pairwise(boxes))
    assert len(signal.run()) == 2


def test_a_signal_of_one_window():
    signal = Signal((words("in", DARK, 30), words("out", DARK, 30)), ROOM, 4, 4, [0])
    assert signal.stops[0][1].get_x() == pytest.approx(signal.row.get_x())


def test_another_series_takes_the_cells_and_gives_them_back(film: Stage):
    cells = SeriesCells(film, "crop/pixel", shape=(10, 10), corner=(1, 1), role="input").into(ROOM).fill()
    rim = cells.outline((0, 0))
    film.play(*cells.instead("padding1/visits", "activation"))
    assert cells.numbers[1, 1].source == str(film.array("padding1/visits")[0, 0])
    assert cells.tiles[0, 0] is rim
    film.play(*cells.instead("crop/pixel", "input"))
    assert cells.numbers[4, 4].source == str(film.array("crop/pixel")[3, 3])


def test_a_smaller_array_is_laid_into_a_larger_grid(film: Stage):
    cells = SeriesCells(film, "padding2/output").into(ROOM)
    cells.lay_in("padding1/output", (1, 1))
    assert set(cells.tiles) == {(y, x) for y in range(1, 7) for x in range(1, 7)}


def test_signs_stand_where_numbers_have_no_room(film: Stage):
    cells = SeriesCells(film, "kernel/weight", signs=True).into(Box(0, 0.6, 0, 0.6)).fill()
    assert [cells.numbers[place].source for place in ((0, 0), (0, 2), (1, 0))] == ["−", "\\+", "−"]


def test_marks_hop_over_both_grids_at_once():
    grids = Cells(DARK, (3, 3)).into(ROOM), Cells(DARK, (2, 2)).into(ROOM)
    marks = Hopping(*grids)
    marks.hop((0, 0), (1, 1))
    assert [one.get_center() for one in marks] == [
        pytest.approx(grid.place(*place)) for grid, place in zip(grids, ((0, 0), (1, 1)), strict=True)
    ]
    target = marks.hop((2, 2), (0, 1)).build().mobject.target  # type: ignore[attr-defined]
    assert target[1].get_center() == pytest.approx(grids[1].place(0, 1))


def test_filters_go_over_a_picture_one_after_the_other(film: Stage):
    panel = Filtering(film, ROOM, tones(film, "photo"))
    for k in (2, 3):
        one = f"filter{k}"
        rgb = filtered(film, f"{one}/map", f"{one}/weight", f"{one}/strong", "photo")
        panel.apply(SeriesCells(film, f"{one}/weight"), film.name(f"{one}/name"), rgb, 0.2)
        assert panel.kernel is not None
        weight = int(film.array(f"{one}/weight")[0, 1])
        assert panel.kernel.numbers[0, 1].source == str(weight).replace("-", "−")
        assert panel.result in film.mobjects
    film.play(FadeOut(panel.all()))
    assert film.mobjects == []


def test_a_filter_that_is_asked_for_has_its_cells_and_no_numbers(film: Stage):
    """The question marks stand exactly where the numbers will."""
    panel = Filtering(film, ROOM, tones(film, "photo"))
    marks = panel.ask(SeriesCells(film, "filter2/weight"))[1:]
    assert {mark.source for mark in marks} == {"?"}
    panel.put(SeriesCells(film, "filter2/weight"), "name", tones(film, "photo"))
    assert panel.kernel is not None
    numbers = [panel.kernel.numbers[place] for place in panel.kernel.places()]
    for mark, number in zip(marks, numbers, strict=True):
        assert mark.get_center() == pytest.approx(number.get_center(), abs=0.1)


def test_one_window_is_taken_apart(film: Stage):
    """Its products fill their grid, and their sum is the one cell of the output."""
    film.prepare()
    at = (int(film.item("window/y")), int(film.item("window/x")))
    large = SeriesCells(film, "slide/padded").into(ROOM)
    small = SeriesCells(film, "slide/output").into(ROOM)
    kernel = SeriesCells(film, "kernel/weight").into(ROOM)
    products = SeriesCells(film, "window/products").into(ROOM)
    where = {"tops": film.array("slide/top"), "lefts": film.array("slide/left"), "kernel": (3, 3), "at": at}
    working = Working(
        Filling(film, large, small, **where), kernel, products, "window/pixel", "window/output", "kernel/bias"
    )
    working.multiply("products", kernel)
    assert set(products.numbers) == set(products.places())
    working.add_up(instead=VGroup())
    assert list(small.tiles) == [at]
    told = [row for row in film.rows if row.series == "window/products"]
    shown = {row.index for row in told}
    assert shown == set(np.ndindex(3, 3))


def test_channels_stand_in_rows(film: Stage):
    names = [words(one, DARK, 30) for one in ("red", "green", "blue")]
    sums = [words(one, DARK, 30) for one in "abc"]
    series = ("channels/pixel", "channels/weight")
    rows = ChannelRows(film, ROOM, names, series, sums, style.CHANNELS, 255.0)
    for parts in (rows.names, rows.pixels, rows.weights, rows.sums):
        heights = [one.get_y() for one in parts]
        assert heights == sorted(heights, reverse=True)
    for grids in (rows.pixels, rows.weights):
        assert len({(one.pitch, one.number_px) for one in grids}) == 1
    rows.multiply()
    assert film.mobjects == rows.sums


def test_pictures_stand_in_a_row_and_make_the_last_one(film: Stage):
    rgb = tones(film, "photo")
    row = PictureRow(film, ROOM, [(rgb, "one", "g_x"), (rgb, "two", "g_y"), (rgb, "three", "")])
    xs = [one.get_x() for one in row]
    assert xs == sorted(xs)
    before, old = pictured(rgb, DARK, Box(2, 4, -1, 1)), pictured(rgb, DARK, Box(-4, -2, -1, 1))
    film.add(before, old)

    def seen() -> list[Any]:
        return [part for one in film.mobjects for part in one.get_family()]

    row.take(1, before, old)
    assert before.get_center() == pytest.approx(row[1][0].get_center())
    assert row[0][0] in seen()
    assert row[2][0][0] not in seen()
    row.combine(0.1)
    assert row[2][0][0] in seen()
    assert [one.get_x() for one in row] == xs


def test_cells_that_play_no_part_are_struck_out():
    cells = Cells(DARK, (4, 4)).into(ROOM)
    lines = cells.strike([(0, 3), (3, 0)])
    assert [line.get_center() for line in lines] == [
        pytest.approx(cells.place(0, 3)),
        pytest.approx(cells.place(3, 0)),
    ]
    assert max(line.width for line in lines) < cells.pitch[0]


def test_a_ring_lies_around_its_pixel(film: Stage):
    picture = pictured(tones(film, "image"), DARK, ROOM)[0]
    assert picture.ring(2, 5, DARK).get_center() == pytest.approx(picture.place(2, 5))


def test_a_filter_that_keeps_brightness_is_drawn_as_brightness(film: Stage):
    """identity: the photograph itself; sobel-x, whose weights cancel out: by sign."""
    same, edges = (
        filtered(film, f"filter{k}/map", f"filter{k}/weight", f"filter{k}/strong", "photo") for k in (1, 2)
    )
    assert np.array_equal(same, tones(film, "photo")[1:-1, 1:-1])
    assert (edges[..., 0] != edges[..., 2]).any()


def test_a_frame_opens_into_what_it_holds(film: Stage):
    whole = pictured(tones(film, "photo"), DARK, Box(0, 3, -2, 2))
    piece = pictured(tones(film, "image"), DARK, Box(-3, -1, -1, 1))
    frame, rays = magnify(film, whole, (10, 20), (8, 8), piece)
    assert frame.get_center() == pytest.approx(whole[0].place(13.5, 23.5))
    assert rays[0].get_end() == pytest.approx(piece.get_corner(np.array([1, 1, 0])))
    assert piece in film.mobjects


def test_a_picture_with_its_truth_above_and_the_guess_below(film: Stage):
    judged = Judged(film, tones(film, "image"), "digit", "guess", Box(-3, -1, -2, 2))
    heights = [one.get_y() for one in (judged.truth, judged.picture, judged.guess)]
    assert heights == sorted(heights, reverse=True)


def test_tones_stand_between_their_numbers(film: Stage):
    ends = extremes(film, "image")
    low, bar, high = tone_scale(film, ends, Box(-3, 3, 0, 0.6), 4)[:3]
    assert low.get_x() < bar.get_x() < high.get_x()
    assert (low.source, high.source) == ("0", "16")


def test_a_card_keeps_to_its_box(film: Stage):
    card = FilterCard(SeriesCells(film, "filter2/weight"), "sobel", tones(film, "photo"), ROOM)
    box = line_box(card)
    assert box.left >= ROOM.left - 1e-6
    assert box.right <= ROOM.right + 1e-6
    assert box.top <= ROOM.top


def test_a_frame_ends_at_the_last_row(film: Stage):
    picture = pictured(tones(film, "image"), DARK, ROOM)
    film.add(picture)
    run_down(film, picture[0], 0.2)
    assert film.mobjects == [picture]


def test_letters_of_a_formula_are_named(film: Stage):
    rows = {
        sign: (label, film.value("notes/output")) for sign, label in (("n", "letter_n"), ("s", "letter_s"))
    }
    table = film.symbols(rows, ROOM)
    assert len(table.rows) == 2
    assert isinstance(table.rows[0], VGroup)
    assert len(table.rows[0]) == 3
