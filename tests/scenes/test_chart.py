"""Charts: points lie where their numbers say, and names stand where nothing else does."""

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from scenes.parts.charts.chart import Axis, Chart
from scenes.parts.charts.marked_chart import MarkedChart
from scenes.parts.charts.markers import RADIUS, marker
from scenes.parts.charts.naming import Names
from scenes.parts.charts.scale import LogScale, Scale
from scenes.parts.room.box import Box
from scenes.parts.room.layout import line_box
from scenes.parts.text.typeset import words
from scenes.stage.style import DARK

ROOM = Box(-3.0, 3.0, -2.0, 2.0)
numbers = st.floats(-1e6, 1e6)


@given(numbers, numbers, st.floats(0, 1))
def test_a_scale_is_even(low: float, high: float, share: float) -> None:
    assume(high - low > 1e-6 * max(abs(low), abs(high), 1))
    scale = Scale(low, high)
    assert scale.share(low + share * (high - low)) == pytest.approx(share, abs=1e-6)
    assert low <= scale.clipped(high + 1) <= high


@given(st.floats(-300, 290), st.floats(0.5, 10), st.floats(0, 1), st.booleans())
def test_a_logarithmic_scale_gives_each_decade_the_same_room(
    low: float, decades: float, share: float, zero: bool
) -> None:
    scale = LogScale(10.0**low, 10.0 ** (low + decades), zero)
    begin = scale.broken_at
    assert scale.share(10.0 ** (low + share * decades)) == pytest.approx(
        begin + (1 - begin) * share, abs=1e-6
    )
    assert scale.share(0.0) == 0.0
    assert scale.share(10.0**low) == pytest.approx(begin, abs=1e-9)


@pytest.mark.parametrize("value", [0.0, 5e-324, 1e308])
def test_an_axis_of_one_number_has_room_around_it(value: float) -> None:
    assert 0 <= Scale(value, value).share(value) <= 1


def chart(**options: object) -> Chart:
    def ticks(*values: float) -> dict[float, object]:
        return {value: words(f"{value:,.2f}", DARK, 26) for value in values}

    x = Axis(Scale(0, 10), words("step", DARK, 26), ticks(0, 5, 10), under=True)  # type: ignore[arg-type]
    y = Axis(Scale(-1000, 1000), words("loss", DARK, 26), ticks(-1000, 0, 1000), grid=True)  # type: ignore[arg-type]
    return Chart(DARK, ROOM, x, y, **options)  # type: ignore[arg-type]


@pytest.mark.parametrize("framed", [False, True])
def test_axes_numbers_and_names_stay_in_the_box(framed: bool) -> None:
    for part in chart(framed=framed).frame:
        own = line_box(part)
        assert own.left >= ROOM.left - 0.01
        assert own.right <= ROOM.right + 0.01
        assert own.bottom >= ROOM.bottom - 0.06
        assert own.top <= ROOM.top + 0.06


def test_the_name_of_an_axis_is_clear_of_a_number_at_its_upper_end() -> None:
    made = chart()
    assert made.y.name is not None
    assert line_box(made.y.name).bottom > line_box(made.y.ticks[1000]).top  # type: ignore[arg-type]


def test_points_lie_where_the_numbers_of_the_axes_say() -> None:
    made = chart()
    for value, label in made.y.ticks.items():
        assert float(label.strut.get_center()[1]) == pytest.approx(made.at(0, value)[1])
    line = made.line([0, 5, 10], [-1000, 0, 1000], "loss")
    assert np.allclose(line.get_start(), made.at(0, -1000))
    assert np.allclose(line.get_end(), made.at(10, 1000))


@given(st.lists(st.floats(-1, 1), min_size=3, max_size=30))
def test_a_name_stands_in_the_box_and_hides_no_line_that_it_need_not(ys: list[float]) -> None:
    made = Chart(DARK, ROOM, Axis(Scale(0, len(ys) - 1)), Axis(Scale(-4, 4)))
    line = made.line(range(len(ys)), ys, "loss")
    made.names.keep_off(line)
    first = made.names.place(words("SGD", DARK, 26), line)
    second = made.names.place(words("momentum", DARK, 26), line)
    a, b = line_box(first), line_box(second)
    assert a.right <= b.left or b.right <= a.left or a.top <= b.bottom or b.top <= a.bottom
    heights = line.get_anchors()
    covered = [p for p in np.array(heights) if a.left < p[0] < a.right and a.bottom < p[1] < a.top]
    assert covered == []


def test_names_keep_to_their_box() -> None:
    names = Names(Box(-1, 1, -1, 1))
    made = chart()
    line = made.line([0, 10], [-1000, 1000], "loss")
    text = names.place(words("a name", DARK, 26), line)
    assert line_box(text).width > 0


def test_an_axis_may_share_its_ends_with_what_is_drawn_above() -> None:
    above = Box(-1.5, 2.0, 1.0, 2.0)
    made = chart(across=above)
    assert made.at(0, 0)[0] == pytest.approx(above.left)
    assert made.at(10, 0)[0] == pytest.approx(above.right)
    assert made.box.height == chart().box.height


def marked(*heights: tuple[float, ...]) -> MarkedChart:
    """Lines over 0 to 10, drawn from the right."""
    made = MarkedChart(DARK, ROOM, Axis(Scale(0, 10)), Axis(Scale(-4, 4)))
    lines = {
        key: (np.linspace(10, 0, len(ys)), np.array(ys), words(f"net {key}", DARK, 26))
        for key, ys in enumerate(heights)
    }
    made.take(lines, "loss", lambda key, role: marker(key, DARK, role))
    return made


@given(st.lists(st.tuples(*[st.floats(-2, 2)] * 5), min_size=1, max_size=3))
def test_a_marked_line_has_a_mark_at_each_point_and_a_name_off_its_marks(
    heights: list[tuple[float, ...]],
) -> None:
    made = marked(*heights)
    for key, ys in enumerate(heights):
        curve, marks = made.marked(key)
        assert np.allclose(curve.get_start(), made.at(10, ys[0]))
        assert [tuple(one.get_center()) for one in marks] == [
            pytest.approx(tuple(made.at(x, y)), abs=RADIUS)
            for x, y in zip(np.linspace(10, 0, 5), ys, strict=True)
        ]
        assert line_box(made.labels[key]).width > 0


def test_a_name_keeps_off_the_marks_of_its_line() -> None:
    made = marked((0.0,) * 9)
    own = line_box(made.labels[0])
    for one in made.marked(0)[1]:
        x, y, _ = one.get_center()
        assert not (own.left < x + RADIUS and x - RADIUS < own.right and own.bottom < y < own.top)


def test_a_line_of_one_point_is_a_mark_with_a_name() -> None:
    made = marked((1.0,))
    curve, marks = made.marked(0)
    assert len(curve.points) == 0
    assert len(marks) == 1
    made.drawn(made.marked(0))


def test_a_line_takes_its_place_on_another_chart() -> None:
    made, other = marked((0.0, 1.0)), marked((2.0, -1.0))
    line, name = made.becomes(0, made.marked(0), "muted", other)
    assert np.allclose(line.target_mobject[0].get_start(), other.at(10, 2.0))
    assert np.allclose(name.target_mobject.get_center(), other.labels[0].get_center())
