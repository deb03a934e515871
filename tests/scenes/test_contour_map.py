"""Maps, lenses, profiles and charts of runs: if these failed, a path would lie where no run went, or out of step."""

from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from manim import Create, VGroup

from scenes.parts.charts.chart import Axis
from scenes.parts.charts.contour_map import ContourMap
from scenes.parts.charts.lens import Lens
from scenes.parts.charts.markers import marker
from scenes.parts.charts.profile import RADIUS, Profile
from scenes.parts.charts.run_chart import RunChart
from scenes.parts.charts.scale import LogScale, Scale
from scenes.parts.charts.setting_chart import SettingChart
from scenes.parts.charts.sum_bars import SumBars
from scenes.parts.room.box import Box
from scenes.parts.room.layout import line_box
from scenes.parts.room.motion import InStep, Run, drawn, together
from scenes.parts.text.typeset import words
from scenes.stage.style import DARK

ROOM = Box(-4.0, 4.0, -2.0, 2.0)
X, Y = np.linspace(-8, 2, 41), np.linspace(-2, 2, 21)
Z = 0.02 * X[None, :] ** 2 + Y[:, None] ** 2
SERIES = {
    "surface/x": X,
    "surface/y": Y,
    "surface/z": Z,
    "surface/defined": Z < 4.5,
    "surface/levels": np.array([0.1, 0.5, 1.0, 2.0]),
    "surface/minima": np.array([[0.0, 0.0], [50.0, 0.0]]),
}
coordinates = st.floats(-30, 30)
points = st.lists(st.tuples(coordinates, coordinates), min_size=2, max_size=12).map(np.array)


def made(small: bool = False, even: bool = False) -> ContourMap:
    film: Any = SimpleNamespace(
        look=DARK,
        array=SERIES.__getitem__,
        ticks=lambda name, most: {0.0: words("0", DARK, 26)},
        math=lambda text, px, role: words(text, DARK, px, role),
    )
    return ContourMap(film, ROOM, small=small, even=even)


def inside(place: np.ndarray, box: Box) -> bool:
    return box.left - 1e-6 <= place[0] <= box.right + 1e-6 and box.bottom - 1e-6 <= place[1] <= box.top + 1e-6


def test_a_map_shows_levels_and_the_minima_that_lie_on_it() -> None:
    assert len(made().contours) == 4
    assert len(made().crosses) == 1
    assert len(made(small=True).contours) == 2
    assert np.allclose(made().crosses[0].get_center(), made().at(0, 0))


@given(points)
def test_a_way_has_a_curve_a_step_and_none_of_it_leaves_the_map(steps: np.ndarray) -> None:
    drawn_on = made(small=True)
    way = drawn_on.way(steps, "positive")
    curves = way.points.reshape(-1, 4, 3)
    assert len(curves) in (0, len(steps) - 1)
    assert all(inside(point, drawn_on.box) for point in way.points)
    for curve, a, b in zip(curves, steps, steps[1:], strict=False):
        if all((drawn_on.within(one) == one).all() for one in (a, b)):
            assert np.allclose(curve[[0, -1]], [drawn_on.at(*a), drawn_on.at(*b)], atol=1e-6)


def test_what_runs_along_two_ways_is_at_the_same_step_of_both() -> None:
    """Also where one of them is off the map for some steps."""
    drawn_on = made()
    away = np.array([[-7.0, 1.0], [-5, 1], [-5, 9], [-4, 9], [-3, 1], [-2, 1]])
    stays = np.array([[-7.0, -1.0], [-6, -1], [-5, -1], [-4, -1], [-3, -1], [-2, -1]])
    balls = [drawn_on.ball(one[0], "ink") for one in (away, stays)]
    for way, ball in zip((away, stays), balls, strict=True):
        Run(ball, drawn_on.way(way, "ink"), rate_func=lambda t: t).interpolate_mobject(4 / 5)
    assert np.allclose(balls[0].get_center(), drawn_on.at(-3, 1), atol=1e-6)
    assert np.allclose(balls[1].get_center(), drawn_on.at(-3, -1), atol=1e-6)


