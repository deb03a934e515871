"""Histograms, regions, confusion matrices, small multiples: if these failed, a picture would not say its data."""

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from manim import VGroup
from sklearn.metrics import confusion_matrix

from engine.trace import Series, Trace
from scenes.parts.arrays.confusion import ConfusionMatrix
from scenes.parts.charts.chart import Axis, Chart
from scenes.parts.charts.histogram import bars, stairs
from scenes.parts.charts.scale import Scale
from scenes.parts.charts.scatter import CLASS_ROLES, class_mark, regions, scatter
from scenes.parts.room.box import Box
from scenes.parts.room.layout import line_box
from scenes.parts.room.legend import legend
from scenes.parts.room.multiples import multiples
from scenes.parts.text.typeset import words
from scenes.stage.style import DARK
from tests.scenes.test_number import Stage

ROOM = Box(-3.0, 3.0, -2.0, 2.0)
TRUTH, GIVEN = [0, 0, 0, 1, 1, 2, 2, 2, 2], [0, 0, 1, 1, 1, 2, 0, 2, 2]


def chart(x: tuple[float, float] = (0, 10), y: tuple[float, float] = (0, 5)) -> Chart:
    return Chart(DARK, ROOM, Axis(Scale(*x)), Axis(Scale(*y)))


@given(st.lists(st.integers(0, 5), min_size=1, max_size=12))
def test_bars_of_a_histogram_are_as_high_as_their_counts_and_stand_over_their_bins(counts: list[int]):
    made, edges = chart(), np.linspace(0, 10, len(counts) + 1)
    for bar, left, right, count in zip(
        bars(made, edges, np.array(counts), "positive"), edges[:-1], edges[1:], counts, strict=True
    ):
        assert bar.height == pytest.approx(made.at(0, count)[1] - made.at(0, 0)[1])
        assert made.at(left, 0)[0] < bar.get_left()[0] < bar.get_right()[0] < made.at(right, 0)[0]


def test_stairs_go_round_the_same_bars():
    made, edges, counts = chart(), np.array([0.0, 1, 4, 10]), np.array([2, 5, 1])
    line = stairs(made, edges, counts, "gradient")
    corners = [tuple(point) for point in line.get_anchors()]
    for left, right, count in zip(edges[:-1], edges[1:], counts, strict=True):
        assert all(any(np.allclose(corner, made.at(x, count)) for corner in corners) for x in (left, right))
    assert np.allclose(line.get_start(), made.at(0, 0))
    assert np.allclose(line.get_end(), made.at(10, 0))


@pytest.mark.parametrize(("edges", "counts"), [([0, 1], [1, 2]), ([0, 0], [1]), ([0, 1], [-1])])
def test_what_is_no_histogram_is_refused(edges: list[float], counts: list[float]):
    for draw in (bars, stairs):
        with pytest.raises(ValueError, match="no histogram"):
            draw(chart(), np.array(edges), np.array(counts), "positive")


def test_points_lie_where_they_are_and_classes_differ_in_shape_and_colour():
    made = chart()
    marks = scatter(made, [0, 10, 5], [0, 5, 2], [0, 1, 0])
    assert np.allclose([one.get_center() for one in marks], [made.at(0, 0), made.at(10, 5), made.at(5, 2)])
    looks = {
        (type(one[0]), one[0].get_fill_color().to_hex()) for one in (class_mark(DARK, k) for k in range(6))
    }
    assert len({colour for _, colour in looks}) == len(CLASS_ROLES)


def test_a_region_has_the_colour_of_its_class_where_the_class_is():
    """Lower left the first class, upper right the second: pictures run from the top down, data from the bottom up."""
    shares = np.zeros((2, 2, 2))
    shares[0, 0, 0] = shares[1, 1, 1] = 1
    shares[0, 1] = shares[1, 0] = 0.5
    made = chart()
    picture = regions(made, shares)
    pixels = picture.pixels.rgb
    assert picture.width == pytest.approx(made.box.width)
    assert np.allclose(picture.get_center(), made.box.centre)
    first, second = pixels[1, 0].astype(int), pixels[0, 1].astype(int)
    assert (first != second).any()
    assert np.abs(pixels[0, 0].astype(int) - (first + second) / 2).max() <= 1


def test_shares_that_are_none_have_no_regions():
    with pytest.raises(ValueError, match="sum to one"):
        regions(chart(), np.ones((3, 3, 2)))


def confused(stage: Stage, counts: np.ndarray) -> tuple[Any, ConfusionMatrix]:
    film = stage()
    series = {
        "confusion": Series(counts, ("truth", "given")),
        "names": Series(np.array(["a", "b", "c"]), ("class",)),
    }
    film.trace = Trace("none", "1", 0, {"given": {}, "resolved": {}}, {}, series)
    titles = film.words("truth"), film.words("given")
    return film, ConfusionMatrix(film, "confusion", "names", titles, ROOM)


def test_a_confusion_matrix_shows_every_count_in_its_cell(stage: Stage):
    """Counts of scikit-learn: rows are the truth."""
    counts = confusion_matrix(TRUTH, GIVEN)
    film, matrix = confused(stage, counts)
    film.add(matrix.fill())
    film.hold(0.4)
    shown = {row.index: row.text for row in film.rows if row.series == "confusion"}
    assert shown == {place: str(count) for place, count in np.ndenumerate(counts)}
    for (row, column), number in matrix.numbers.items():
        assert np.allclose(number.strut.get_center(), matrix.place(row, column))
    assert all(
        ROOM.left - 0.01 <= line_box(one).left and line_box(one).top <= ROOM.top + 0.01
        for one in matrix.heads
    )


def test_right_and_wrong_cells_have_their_own_hues(stage: Stage):
    _, matrix = confused(stage, confusion_matrix(TRUTH, GIVEN))
    matrix.fill()
    right, wrong, none = (matrix.tiles[place].get_fill_color().to_hex() for place in ((0, 0), (0, 1), (0, 2)))
    assert len({right, wrong, none}) == 3


def test_what_is_not_square_is_no_confusion_matrix(stage: Stage):
    with pytest.raises(ValueError, match="no confusion matrix"):
        confused(stage, np.ones((2, 3)))


@given(st.integers(1, 9))
def test_small_multiples_are_of_one_size_with_their_names_above(count: int):
    names = [words(f"net {i}", DARK, 26) for i in range(count)]
    rooms = multiples(ROOM, names)
    assert len({(round(room.width, 6), round(room.height, 6)) for room in rooms}) == 1
    for room, name in zip(rooms, names, strict=True):
        own = line_box(name)
        assert room.top <= own.bottom + 0.01
        assert own.top <= ROOM.top + 0.01
        assert room.left - 0.01 <= own.left <= own.right <= room.right + 0.01


@pytest.mark.parametrize("beside", [False, True])
def test_a_legend_has_each_mark_beside_its_word(beside: bool):
    entries = [(class_mark(DARK, k), words(name, DARK, 26)) for k, name in enumerate(("one", "two", "three"))]
    made = legend(entries, ROOM, beside=beside)
    assert isinstance(made, VGroup)
    for mark, word in made:
        assert mark.get_right()[0] < line_box(word).left
        assert mark.get_center()[1] == pytest.approx(line_box(word).centre[1], abs=0.06)
