"""Strips of layers: their places are even, another box keeps what they show, and brightness is told by the share."""

import pytest
from manim import VGroup
from manim.utils.color import ManimColor

from scenes.parts.nets.layer_strip import LayerStrip, shine
from scenes.parts.room.box import Box
from scenes.stage.style import DARK, LIGHT, Look

ROOM = Box(-6.0, 6.0, 1.0, 2.5)


@pytest.mark.parametrize(("layers", "units"), [(2, 1), (12, 5), (52, 3)])
def test_layers_stand_evenly_from_side_to_side(layers: int, units: int):
    strip = LayerStrip(DARK, ROOM, layers, units)
    places = [column.get_center()[0] for column in strip.columns]
    pitch = 12.0 / (layers - 1)
    assert places == pytest.approx([-6.0 + pitch * k for k in range(layers)])
    assert {len(column) for column in strip.columns} == {units}
    assert len(strip.wires) == layers - 1
    units_drawn = VGroup(*strip.columns)
    assert units_drawn.get_top()[1] <= ROOM.top + 1e-6
    assert units_drawn.get_bottom()[1] >= ROOM.bottom - 1e-6


@pytest.mark.parametrize("look", [DARK, LIGHT])
def test_what_shines_more_is_further_from_the_background(look: Look):
    def apart(share: float) -> float:
        one, other = ManimColor(shine(look, "gradient", share)), ManimColor(look.background)
        return float(sum(abs(one.to_rgb() - other.to_rgb())))

    assert 0 < apart(0.0) < apart(0.3) < apart(1.0)
    assert ManimColor(shine(look, "gradient", 1.0)) == ManimColor(look.gradient)


def test_another_box_keeps_what_the_strip_shows():
    strip = LayerStrip(DARK, ROOM, 4, 3)
    shining = strip.shone("gradient", [0.0, 0.5, 1.0])
    shining.begin()
    shining.finish()
    small = strip.within(Box(-6.0, 6.0, 2.0, 2.5))
    for before, after in zip(strip.wires, small.wires, strict=True):
        assert after.get_stroke_opacity() == before.get_stroke_opacity()
        assert after.get_stroke_width() < before.get_stroke_width()
    fills = [str(column[0].get_fill_color()) for column in small.columns]
    assert fills == [str(column[0].get_fill_color()) for column in strip.columns]
    assert len(set(fills)) == 4  # the input does not shine, and the others each by its share
