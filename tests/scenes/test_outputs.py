"""What a net gives out and keeps: if these failed, another candidate, number or step would be meant."""

import numpy as np
import pytest

from scenes.parts.arrays.states import States
from scenes.parts.arrays.step_map import StepMap
from scenes.parts.charts.backward_chart import BackwardChart
from scenes.parts.room.box import Box
from scenes.parts.sequences.forecast import Forecast
from scenes.parts.sequences.held_state import held, legend
from scenes.parts.sequences.likely import Likely

BOX = Box(-3.0, 3.0, -2.0, 2.0)
NUMBERS = {"series": {"v": (112.0, 118.0, 132.0, 129.0, 121.0, 135.0)}, "steps": 5, "long": 10}


def test_the_likeliest_stands_out_and_the_answer_is_outlined(stage) -> None:
    film = stage("rnn", sequence="abcdefgh", hidden=4, steps=3, long=10)
    p = film.array("probabilities")[2]
    table = Likely(film, BOX, "vocabulary", "probabilities", 2, guess=int(p.argmax()), answer=5)
    assert {5, int(p.argmax())} <= set(table.fold.shown)
    row = table.fold.shown.index(5)
    assert table.mark.get_y() == pytest.approx(table.row_y(row))
    widths = {one: bar.width for one, bar in zip(table.fold.shown, table.column(1), strict=True)}
    assert max(widths, key=widths.__getitem__) == p.argmax()


def test_dot_and_ring_lie_by_their_numbers(stage) -> None:
    film = stage("rnn", **NUMBERS)
    drawn = Forecast(film, BOX, "prediction/raw", "target/raw", 1, (112.0, 135.0), "short")
    guess, target = (film.array(f"{name}/raw")[1] for name in ("prediction", "target"))
    assert (drawn[1].get_y() > drawn.mark.get_y()) == (guess > target)
    low, high = drawn[0].get_bottom()[1], drawn[0].get_top()[1]
    assert drawn.mark.get_y() == pytest.approx(low + (target - 112) / 23 * (high - low))


def test_a_map_has_a_column_for_every_step(stage) -> None:
    film = stage("rnn")
    states = States(film.look, film.array("h"), (4.0, 3.0))
    chart = StepMap(film.look, BOX, states, film.head("unit"), {0: film.head("step")}, {})
    assert chart.outline(2).get_x() == pytest.approx(chart.columns([2]).get_x(), abs=0.2)
    assert chart.places[0].right == pytest.approx(chart.places[1].left)
    held_there = held(film, states, "h", 1, BOX)
    assert held_there.get_right()[0] <= BOX.right + 1e-6
    signs = legend(film, states, "h", BOX, ("largest", "smallest"), chart.cell)
    shown = [reading.value for text in signs.column(2) for reading in text.readings]
    assert shown == [film.array("h").max(), film.array("h").min()]
    assert len(signs.rows) == 2
    # A number in the legend is as large as in the map.
    step, unit = np.unravel_index(film.array("h").argmax(), film.array("h").shape)
    alone = np.zeros(film.array("h").shape)
    alone[step, unit] = film.array("h").max()
    drawn = States(film.look, alone, (4.0, 3.0)).columns([step], [chart.places[step]])
    assert signs.rows[0][0].width == pytest.approx(drawn.width, rel=1e-3)


def test_norms_run_from_the_last_place_to_the_first(stage) -> None:
    film = stage("rnn")
    across = Box(-2.0, 2.0, 2.2, 2.8)
    names = film.head("step"), film.head("unit")
    chart = BackwardChart(
        film, BOX, ("step", "gradient/decades"), names, {0: ("gradient/start_norm", None)}, across
    )
    line, marks = chart.marked(0)
    norms = film.array("gradient/start_norm")
    assert line.get_start()[0] > line.get_end()[0]
    assert len(marks) == len(norms)
    for mark, norm, place in zip(marks, norms[::-1], across.columns(1, 1, 1, 1, gap=0)[::-1], strict=True):
        assert tuple(mark.get_center()) == pytest.approx(
            tuple(chart.at(4 - list(norms[::-1]).index(norm), norm))
        )
        assert mark.get_x() == pytest.approx(place.centre[0])
    way, mark = chart.piece(0, 3, 1)
    assert tuple(way.get_start()) == pytest.approx(tuple(chart.at(4, norms[3])))
    for place in (way.get_end(), mark.get_center()):
        assert tuple(place) == pytest.approx(tuple(chart.at(2, norms[1])))
    assert len(chart.piece(0, 3, 3)[0]) == 0
    assert [chart.share(norm) for norm in sorted(norms)] == sorted(chart.share(norm) for norm in norms)
    assert [one.value for one in chart.end(0, 0, "gradient/start_norm", 30).readings] == [norms[0]]
