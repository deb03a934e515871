"""What runs along a path: a walker beside the tip of its path would point at a step that was not taken yet."""

import numpy as np
import pytest
from manim import Dot, MoveAlongPath, VMobject, linear

from scenes.parts.room.motion import Run, drop_first

CORNERS = [[0, 0, 0], [1, 0, 0], [1, 0, 0], [4, 1, 0], [4.5, -2, 0]]
MOMENTS = np.linspace(0, 1, 23)


@pytest.fixture
def path() -> VMobject:
    return VMobject().set_points_as_corners(CORNERS)


def test_it_is_where_a_path_being_drawn_has_got_to(path: VMobject) -> None:
    run = Run(Dot(), path, rate_func=linear)
    for moment in MOMENTS[1:]:
        run.interpolate_mobject(moment)
        drawn = VMobject().pointwise_become_partial(path, 0, moment)
        assert run.mobject.get_center() == pytest.approx(drawn.points[-1], abs=1e-6)


def test_at_even_speed_it_goes_as_manims_own_does(path: VMobject) -> None:
    run, manims = (
        Run(Dot(), path, even_speed=True, rate_func=linear),
        MoveAlongPath(Dot(), path, rate_func=linear),
    )
    for moment in MOMENTS:
        run.interpolate_mobject(moment)
        manims.interpolate_mobject(moment)
        assert run.mobject.get_center() == pytest.approx(manims.mobject.get_center(), abs=1e-6)


def test_a_path_without_length_is_a_place() -> None:
    run = Run(Dot(), VMobject().set_points_as_corners([[2, 1, 0], [2, 1, 0]]), even_speed=True)
    run.interpolate_mobject(0.5)
    assert run.mobject.get_center() == pytest.approx([2, 1, 0])


def test_what_leaves_a_row_is_out_of_it_before_it_goes_across() -> None:
    there, target = (np.array([[x, y, 0], [x + 1, y, 0], [x + 1, y + 1, 0]]) for x, y in ((3, 2), (0, -2)))
    ways = [drop_first(target, there, 1 - alpha)[0] for alpha in (0, 0.25, 0.5, 0.75, 1)]  # as it is played
    assert np.array(ways)[:, :2].tolist() == [[3, 2], [3, 0], [3, -2], [1.5, -2], [0, -2]]
