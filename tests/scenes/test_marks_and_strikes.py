"""What marks a change on wires, and what strikes out pieces of a formula."""

from __future__ import annotations

import numpy as np
import pytest
from manim import DashedLine, Triangle

from scenes.parts.nets.change_marks import CLEAR, MOST, change_marks
from scenes.parts.nets.network import Network
from scenes.parts.room.box import Box
from scenes.parts.text.strike import held_back, strike
from scenes.parts.text.typeset import math
from scenes.stage import style

LOOK = style.LOOKS["dark"]


@pytest.fixture
def changes() -> list[np.ndarray]:
    """Of a net of 3, 4 and 2 units."""
    return [np.random.default_rng(seed).normal(size=shape) for seed, shape in enumerate([(4, 3), (2, 4)])]


def test_the_largest_changes_have_marks_on_their_wires_clear_of_each_other_and_what_stays_is_dotted(
    changes: list[np.ndarray],
):
    changes[0][1] = 0
    net = Network(LOOK, changes, Box(-5, 5, -2, 2))
    drawn = change_marks(net, changes)
    marks = [one for one in drawn if isinstance(one, Triangle)]
    moved = [
        (value, wires[key])
        for wires, change in zip(net.edges, changes, strict=True)
        for key, value in np.ndenumerate(change)
    ]
    large = sorted(moved, key=lambda one: -abs(one[0]))[:MOST]
    assert len(marks) == len(large) == MOST
    middles = np.array([one.get_center_of_mass() for one in marks])
    apart = np.linalg.norm(middles[:, None] - middles, axis=2)
    assert apart[~np.eye(MOST, dtype=bool)].min() > CLEAR * 0.8
    dots = [one for one in drawn if isinstance(one, DashedLine)]
    assert len(dots) == len(drawn) - len(marks) == 3
    for one, source in zip(dots, range(3), strict=True):
        assert np.allclose(one.get_start(), net.edges[0][1, source].get_start())
    for value, wire in large:
        start, way = wire.get_start(), wire.get_end() - wire.get_start()
        on = [
            one
            for one in marks
            if abs(np.cross(way, one.get_center_of_mass() - start)[2]) / np.linalg.norm(way) < 0.15
        ]
        assert any((top(one) > 0) == (value > 0) for one in on)


def top(mark) -> float:
    """Positive where most of a triangle's corners are low: it points up."""
    heights = mark.get_vertices()[:, 1]
    return float((heights.max() + heights.min()) / 2 - np.median(heights))


def test_a_step_that_moves_nothing_has_dots_alone(changes: list[np.ndarray]):
    net = Network(LOOK, changes, Box(-5, 5, -2, 2))
    marks = change_marks(net, [np.zeros_like(one) for one in changes])
    assert len(marks) == sum(one.size for one in changes)
    assert all(isinstance(one, DashedLine) for one in marks)


def test_a_struck_piece_is_crossed_and_what_is_held_back_is_hidden():
    text = math('rule(1) / tag("from", p) dot tag("with", p) tag("end", = q)', LOOK, 40)
    assert len(strike(LOOK, text, "from", "with")) == 2
    for line, name in zip(text.submobjects[-2:], ("from", "with"), strict=True):
        assert np.allclose(line.get_center(), text.piece(name).get_center())
        assert line.width > text.piece(name).width
    held_back(text, "end")
    assert all(one.get_fill_opacity() == 0 for one in text.piece("end"))
    assert all(one.get_fill_opacity() == 1 for one in text.piece("with"))
