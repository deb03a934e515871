"""Curves, weighted sums and softmax tables: if these failed, a bar or a reading would stand for another number."""

from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from scenes.parts.arrays.softmax_table import SoftmaxTable
from scenes.parts.arrays.weighted_sum import Terms, WeightedSum
from scenes.parts.charts.curve import Curve
from scenes.parts.room.box import Box
from scenes.parts.room.folding import fold
from scenes.parts.text.typeset import Typeset, words
from scenes.stage.explainer import Explainer
from scenes.stage.style import DARK

ROOM = Box(-3.0, 6.0, -1.5, 2.8)


def text(number: float = 0.0) -> Typeset:
    return words(f"{number:.2f}", DARK, 30)


def some(count: int) -> list[Typeset]:
    return [text(i) for i in range(count)]


def curve(low: float, high: float) -> Curve:
    xs = np.linspace(low, high, 21)
    return Curve(DARK, ROOM, xs, np.maximum(xs, 0.0), (text(), text()), "activation")


@pytest.mark.parametrize(("low", "high"), [(-3.0, 3.0), (0.0, 1.0), (2.0, 5.0), (-5.0, -2.0)])
def test_the_axes_of_a_curve_cross_at_zero_and_leave_room_for_readings(low: float, high: float) -> None:
    made = curve(low, high)
    across, up = made.frame[:2]
    assert across.get_start()[1] == pytest.approx(made.at(0, 0)[1])
    assert up.get_start()[0] == pytest.approx(made.at(0, 0)[0])
    assert made.curve.get_end() == pytest.approx(made.at(high, max(high, 0.0)))
    assert made.at(0, 0)[0] - ROOM.left > 0.8
    assert made.at(0, 0)[1] - ROOM.bottom > 0.3


@pytest.mark.parametrize("point", [(2.0, 2.0), (-2.0, 0.0)])
def test_a_reading_ends_on_the_curve_with_its_numbers_at_the_axes(
    stage: Callable[..., Explainer], point: tuple[float, float]
) -> None:
    made = curve(-3, 3)
    below, beside = text(point[0]), text(point[1])
    shown = made.read(stage(), point, below, beside)
    dot = shown[0]
    assert dot.get_center() == pytest.approx(made.at(*point))
    assert below.get_center()[0] == pytest.approx(dot.get_center()[0])
    if point[1]:
        assert beside.get_right()[0] < made.at(0, 0)[0]
        assert beside.get_center()[1] == pytest.approx(dot.get_center()[1])


@given(st.lists(st.floats(-3, 3), min_size=1, max_size=30), st.floats(-3, 3))
def test_the_bars_of_a_weighted_sum_lead_from_zero_to_it(products: list[float], bias: float) -> None:
    shown = fold(len(products), 6)
    running = np.cumsum([*products, bias])
    count = len(shown.shown)
    terms = Terms(shown, some(count), some(count), some(count), some(count))
    made = WeightedSum(
        DARK, ROOM, terms, (text(), text(), text()), (text(), text()), (text(), text()), running
    )
    ends = [0.0]
    for bar, rises in zip(made.bars.bars, made.bars.rising, strict=True):
        left, right = bar.get_left()[0], bar.get_right()[0]
        assert (left if rises else right) == pytest.approx(made.bars.x(ends[-1]), abs=0.021)
        ends.append(((right if rises else left) - made.bars.left) / made.bars.scale_x + made.bars.low)
    assert made.bars.x(ends[-1]) == pytest.approx(made.bars.x(float(running[-1])), abs=0.021)
    assert len(made.steps) == len(made.bars.bars) == shown.slots + 1
    assert made.get_right()[0] < ROOM.right + 0.03


@pytest.mark.parametrize("count", [2, 3, 10])
def test_the_bars_of_a_softmax_are_shares_and_those_of_scores_lead_from_zero(count: int) -> None:
    classes = fold(count, 7)
    z = np.linspace(-2, 3, count)[list(classes.shown)]
    p = np.exp(z) / np.exp(z).sum()
    texts = (some(len(p)), some(len(p)), some(len(p)))
    heads, ends = (text(), text(), text()), (text(), text(), text())
    sums = (text(), text(), text(), text())
    names = some(len(p))
    made = SoftmaxTable(
        DARK,
        ROOM,
        classes,
        names,
        texts,
        heads,
        sums,
        p.tolist(),
        z.tolist(),
        ends,
        {0.5: text(), 0.0: text()},
    )
    room = made.widths[3]
    assert [line.get_x() - made.lefts[3] for line, _ in made.scale] == pytest.approx([0, room / 2], abs=1e-6)
    assert [track.width for track in made.tracks] == pytest.approx([room] * len(p))
    assert [bar.width for bar in made.bars] == pytest.approx(p * room, abs=0.021)
    zero = made.zero.get_x()
    for bar, value in zip(made.score_bars, z, strict=True):
        end = bar.get_right()[0] if value > 0 else bar.get_left()[0]
        assert end - zero == pytest.approx(value * room / 5, abs=0.021)
    assert [end.get_center()[0] for end in ends] == pytest.approx(
        [zero, made.lefts[3] + room, made.lefts[3] + room], abs=0.05
    )
