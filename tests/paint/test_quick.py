"""If what moves at once moved in another way than in Manim, films would differ from what their code says."""

from collections.abc import Callable
from contextlib import nullcontext
from typing import Any

import numpy as np
import pytest
from manim import (
    RIGHT,
    UP,
    AnimationGroup,
    Circle,
    Dot,
    FadeIn,
    FadeOut,
    Group,
    ImageMobject,
    Indicate,
    LaggedStart,
    Mobject,
    ReplacementTransform,
    Scene,
    Square,
    Transform,
    TransformFromCopy,
    ValueTracker,
    VGroup,
    there_and_back,
)

from pipeline.paint.quick import light_copy, quickened
from scenes.parts.text.typeset import words
from scenes.stage.style import DARK
from tests.paint.pictures import session

ATTRIBUTES = ("points", "fill_rgbas", "stroke_rgbas", "stroke_width", "sheen_factor")


def _shapes() -> VGroup:
    return VGroup(
        Square(1, fill_color="#FB923C", fill_opacity=1),
        VGroup(Circle(0.4, color="#38BDF8", stroke_width=7), words("가 1.5", DARK, 40)),
    )


def _nested(scene: Scene) -> None:
    shapes = _shapes()
    scene.play(LaggedStart(*map(FadeIn, shapes), lag_ratio=0.4), run_time=0.5)
    scene.play(AnimationGroup(shapes[0].animate.shift(UP), FadeOut(shapes[1], shift=RIGHT)), run_time=0.4)


def _changed_meanwhile(scene: Scene) -> None:
    """The part that moves is also a part of what fades; what is said last holds."""
    shapes = _shapes()
    scene.play(FadeIn(shapes), shapes[1].animate.shift(RIGHT), run_time=0.4)


def _updated(scene: Scene) -> None:
    """A dot follows a square by an updater of its own."""
    square, dot = Square(1), Dot()
    dot.add_updater(lambda one: one.move_to(square.get_right()))
    scene.add(square, dot)
    scene.play(square.animate.shift(RIGHT), run_time=0.4)


MOTIONS: dict[str, Callable[[Scene], Any]] = {
    "fade in": lambda scene: scene.play(FadeIn(_shapes()), run_time=0.4),
    "fade in drifting": lambda scene: scene.play(FadeIn(_shapes(), shift=UP, scale=2), run_time=0.4),
    "one after the other": lambda scene: scene.play(FadeIn(_shapes(), lag_ratio=0.5), run_time=0.5),
    "several": lambda scene: scene.play(FadeIn(_shapes(), Square(2), shift=UP), run_time=0.4),
    "group with an image": lambda scene: scene.play(
        FadeIn(Group(_shapes(), ImageMobject(np.zeros((4, 4), dtype=np.uint8)))), run_time=0.4
    ),
    "moved": lambda scene: scene.play(_shapes().animate.shift(RIGHT).set_opacity(0.3), run_time=0.4),
    "into another": lambda scene: scene.play(ReplacementTransform(_shapes(), Circle(2)), run_time=0.4),
    "from a copy": lambda scene: scene.play(TransformFromCopy(_shapes(), Square(3)), run_time=0.4),
    "along an arc": lambda scene: scene.play(Transform(Square(1), Circle(2), path_arc=1.0), run_time=0.4),
    "indicated": lambda scene: scene.play(Indicate(_shapes()), run_time=0.4),
    "nested": _nested,
    "changed meanwhile": _changed_meanwhile,
    "updated": _updated,
}


def _seen(motion: Callable[[Scene], Any], quick: bool) -> list[list[np.ndarray]]:
    """What every member on stage looks like in each frame of a motion."""
    frames: list[list[np.ndarray]] = []

    class Watched(Scene):
        def construct(self) -> None:
            motion(self)

        def update_self(self, dt: float) -> None:
            super().update_self(dt)
            family = [one for mobject in self.mobjects for one in mobject.get_family()]
            frames.append(
                [np.array(getattr(one, name)) for one in family for name in ATTRIBUTES if hasattr(one, name)]
            )

    with session() as renderer, quickened() if quick else nullcontext():
        Watched(renderer=renderer).render()
    return frames


@pytest.mark.parametrize("name", MOTIONS)
def test_a_motion_is_manims_own_in_every_frame(name: str) -> None:
    ours, manims = (_seen(MOTIONS[name], quick) for quick in (True, False))
    assert len(ours) == len(manims) > 3
    for mine, other in zip(ours, manims, strict=True):
        assert len(mine) == len(other)
        for one, two in zip(mine, other, strict=True):
            np.testing.assert_allclose(one, two, rtol=0, atol=1e-12)


