"""The drawn LSTM cell: if these failed, a gate would seem to act on another state, or a number to belong elsewhere."""

import pytest

from scenes.parts.room.box import Box
from scenes.parts.sequences.lstm_cell import LANE, LstmCell
from scenes.parts.sequences.lstm_unit import LstmUnit
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
    before, times, after = cell.back(words("× 0.5", DARK, 34), 0.5)
    assert all(way.get_start()[0] > way.get_end()[0] for way in (before, after))
    assert before.get_start()[0] > cell.inside.right
    assert after.get_end()[0] < cell.inside.left
    assert {round(way.get_y(), 3) for way in (before, after)} == {round(cell.belt[0].get_y() + LANE[1], 3)}
    assert times.get_x() == pytest.approx(cell.keeps[-1].get_x(), abs=0.05)


@pytest.mark.parametrize("share", [0.25, 0.5, 1.0])
def test_the_gradient_is_as_thick_as_the_forget_gate_lets_it_be(cell: LstmCell, share: float) -> None:
    before, _, after = cell.back(words("×", DARK, 34), share)
    assert after.get_stroke_width() == pytest.approx(share * before.get_stroke_width())
    assert before.get_top()[1] < cell.inside.top


def test_a_unit_takes_the_numbers_of_another_run(stage) -> None:
    film = stage("rnn")
    gates = [{key: words(key, DARK, 26) for key in "figo"} for _ in range(2)]
    one, other = (
        LstmUnit(film, ROOM, gates[k], f"long{k + 2}", 3, words("unit", DARK, 26)) for k in range(2)
    )
    assert [one.fields[key].readings[0].index for key in "fh"] == [(3,), (3,)]
    gone = one.numbers["f"]
    first, _, now, _ = one.becomes(other)
    assert gone in [part for change in first for part in change.mobject.get_family()]
    assert other.numbers["f"] in [part for change in now for part in change.mobject.get_family()]
    assert one.numbers["f"] is other.numbers["f"]
    assert other.fields["f"].readings[0].series == "long3/last/forget"
    assert one.biases in one.standing()


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
