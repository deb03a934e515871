"""A shape that fades is tinted through what it covers; that must be what Cairo draws, to the last bit."""

from collections.abc import Sequence

import cairo
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from manim import Circle, Line, Mobject, Square, VGroup

from pipeline.paint.camera import FilmCamera
from pipeline.paint.masks import mask
from scenes.parts.text.typeset import words
from scenes.stage.style import DARK
from tests.paint.pictures import session

WIDTH, HEIGHT = 160, 120
CORNERS = st.lists(st.tuples(st.floats(-20, 180), st.floats(-20, 140)), min_size=4, max_size=16)


@settings(max_examples=80, deadline=None)
@given(CORNERS, st.booleans(), st.booleans(), st.floats(0.002, 0.995), st.integers(0, 5))
def test_tinting_is_drawing(
    corners: Sequence[tuple[float, float]], curved: bool, stroked: bool, alpha: float, seed: int
) -> None:
    def ink(context: "cairo.Context[cairo.ImageSurface]") -> None:
        if stroked:
            context.set_line_width(3.3)
            context.stroke_preserve()
        else:
            context.fill_preserve()

    ground = np.random.default_rng(seed).integers(0, 256, (HEIGHT, WIDTH, 4), dtype=np.uint8)
    ground[..., 3] = 255
    pictures = [ground.copy(), ground.copy()]
    for number, picture in enumerate(pictures):
        context = cairo.Context(
            cairo.ImageSurface.create_for_data(picture.data, cairo.FORMAT_ARGB32, WIDTH, HEIGHT)
        )
        context.set_source_rgba(0.3, 0.9, 0.5, alpha)
        context.move_to(*corners[0])
        for place in range(1, len(corners) - 2, 3):
            if curved:
                context.curve_to(*corners[place], *corners[place + 1], *corners[place + 2])
            else:
                context.line_to(*corners[place])
        context.close_path()
        if number == 0:
            ink(context)
            continue
        xs, ys = zip(*corners, strict=True)
        box = (min(xs) - 20, min(ys) - 20, max(xs) + 20, max(ys) + 20)
        found = mask(context, context.copy_path(), box, WIDTH, HEIGHT, ink)
        if found is not None:  # else it lies outside
            found.tint(context)
    assert np.array_equal(pictures[0], pictures[1])


@pytest.mark.parametrize("way", [(0.2, 0.5, 0.8, 1.0), (1.0, 0.999, 0.997, 0.5, 0.1)])
def test_a_fade_looks_as_if_each_frame_were_the_first(way: Sequence[float]) -> None:
    things = VGroup(
        Circle(radius=1, fill_opacity=0.7, color="#cc4422"),
        words("흐려지는 글자", DARK, 60).shift([0.013, 1.5, 0]),
        Line([-3, -2, 0], [3, 1, 0], stroke_width=6),
        Square(0.5, stroke_width=3).rotate(0.3).shift([2, 0, 0]),
    )
    family: list[Mobject] = [one for one in things.get_family() if len(one.points)]
    with session():
        camera = FilmCamera()
        for opacity in way:
            things.set_opacity(opacity)
            camera.show([], family)
            fresh = FilmCamera()
            fresh.show([], family)
            assert np.array_equal(camera.pixel_array, fresh.pixel_array)
        assert any(shape.masks for shape in camera._shapes.values())
