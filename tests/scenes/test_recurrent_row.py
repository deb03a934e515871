"""A row of recurrent cells: if these failed, states or gradients would seem to go between other steps."""

import pytest
from manim import ORIGIN

from scenes.parts.room.box import Box
from scenes.parts.room.folding import fold
from scenes.parts.sequences.recurrent_cell import CellBox, LargeCell
from scenes.parts.sequences.recurrent_row import RecurrentRow, unroll
from scenes.parts.sequences.token import token
from scenes.parts.text.typeset import Typeset, words
from scenes.stage.style import DARK

ROOM = Box(-6.0, 6.0, -1.5, 2.85)
NEAR = 0.1


def cell(room: Box) -> CellBox:
    return CellBox(DARK, room, words("RNN", DARK, 26), [words("W", DARK, 26) for _ in range(4)])


def state(step: int) -> Typeset:
    return words(f"h{step}", DARK, 26)


def row(count: int, most: int = 6, **options: bool) -> RecurrentRow:
    return RecurrentRow(DARK, ROOM, fold(count, most), cell, state, **options)


def test_inputs_lie_below_the_cells_and_outputs_above() -> None:
    one = row(4)
    for step in range(4):
        assert one.inputs[step].top < one.place(step).bottom < one.place(step).top < one.outputs[step].bottom
        assert one.inputs[step].centre[0] == pytest.approx(one.place(step).centre[0])


def test_cells_without_inputs_take_the_whole_room() -> None:
    bare = row(4, bare=True).standing()
    assert (bare.place(0).bottom, bare.place(0).top) == pytest.approx((ROOM.bottom, ROOM.top))
    assert len(bare) == 4 + 3  # cells and links, no arrows in or out


def test_a_state_goes_from_its_cell_to_the_next() -> None:
    one = row(3)
    way, name = one.between(0, 1, state)
    assert way.get_start()[0] == pytest.approx(one.place(0).right, abs=NEAR)
    assert way.get_end()[0] == pytest.approx(one.place(1).left, abs=NEAR)
    assert name.source == "h0"
    assert name.get_y() > way.get_y()


def test_where_steps_are_left_out_what_comes_in_is_of_the_step_before() -> None:
    one = row(9)
    early, late = one.drawn.shown[one.drawn.gap - 1], one.drawn.shown[one.drawn.gap]
    ways = one.between(early, late, state)
    assert [ways[1].source, ways[3].source] == [f"h{early}", f"h{late - 1}"]
    assert ways[0].get_end()[0] < ways[2].get_start()[0]
    assert len(one.link(early, late)) == 5  # and the dots


def test_what_goes_in_stands_at_every_drawn_step() -> None:
    one = row(9)
    made = one.fill(one.inputs, lambda step, box: state(step).move_to(box.centre))
    assert [text.source for text in made] == [f"h{step}" for step in one.drawn.shown]
    assert all(text in one for text in made)


def test_names_of_the_way_back_stand_below_the_cells() -> None:
    one = row(3).standing()
    (_, name) = one.back(words("L", DARK, 26), state)[1]
    assert name.get_top()[1] < one.place(0).bottom
    assert name.source == "h1"


def test_the_gradient_goes_from_the_loss_to_the_first_cell() -> None:
    one = row(9).standing()
    loss = words("L", DARK, 26)
    ways = one.back(loss)
    assert loss.get_left()[0] > one.place(8).right
    assert len(ways) == len(one.drawn.shown)
    ends = [way[-1].get_end()[0] for way in ways]
    assert ends == sorted(ends, reverse=True)
    for way, step in zip(ways, reversed(one.drawn.shown), strict=True):
        assert way[0].get_start()[0] > way[-1].get_end()[0]
        assert way[-1].get_end()[0] == pytest.approx(one.place(step).right, abs=NEAR)
    lit = one.flows_back(ways, [1.0] * 9)
    assert len(lit) == len(ways)


def test_a_cell_glows_by_its_share() -> None:
    dull, bright = (CellBox(DARK, ROOM).glow("gradient", share) for share in (0.0, 1.0))
    assert dull.box.get_fill_color().to_hex() == DARK.surface
    assert bright.box.get_fill_color().to_hex() == DARK.gradient


def test_what_a_cell_holds_replaces_its_weights() -> None:
    one = cell(ROOM)
    gone, come = one.holds(words("state", DARK, 26))
    assert (one.weights in one, one.name in one, len(one.weights), len(one.name)) == (False, False, 0, 0)
    assert len(gone.mobject.get_family()) > 5  # the weights' names and the cell's
    assert come.mobject.source == "state"


def test_a_row_unrolls_into_a_cell_for_every_step(stage) -> None:
    film = stage("rnn")
    one = RecurrentRow(film.look, film.room, fold(9, 6), cell, state)
    unroll(film, one, one.stand(0))
    assert tuple(one.boxes) == one.drawn.shown
    assert len(one.links) == len(one.drawn.shown) - 1
    for step, box in one.boxes.items():
        assert box.box.get_x() == pytest.approx(one.place(step).centre[0], abs=1e-6)


def test_a_large_cell_keeps_to_its_box() -> None:
    box = Box(-6.0, -2.0, -2.4, 2.85)
    one = LargeCell(box, cell, words("h", DARK, 30), [words("h", DARK, 30), words("c", DARK, 30)])
    assert one.drawn.get_right()[0] < one.names.get_right()[0] < box.right
    assert one.place.top < one.drawn[0].get_bottom()[1]


def test_a_token_is_as_wide_as_its_text_needs() -> None:
    small, large = (token(DARK, words(text, DARK, 28), 0.5, "input") for text in ("a", "1,234,567"))
    assert small[0].width == pytest.approx(0.5)
    assert large[0].width > large[1].width
    assert tuple(large[0].get_center()) == pytest.approx(tuple(ORIGIN))
