"""A bar runs down a picture and its result at once, and of the result appears what it has passed."""

from __future__ import annotations

from manim import DOWN, UP, Animation, FadeIn, FadeOut, Rectangle, VGroup, linear

from scenes.parts.image import Picture
from scenes.stage import style
from scenes.stage.explainer import Explainer

BAR_HEIGHT = 0.12
CLOSED = 0.001  # the height of a cover that is open


def scan(film: Explainer, source: VGroup, result: VGroup, seconds: float) -> None:
    """Show `result` from its top; both are pictures with their frames, as `pictured` makes them.

    The frame of the result is there at once, or already.
    """
    picture, frame = result
    cover = Rectangle(width=picture.width, height=picture.height, stroke_width=0)
    cover.set_fill(film.look.background, opacity=1).move_to(picture)
    bars = [_bar(film, one[0]) for one in (source, result)]
    film.add(picture, cover, frame)
    film.play(*map(FadeIn, bars), run_time=style.QUICK_S)
    opening = cover.animate(rate_func=linear).stretch_to_fit_height(CLOSED, about_edge=DOWN)
    film.play(opening, *map(_fall, bars, (source, result)), run_time=seconds)
    film.remove(cover)
    film.play(*map(FadeOut, bars), run_time=style.QUICK_S)


def _bar(film: Explainer, picture: Picture) -> Rectangle:
    bar = Rectangle(width=picture.width, height=BAR_HEIGHT, stroke_width=style.LINE)
    return bar.set_stroke(film.look.activation).align_to(picture, UP).set_x(picture.get_x())


def _fall(bar: Rectangle, picture: VGroup) -> Animation:
    return bar.animate(rate_func=linear).shift(DOWN * (picture.height - BAR_HEIGHT))
