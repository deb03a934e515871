"""Scenes that change in every way a film may, and a renderer that draws each frame a second time, from nothing."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import numpy as np
from manim import (
    DOWN,
    LEFT,
    RIGHT,
    UP,
    Camera,
    Circle,
    Create,
    Dot,
    FadeIn,
    FadeOut,
    Line,
    Rotate,
    Scene,
    ShowIncreasingSubsets,
    Square,
    Transform,
    VGroup,
    always_redraw,
    tempconfig,
)

from pipeline.encoder import writer_class
from pipeline.paint.camera import FilmCamera
from pipeline.paint.renderer import FilmRenderer

WIDTH, HEIGHT, FPS = 320, 180, 10
SETTINGS = {
    "pixel_width": WIDTH,
    "pixel_height": HEIGHT,
    "frame_rate": FPS,
    "disable_caching": True,
    "progress_bar": "none",
    "background_color": "#0E1116",
}


class Torture(Scene):
    """Moves, fades, restyles, reorders, replaces and removes."""

    def construct(self) -> None:
        square = Square(1.5, fill_color="#4F8DFF", fill_opacity=0.6, stroke_width=3).shift(LEFT * 3)
        circle = Circle(0.8, color="#FB923C", stroke_width=8)
        lines = VGroup(*(Line(LEFT * 6, RIGHT * 6, stroke_width=1.5).shift(UP * i * 0.4) for i in range(5)))
        self.add(lines)
        self.play(FadeIn(square), Create(circle), run_time=0.5)
        self.play(square.animate.shift(RIGHT * 3), circle.animate.set_fill("#5EEAD4", 0.9), run_time=0.5)
        self.wait(0.3)
        self.bring_to_front(square)
        self.play(Rotate(circle, 1.0), run_time=0.3)
        circle.set_z_index(3)
        self.play(lines[2].animate.set_stroke("#EF4444", 12), run_time=0.3)
        self.play(Transform(square, Circle(1.2, color="#F0ABFC")), FadeOut(lines[0]), run_time=0.4)
        follower = always_redraw(lambda: Dot(circle.get_right(), radius=0.2))
        self.add(follower)
        self.play(circle.animate.shift(DOWN * 5 + RIGHT * 9), run_time=0.6)  # out of the frame
        self.remove(follower)
        dots = VGroup(*(Dot([x, 2, 0], color=["#EF4444", "#5EEAD4"]) for x in range(-4, 5)))
        self.play(ShowIncreasingSubsets(dots), run_time=0.5)
        dots.submobjects = dots.submobjects[::-1]
        self.play(dots.animate.arrange(RIGHT, buff=-0.05), run_time=0.4)
        lines.add(Square(3, stroke_width=20))
        self.wait(0.2)
        self.clear()
        self.play(FadeIn(circle.move_to([0, 0, 0]), scale=0.2), run_time=0.3)


class TwiceDrawn(FilmRenderer):
    """Keeps each frame and what the same mobjects look like when drawn from nothing by `camera_class`."""

    def __init__(self, again: type[Camera] = FilmCamera, **options: Any) -> None:
        super().__init__(**options)
        self._again = again
        self.pairs: list[tuple[np.ndarray, np.ndarray]] = []

    def update_frame(self, scene: Any, mobjects: Sequence[Any] | None = None, **options: Any) -> None:
        super().update_frame(scene, mobjects, **options)
        fresh = self._again()
        fresh.reset()
        fresh.capture_mobjects([*self._still, *(mobjects or ())])
        self.pairs.append((self.camera.pixel_array.copy(), fresh.pixel_array))


@contextmanager
def session(renderer_class: Any = FilmRenderer, stream: Any = None) -> Iterator[Any]:
    """A renderer of small pictures, with Manim's settings for as long as it is used."""
    with tempconfig(SETTINGS):
        yield renderer_class(file_writer_class=writer_class(stream), camera_class=FilmCamera)