def _moved_and_faded(scene: Scene) -> None:
    """What is said last holds: the fade brings back what the movement moved."""
    shapes = _shapes()
    scene.play(shapes[1].animate.shift(RIGHT), FadeIn(shapes), run_time=0.4)


def _left(scene: Scene) -> None:
    shapes = _shapes()
    scene.add(shapes)
    scene.play(FadeOut(shapes, shift=UP), run_time=0.4)
    scene.add(shapes[1])


def _there_and_back(scene: Scene) -> None:
    scene.play(FadeIn(_shapes(), rate_func=there_and_back), run_time=0.4)


ENDINGS = MOTIONS | {
    "moved and faded": _moved_and_faded,
    "left": _left,
    "there and back": _there_and_back,
}


@pytest.mark.parametrize("name", ENDINGS)
def test_what_is_not_drawn_ends_as_if_it_were(name: str) -> None:
    """Byte for byte, as a film in parts has the very pictures of the whole one; updaters add up rounding."""
    ends = []
    for drawn in (True, False):

        class Ending(Scene):
            def construct(self) -> None:
                ENDINGS[name](self)

        with session() as renderer, quickened():
            renderer._original_skipping_status = not drawn
            scene = Ending(renderer=renderer)
            scene.render()
        family = [one for mobject in scene.mobjects for one in mobject.get_family()]
        ends.append([getattr(one, a) for one in family for a in ATTRIBUTES if hasattr(one, a)])
    assert len(ends[0]) == len(ends[1]) > 0
    for one, two in zip(*ends, strict=True):
        np.testing.assert_allclose(one, two, rtol=0, atol=1e-12 if name == "updated" else 0)


def test_manim_is_as_before_afterwards() -> None:
    before = {name: Transform.__dict__.get(name) for name in ("interpolate_mobject", "begin")}
    copy = Mobject.copy
    with quickened():
        assert Transform.begin is not before["begin"]
    assert {name: Transform.__dict__.get(name) for name in before} == before
    assert Mobject.copy is copy


def test_a_light_copy_changes_nothing_of_what_it_was_made_of() -> None:
    shapes = _shapes()
    before = [(one.points.copy(), one.fill_rgbas.copy()) for one in shapes.get_family()]
    copy = light_copy(shapes)
    copy.shift(UP).scale(2).fade(0.5).set_fill("#FF0000", opacity=0.1)
    copy.submobjects[0].set_points_as_corners([[0, 0, 0], [1, 1, 0]])
    for one, (points, colours) in zip(shapes.get_family(), before, strict=True):
        np.testing.assert_array_equal(one.points, points)
        np.testing.assert_array_equal(one.fill_rgbas, colours)
    assert not np.array_equal(copy.submobjects[1].get_center(), shapes[1].get_center())


def test_a_family_is_listed_as_manim_lists_it() -> None:
    """Also where a member is in two groups, or a group in itself."""
    shapes = _shapes()
    twice = VGroup(shapes, Square(1), shapes[1])
    itself = VGroup(Dot(), _shapes())
    itself.submobjects.append(itself)
    groups = (shapes, twice, itself, VGroup(), Dot())
    before = [(one.get_family(), one.family_members_with_points()) for one in groups]
    with quickened():
        assert [(one.get_family(), one.family_members_with_points()) for one in groups] == before


def _told(mobject: Mobject, others: dict[int, int]) -> Any:
    """All that is in a mobject; members by their number, so that two families can be compared."""
    if id(mobject) in others:
        return others[id(mobject)]
    others[id(mobject)] = len(others)

    def told(value: Any) -> Any:
        if isinstance(value, Mobject):
            return _told(value, others)
        if isinstance(value, list | tuple):
            return [told(one) for one in value]
        if isinstance(value, dict):
            return {key: told(one) for key, one in value.items()}
        return (value.tolist(), value.dtype) if isinstance(value, np.ndarray) else value

    return type(mobject), {k: told(v) for k, v in mobject.__dict__.items() if k != "original_id"}


def test_a_copy_has_what_manim_s_has_and_nothing_of_it_is_the_original_s() -> None:
    shapes = Group(_shapes(), ValueTracker(1.5))
    shapes.save_state()
    shapes[0].generate_target().shift(UP)
    shapes[0][0].shared = shapes[0][1].shared = np.ones(3)
    original = shapes.copy()
    with quickened():
        copy = shapes.copy()
    assert _told(copy, {}) == _told(original, {}) == _told(shapes, {})
    assert copy.original_id == original.original_id == str(id(shapes))
    assert copy[0][0].shared is copy[0][1].shared is not shapes[0][0].shared
    before = _told(shapes, {})
    copy[0].shift(UP).set_fill("#FF0000", opacity=0.1)
    copy[0].target.scale(2)
    assert _told(shapes, {}) == before