def test_where_nothing_moves_nothing_is_drawn() -> None:
    drawn_on = made()
    way = drawn_on.way(np.array([[1.0, 1.0]] * 5), "ink")
    assert drawn(way, drawn_on.ball(np.ones(2), "ink")) == []
    assert len(drawn_on.arrow(np.ones(2), np.ones(2), "ink")) == 0
    assert isinstance(drawn(drawn_on.way(np.array([[0.0, 0.0], [1.0, 1.0]]), "ink"))[0], Create)


def test_an_even_map_keeps_right_angles_right() -> None:
    film_map = made(even=True)
    across, up = (film_map.at(*end) - film_map.at(0, 0) for end in ((1, 0), (0, 1)))
    assert across[0] == pytest.approx(up[1])
    assert made().at(1, 0)[0] - made().at(0, 0)[0] != pytest.approx(made().at(0, 1)[1] - made().at(0, 0)[1])


def test_signs_stand_on_the_map_only() -> None:
    signs = made().signs(np.array([[0.0, 0.0], [90.0, 0.0]]), marker(1, DARK, "ink"))
    assert [np.allclose(one.get_center(), made().at(0, 0), atol=1e-6) for one in signs] == [True]


@given(st.tuples(coordinates, coordinates).map(np.array))
def test_an_arrow_is_cut_where_it_leaves_the_map(end: np.ndarray) -> None:
    drawn_on = made(small=True)
    arrow = drawn_on.arrow(np.zeros(2), end, "ink")
    assert all(inside(one.get_end(), drawn_on.box) for one in arrow)
    assert all(np.allclose(one.get_start(), drawn_on.at(0, 0)) for one in arrow)


def angle(way: np.ndarray) -> float:
    return float(np.arctan2(way[1], way[0]))


ways = st.tuples(st.floats(-3, 3), st.floats(-3, 3)).map(np.array)


@given(ways, ways)
def test_a_lens_keeps_directions_and_shares_of_length(first: np.ndarray, second: np.ndarray) -> None:
    drawn_on, start = made(small=True), np.array([-4.0, 0.0])
    corners = np.array([start, start + first, start + first + second])
    lens = Lens(drawn_on, corners, Box(-2, 2, -2, 2))
    assert all(inside(lens.at(corner), lens.box) for corner in corners)
    named = [(way, "ink", words("v", DARK, 26)) for way in (first, second, first + second)]
    arrows = lens.head_to_tail(start, named[:2], named[2])
    for (way, _, _), arrow in zip(named, arrows, strict=True):
        on_map = drawn_on.at(*(start + way)) - drawn_on.at(*start)
        in_lens = arrow[0].submobjects[0].get_end() - arrow[0].submobjects[0].get_start()
        if np.linalg.norm(in_lens) > 0.1:
            assert angle(in_lens) == pytest.approx(angle(on_map), abs=1e-3)
            assert np.linalg.norm(in_lens) == pytest.approx(lens.power * np.linalg.norm(on_map), rel=1e-3)


def test_arrows_on_one_line_stand_beside_each_other_and_nothing_is_a_dot() -> None:
    drawn_on, start = made(), np.array([-4.0, 0.0])
    lens = Lens(drawn_on, np.array([start, [-2.0, 0.0]]), Box(-2, 2, -2, 2))
    parts = [(np.array(way), "ink", words("v", DARK, 26)) for way in ([2.0, 0.0], [0.0, 0.0], [2.0, 0.0])]
    first, nothing, total = (group[0] for group in lens.head_to_tail(start, parts[:2], parts[2]))
    assert abs(float(first.get_center()[1] - total.get_center()[1])) > 0.3
    assert nothing.width < 0.1


def test_a_ball_rolls_on_the_line() -> None:
    xs = np.linspace(-2, 2, 81)
    names = words("x", DARK, 26), words("f", DARK, 26)
    profile = Profile(DARK, ROOM, xs, xs**2, names)
    assert np.allclose(
        profile.ball(1.0, "ink").get_center(), profile.at(1, 1) + np.array([0, RADIUS, 0]), atol=1e-6
    )
    ball = profile.ball(-2.0, "ink")
    run = profile.rolling(ball, [-2.0, 2.0])
    run.rate_func = lambda t: t
    run.interpolate_mobject(0.5)
    assert float(ball.get_center()[1]) < profile.at(0, 0.7)[1]
    run.interpolate_mobject(1)
    assert np.allclose(ball.get_center(), profile.on(2.0))


