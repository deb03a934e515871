"""If a picture that is kept up to date differed from one drawn anew, films would show leftovers or miss changes."""

from functools import partial
from typing import Any

import numpy as np
import pytest
from manim import Camera, FadeIn, ImageMobject, Mobject, PMobject, Scene, Square, VMobject

from pipeline.paint.camera import FilmCamera
from pipeline.paint.shapes import Shape
from scenes.parts.pictures.image import Picture
from tests.paint.pictures import HEIGHT, WIDTH, Torture, TwiceDrawn, session


def check_all_frames(renderer: TwiceDrawn, levels: int = 1, pixels: int = 40) -> None:
    """Cairo may round antialiasing at the edge of a tile by one level in a few pixels, no more."""
    for kept, fresh in renderer.pairs:
        difference = np.abs(kept.astype(int) - fresh)
        assert difference.max() <= levels
        assert np.count_nonzero(difference.max(axis=2)) <= pixels


def test_every_frame_is_that_of_manims_own_camera() -> None:
    with session(partial(TwiceDrawn, Camera)) as renderer:
        Torture(renderer=renderer).render()
    assert len(renderer.pairs) > 35
    check_all_frames(renderer)


class Pictures(Scene):
    """Images move and fade over shapes."""

    def construct(self) -> None:
        pixels = np.arange(6 * 8, dtype=np.uint8).reshape(6, 8) * 5
        image = ImageMobject(pixels).set_resampling_algorithm(0)
        image.height = 2.9
        self.add(Square(4, fill_color="#FB923C", fill_opacity=1), image)
        self.play(image.animate.shift([2, 1, 0]).set_opacity(0.4), run_time=0.4)
        self.play(image.animate.scale(0.5).rotate(0.3), run_time=0.4)
        picture = Picture(np.repeat(pixels[:, :, None], 3, axis=2), 3, 3).shift([-3, 0, 0])
        self.play(FadeIn(picture), run_time=0.3)
        self.play(
            picture.animate.shift([2, 1, 0]).set_fill(opacity=0.5),
            image.animate.shift([1, 0, 0]),
            run_time=0.4,
        )


def test_images_keep_to_the_tiles_that_change() -> None:
    with session(TwiceDrawn) as renderer:
        Pictures(renderer=renderer).render()
    # The place at which a row of pixels begins may round differently; neighbours differ by so much.
    check_all_frames(renderer, levels=5, pixels=400)


def test_an_image_has_its_own_colours_where_it_stands() -> None:
    with session() as renderer:
        camera = renderer.camera
        image = ImageMobject(np.array([[[255, 0, 0, 255], [0, 0, 255, 255]]], dtype=np.uint8))
        image.set_resampling_algorithm(0)
        image.stretch_to_fit_width(4).stretch_to_fit_height(2)
        camera.show([image], [])
        scale = WIDTH / camera.frame_width
        left, right = int(WIDTH / 2 - scale), int(WIDTH / 2 + scale)
        assert camera.pixel_array[HEIGHT // 2, left].tolist() == [255, 0, 0, 255]
        assert camera.pixel_array[HEIGHT // 2, right].tolist() == [0, 0, 255, 255]


def test_what_cannot_be_tracked_is_drawn_in_every_frame() -> None:
    """Point clouds change without telling."""
    with session() as renderer:
        camera = renderer.camera
        cloud = PMobject(stroke_width=40).add_points(np.zeros((1, 3)), color="#FFFFFF")
        camera.show([], [cloud])
        assert camera.pixel_array[HEIGHT // 2, WIDTH // 2, :3].tolist() == [255, 255, 255]
        cloud.points[:, 0] += 2
        camera.show([], [cloud], fresh=False)
        right = int(WIDTH / 2 + 2 * WIDTH / camera.frame_width)
        assert camera.pixel_array[HEIGHT // 2, right, :3].tolist() == [255, 255, 255]
        assert camera.pixel_array[HEIGHT // 2, WIDTH // 2, :3].tolist() != [255, 255, 255]


def test_only_the_tiles_of_a_change_are_drawn_again() -> None:
    with session() as renderer:
        camera = renderer.camera
        still, moving = Square(1).shift([-4, 0, 0]), Square(0.5).shift([4, 2, 0])
        camera.show([still], [moving])
        assert camera.changed.share == 1  # the first picture is new as a whole
        camera.changed.clear()
        moving.shift([0.1, 0, 0])
        camera.show([still], [moving], fresh=False)
        assert 0 < camera.changed.share < 0.1
        camera.changed.clear()
        camera.show([still], [moving], fresh=False)
        assert camera.changed.share == 0


def test_what_stands_still_is_drawn_once_whatever_moves_over_it(monkeypatch: pytest.MonkeyPatch) -> None:
    """Long curves under something small that moves would cost their whole length in every frame."""
    with session() as renderer:
        camera = renderer.camera
        draw, drawn = camera._draw_shape, []

        def noted(context: Any, picture: np.ndarray, shape: Shape) -> None:
            drawn.append(shape.mobject)
            draw(context, picture, shape)

        monkeypatch.setattr(camera, "_draw_shape", noted)
        still, moving = Square(3), Square(0.5)
        camera.show([still], [moving])
        for step in (0.1, -0.1, 0.1):
            moving.shift([step, 0, 0])
            camera.show([still], [moving], fresh=False)
        assert (drawn.count(still), drawn.count(moving)) == (1, 4)
        still.set_stroke(width=20)
        camera.show([still], [moving])
        assert drawn.count(still) == 2
        kept = camera.pixel_array.copy()
        camera.settle()
        assert np.array_equal(camera.pixel_array, kept)


class Unknown(Mobject):
    """Something drawn in a way that nobody here knows of."""


@pytest.mark.parametrize("mobject", [VMobject(), Unknown()])
def test_mobjects_without_ink_draw_nothing(mobject: Mobject) -> None:
    with session() as renderer:
        camera: FilmCamera = renderer.camera
        camera.show([], [])
        empty = camera.pixel_array.copy()
        camera.show(camera.get_mobjects_to_display([mobject]), [])
        assert np.array_equal(camera.pixel_array, empty)
