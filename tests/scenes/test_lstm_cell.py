"""The drawn LSTM cell: if these failed, a gate would seem to act on another state, or a number to belong elsewhere."""

import pytest

from scenes.parts.room.box import Box
from scenes.parts.sequences.lstm_cell import LstmCell
from scenes.parts.text.typeset import words
from scenes.stage.style import DARK

ROOM = Box(-6.5, 6.5, -1.5, 2.85)
NEAR = 0.25


@pytest.fixture
def cell(stage) -> LstmCell:
    gates = {
        key: words(text, DARK, 26)
        for key, text in zip("figo", ("forget", "input", "new", "output"), strict=True)
    }
    return LstmCell(stage("rnn"), ROOM, gates)


def test_the_cell_state_goes_straight_through(cell: LstmCell) -> None:
    heights = {round(float(way.get_y()), 3) for way in cell.belt[:3]}
    assert len(heights) == 1
    assert cell.belt[0].get_start()[0] < cell.inside.left
    assert cell.belt[2].get_end()[0] > cell.inside.right


def test_its_gradient_takes_the_same_way_back(cell: LstmCell) -> None:
    back = cell.back()
    assert all(way.get_start()[0] > way.get_end()[0] for way in back)
    assert back[0].get_start()[0] > cell.inside.right
    assert back[-1].get_end()[0] < cell.inside.left
    assert {round(way.get_y(), 3) for way in back} == {round(cell.belt[0].get_y() - 0.15, 3)}


def test_the_forget_gate_multiplies_before_anything_is_added(cell: LstmCell) -> None:
    times, plus = cell.keeps[-1], cell.writes[-1]
    assert times.get_y() == plus.get_y() == pytest.approx(cell.belt[0].get_y())
    assert times.get_x() < plus.get_x()
    assert (times[1].source, plus[1].source) == ("$ times $", "$ + $")


def test_everything_keeps_to_its_room(cell: LstmCell) -> None:
    assert cell.get_left()[0] >= ROOM.left - NEAR
    assert cell.get_right()[0] <= ROOM.right + NEAR
    assert cell.get_bottom()[1] >= ROOM.bottom - NEAR
    for key in ("f", "i", "g", "o"):
        assert cell.names[key].width < 0.15 * cell.inside.width


@pytest.mark.parametrize("key", ["f", "i", "g", "o", "c0", "c", "h"])
def test_a_number_stands_by_what_it_is(cell: LstmCell, key: str) -> None:
    number = cell.value(key, words("0.985", DARK, 30))
    others = [one for one in ("f", "i", "g", "o", "c0", "c", "h", "h0") if one != key]
    own = abs(number.get_center() - cell.names[key].get_center()).sum()
    assert all(own < abs(number.get_center() - cell.names[one].get_center()).sum() for one in others)