@pytest.mark.parametrize("by", [-1.0, 0.5])
def test_a_push_is_as_long_as_its_number(by: float) -> None:
    profile = Profile(
        DARK, ROOM, np.linspace(-2, 2, 9), np.ones(9), (words("x", DARK, 26), words("f", DARK, 26))
    )
    arrow, name = profile.push(0.0, by, "gradient", words("g", DARK, 26), 0.5)
    assert arrow.get_end()[0] - arrow.get_start()[0] == pytest.approx(
        profile.at(by, 0)[0] - profile.at(0, 0)[0]
    )
    assert name.get_left()[0] >= arrow.get_right()[0]


def test_runs_of_a_chart_take_a_piece_a_step_and_stay_where_they_left() -> None:
    chart = RunChart(DARK, ROOM, Axis(Scale(0, 6)), Axis(LogScale(0.01, 10)))
    values = {"fast": np.array([4, 0.4, 0.001, 0.2, 0.1, 0.1, 0.1]), "over": np.array([4.0, 8.0, 16.0])}
    chart.take({key: (one, "ink", words(key, DARK, 26)) for key, one in values.items()})
    assert [len(curve.points) // 4 for curve in chart.curves.values()] == [6, 6]
    assert np.allclose(chart.curves["fast"].get_end(), chart.at(2, 0.01))
    assert np.allclose(chart.curves["over"].get_end(), chart.at(2, 10))
    assert np.allclose(chart.dots["over"].get_center(), chart.at(0, 4))
    assert {id(one) for one in chart.curves.values()} <= {id(one) for one in chart.submobjects}
    assert float(chart.goal(0.1).get_center()[1]) == pytest.approx(chart.at(0, 0.1)[1])


def test_a_part_appears_when_its_step_is_taken() -> None:
    chart = RunChart(DARK, ROOM, Axis(Scale(0, 4)), Axis(Scale(0, 4)))
    chart.take({"run": (np.arange(5.0), "ink", words("run", DARK, 26))})
    parts = VGroup(*(marker(0, DARK, "ink") for _ in range(4)))
    moves = [*together(chart.curves, chart.dots), InStep(parts)]
    for move in moves:
        move.rate_func = lambda t: t
        move.begin()
        move.interpolate(0.5)
    assert np.allclose(chart.dots["run"].get_center(), chart.at(2, 2))
    assert [part.get_fill_opacity() for part in parts] == [1, 1, 0, 0]


def test_what_has_no_result_stands_at_the_top() -> None:
    settings, results = np.array([1.0, 2.0, 3.0]), np.array([2.0, np.nan, 1.0])
    across, up = Axis(Scale(0, 4)), Axis(Scale(0, 3))
    chart = SettingChart(DARK, ROOM, across, up, settings, results, "negative")
    assert np.allclose(chart.dots[0].get_center(), chart.at(1, 2), atol=1e-6)
    assert np.allclose(chart.dots[1].get_center(), chart.at(2, 3), atol=1e-6)
    text = line_box(chart.note(2, words("a note", DARK, 26)))
    dot = line_box(chart.dots[2])
    assert (
        text.left >= dot.right or text.right <= dot.left or text.bottom >= dot.top or text.top <= dot.bottom
    )


@given(st.lists(st.tuples(st.floats(-5, 5), st.floats(-5, 5)), min_size=1, max_size=6))
def test_bars_stand_head_to_tail_beside_their_sum(steps: list[tuple[float, float]]) -> None:
    kept, added = np.array(steps).T
    parts = [(kept, "activation"), (added, "gradient")]
    chart = SumBars(DARK, ROOM, parts, "positive", words("step", DARK, 26), Axis(Scale(-1, 1)))
    for k, bars in enumerate(chart.steps):
        levels = [0.0, kept[k], kept[k] + added[k]]
        for bar, ends in zip(bars, ((0, 1), (1, 2), (0, 2)), strict=True):
            heights = sorted(float(chart.at(0, levels[end])[1]) for end in ends)
            assert float(bar.get_bottom()[1]) == pytest.approx(heights[0], abs=0.01)
            assert float(bar.get_top()[1]) == pytest.approx(heights[1], abs=0.01)
